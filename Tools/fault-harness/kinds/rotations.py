"""Files that grow, move, are packed, copied and cut while they are read again and again."""

import contextlib
import gzip
import os
import shutil
import signal

from invariants import require
from processes import until
from rounds import kind


class Log:
    """A log file as a program and a log rotation treat it; it knows all lines ever written."""

    def __init__(self, round, stream, folder=None):
        self.round, self.stream = round, stream
        self.folder = folder or round.folder
        self.path = os.path.join(self.folder, "day.jsonl")
        self.count, self.torn, self.generation = 0, b"", 0
        open(self.path, "wb").close()

    def append(self, lines, tear=False):
        with open(self.path, "ab") as file:
            data = self.torn + self.stream.bytes(self.count, self.count + lines)
            self.count += lines
            self.torn = b""
            if tear:
                line = self.stream.line(self.count).data
                if line.strip():
                    cut = self.round.random.randrange(1, len(line) + 1)
                    data, self.torn = data + line[:cut], line[cut:] + b"\n"
                    self.count += 1
            file.write(data)

    def rename(self):
        self.generation += 1
        target = os.path.join(self.folder, f"day.{self.generation}.jsonl")
        os.rename(self.path, target)
        open(self.path, "wb").close()
        return target

    def pack(self):
        target = self.rename()
        packed = target + ".gz"
        with open(target, "rb") as source, open(packed, "wb", buffering=0) as file:
            data = gzip.compress(source.read(), self.round.random.randrange(1, 10))
            file.write(data[:len(data) // 2])
            self.round.pause(0.2)
            file.write(data[len(data) // 2:])
        os.remove(target)
        return packed

    def copy_and_truncate(self):
        self.generation += 1
        target = os.path.join(self.folder, f"day.{self.generation}.jsonl")
        shutil.copyfile(self.path, target)
        os.truncate(self.path, 0)
        return target

    def write_anew(self, lines, size):
        """Replaces all that is in it, in place; with a `size` it is filled up with blanks."""
        data = self.stream.bytes(self.count, self.count + lines)
        self.count += lines
        with open(self.path, "wb") as file:
            file.write(data[:-1].ljust(size - 1) + b"\n" if lines else b"")


@kind("rotation")
def rotation(round):
    """Appends, renames, .gz and copytruncate between runs; every line is stored once."""
    stream = round.stream(clean=True)
    log, all_files = Log(round, stream), []
    for _ in range(round.random.randrange(4, 12)):
        log.append(round.random.choice([0, 1, 3, 50, 400]))
        if round.random.random() < 0.5:
            round.record(*all_files, log.path)
        if round.random.random() < 0.6:
            move = round.random.choice([log.rename, log.pack, log.copy_and_truncate])
            all_files.append(move())
            round.note("rotations")
    round.record(*all_files, log.path)
    lines = stream.lines(0, log.count)
    round.state().check_once(stream, lines)
    round.record(round.folder)
    state = round.state()
    state.check_once(stream, lines)
    require(state.total("lines_read") == len(lines), "lines were counted twice")


@kind("torn-line")
def torn_line(round):
    """The last line is torn, and completed later, at any byte."""
    stream = round.stream()
    log = Log(round, stream)
    for _ in range(round.random.randrange(3, 9)):
        log.append(round.random.choice([0, 1, 30]), tear=True)
        round.record(log.path)
        round.record(log.path)
        if round.random.random() < 0.2:
            log.path = log.rename() if not log.torn else log.path
            log.path = round.file("day.jsonl")
        round.note("torn lines")
    log.append(5)
    round.record(round.folder)
    state = round.state()
    wanted = [line for line in stream.lines(0, log.count) if line.kind != "rejected"]
    damaged = {line.data for line in stream.lines(0, log.count) if line.kind == "rejected"}
    require(damaged <= set(state.rejected), f"lost: {list(damaged - set(state.rejected))[:2]}")
    blank = sum(line.kind == "blank" for line in wanted)
    require(state.total("blank") == blank, f"{state.total('blank')} blank lines, not {blank}")
    state.rejected = []
    state.check_once(stream, wanted)


@kind("truncation")
def truncation(round):
    """A file is cut short and grows again: no new line is lost, whatever comes twice."""
    stream = round.stream(uids=True, clean=True)
    log = Log(round, stream)
    log.append(round.random.choice([20, 300]))
    round.record(log.path)
    for _ in range(3):
        size = os.path.getsize(log.path)
        if size:
            cut = round.random.randrange(size)
            with open(log.path, "rb") as file:
                data = file.read(cut)
            os.truncate(log.path, data.rfind(b"\n") + 1)
        if round.random.random() < 0.5:
            round.record(log.path)
        log.append(round.random.choice([0, 1, 5, 100, 500]))
        round.record(log.path)
        round.note("truncations")
    round.state().check_once(stream, stream.lines(0, log.count), exact=False)


@kind("follow")
def follow(round):
    """A folder is followed while its files grow, are rotated, packed and torn; sometimes killed."""
    stream, log, folder = round.stream(clean=True), None, round.file("logs")
    os.makedirs(folder)
    log = Log(round, stream, folder)
    sidecar = round.sidecar("--follow", folder)
    for _ in range(round.random.randrange(6, 20)):
        log.append(round.random.choice([0, 1, 3, 50, 200]), tear=round.random.random() < 0.3)
        round.pause(0.3)
        if round.random.random() < 0.3 and not log.torn:
            # A file that is cut while nobody looks is read by nobody: rename and pack only.
            round.random.choice([log.rename, log.pack])()
            round.note("rotations while following")
        if round.random.random() < 0.15:
            stop(round, sidecar)
            sidecar = round.sidecar("--follow", folder)
    log.append(1)
    wanted = stream.lines(0, log.count)
    await_all(round, log)
    stop(round, sidecar)
    round.state().check_once(stream, wanted)
    round.record(folder)
    state = round.state()
    state.check_once(stream, wanted)
    require(state.total("lines_read") == len(wanted), "lines were counted twice")


@kind("follow-cut")
def follow_cut(round):
    """A followed file is copied and cut, or written anew to any length, between two looks."""
    stream, folder = round.stream(clean=True), round.file("logs")
    os.makedirs(folder)
    log = Log(round, stream, folder)
    sidecar = round.sidecar("--follow", folder)
    for _ in range(round.random.randrange(4, 10)):
        log.append(round.random.choice([1, 3, 50, 200]))
        await_all(round, log)
        sidecar.stop()
        size = os.path.getsize(log.path)
        if round.random.random() < 0.5:
            log.copy_and_truncate()
        log.write_anew(round.random.choice([0, 1, 3, 60]), round.random.choice([0, size]))
        round.note("followed files as long as before", int(os.path.getsize(log.path) == size))
        sidecar.send(signal.SIGCONT)
        round.note("followed files cut")
    await_all(round, log)
    stop(round, sidecar)
    round.record(folder)
    state = round.state()
    state.check_once(stream, stream.lines(0, log.count))
    require(state.total("lines_read") == log.count, "lines were counted twice")


def await_all(round, log):
    until(lambda: round.has_schema() and count_lines(round) >= log.count, "reading to the end", 60)


def stop(round, sidecar):
    number = round.random.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
    sidecar.send(number)
    # One that does not listen yet ends as any program would.
    status = sidecar.process.wait(60)
    require(status in (-number, 128 + number), f"status {status}: {sidecar.errors()}")
    round.note(f"followers ended by signal {number}")


def count_lines(round):
    with contextlib.closing(round.connect()) as database:
        return database.execute("SELECT ifnull(sum(lines_read), 0) FROM ingest_runs").fetchone()[0]
