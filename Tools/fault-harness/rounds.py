"""One round: a folder of its own, a seed of its own, and the kinds there are."""

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time

from invariants import State, has_tables, require
from processes import Sidecar
from workload import Stream

KINDS = {}
SLOW = set()


class Skip(Exception):
    """This machine does not allow such a round."""


def kind(name, slow=False):
    """Makes a function a kind of round."""
    def register(function):
        KINDS[name] = function
        if slow:
            SLOW.add(name)
        return function
    return register


class Round:
    def __init__(self, seed, number, name, folder, binary, shim, is_short):
        self.seed, self.number, self.name = seed, number, name
        self.folder, self.binary, self.shim, self.is_short = folder, binary, shim, is_short
        self.random = random.Random(f"{seed}:{number}:{name}")
        self.database = os.path.join(folder, "events.db")
        self.processes, self.mounts, self.counter = [], [], 0
        self.notes = {}
        os.makedirs(folder)

    # Names

    def file(self, name):
        return os.path.join(self.folder, name)

    def next_number(self):
        self.counter += 1
        return self.counter

    def log(self, *words):
        with open(self.file("log"), "a") as stream:
            print(f"{time.monotonic():.4f}", *words, file=stream)

    def note(self, word, count=1):
        """Counts something for the report."""
        self.notes[word] = self.notes.get(word, 0) + count

    def environment(self):
        environment = {key: value for key, value in os.environ.items()
                       if not key.startswith(("MCP_SIDECAR", "XDG_", "FAULT_"))}
        environment["HOME"] = self.folder
        return environment

    # Work

    def size(self, short, long):
        """A number up to `short` or `long`, at least a tenth of it."""
        top = short if self.is_short else long
        return self.random.randrange(top // 10, top)

    def stream(self, name="s", **options):
        return Stream(f"{self.seed}:{self.number}", name, **options)

    def write(self, name, data):
        path = self.file(name)
        with open(path, "wb") as stream:
            stream.write(data)
        return path

    def sidecar(self, *arguments, **options):
        self.last_write = self.written()
        return Sidecar(self, *arguments, **options)

    def record(self, *arguments, expect=(0,), **options):
        """Runs one to its end."""
        return self.sidecar(*arguments, **options).wait(*expect)

    def state(self, database=None):
        return State(database or self.database)

    def has_database(self):
        return has_tables(self.database)

    def has_schema(self):
        """Whether the database is there, asked of the file itself."""
        if not os.path.exists(self.database):
            return False
        try:
            uri = f"file:{self.database}?mode=ro"
            with contextlib.closing(sqlite3.connect(uri, uri=True)) as database:
                return bool(database.execute("SELECT 1 FROM meta").fetchone())
        except sqlite3.Error:
            return False

    def connect(self, **options):
        return sqlite3.connect(self.database, isolation_level=None, timeout=30, **options)

    def pause(self, most):
        """Lets a random time pass, short ones more often."""
        time.sleep(most * self.random.random() ** 2)

    def pause_in_work(self, sidecar, most):
        """Lets a random time pass after it began to write, or now and then after its start."""
        if self.random.random() < 0.8:
            before = self.last_write
            end = time.monotonic() + 20
            while (self.written() == before and sidecar.process.poll() is None
                   and time.monotonic() < end):
                time.sleep(0.001)
        self.pause(most)

    def written(self):
        """Changes whenever something is written to the database."""
        try:
            return os.stat(self.database + "-wal").st_mtime_ns
        except FileNotFoundError:
            return 0

    def mount(self, size):
        """A small file system of its own; `Skip` where that is not allowed."""
        folder = self.file("mounted")
        os.makedirs(folder, exist_ok=True)
        result = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder],
                                capture_output=True)
        if result.returncode:
            raise Skip("mounting is not allowed")
        self.mounts.append(folder)
        return folder

    # The end

    def clean_up(self, keep):
        for sidecar in self.processes:
            if sidecar.process.poll() is None:
                sidecar.process.send_signal(signal.SIGCONT)
                sidecar.process.kill()
                sidecar.process.wait()
        for folder in self.mounts:
            if keep:
                shutil.copytree(folder, folder + ".kept", dirs_exist_ok=True)
            subprocess.run(["umount", "-l", folder], capture_output=True)
        if not keep:
            shutil.rmtree(self.folder, ignore_errors=True)


def resume(round, path, stream, count, *arguments):
    """Reads the rest of a file and checks that every line is there once."""
    round.record(*arguments, path)
    lines = stream.lines(0, count)
    state = round.state()
    state.check_once(stream, lines)
    state.check_counts(lines)
    state.check_order(stream)
    return state


def stored_prefix(state, source_prefix=""):
    """How many lines the runs have read: with one input, in order, that is a prefix of it."""
    return state.total("lines_read")


def require_interrupted(state, count):
    """Checks that killed runs are told apart from those that ended."""
    endings = [run["ending"] for run in state.runs[:-1]]
    require(endings.count("interrupted") <= count and None not in endings,
            f"runs that ended as {endings}, {count} were killed")
