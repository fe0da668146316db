"""What all suites share: folder, programs, workload, and how a process is measured."""

import dataclasses
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

TOOLS = pathlib.Path(__file__).resolve().parent.parent


@dataclasses.dataclass
class Usage:
    """What a process took."""

    wall: float
    cpu: float
    output: str


class Bench:
    """The surroundings of a run."""

    def __init__(self, folder, binaries, lines, rounds, is_quick, contenders):
        self.folder = folder
        self.binaries = binaries
        self.lines = lines
        self.rounds = rounds
        self.is_quick = is_quick
        self.contenders = contenders
        self.load = os.getloadavg()[0]
        for name in ("MCP_SIDECAR_DB", "MCP_SIDECAR_INSTANCE"):
            os.environ.pop(name, None)
        os.environ["XDG_CONFIG_HOME"] = str(folder / "config")

    def program(self, name):
        """The path of one of our programs, or None if it is not built."""
        path = self.binaries / name
        return str(path) if path.exists() else None

    @property
    def sidecar(self):
        return self.program("mcp-sidecar")

    @property
    def python(self):
        return sys.executable

    def workload(self, lines=None, **options):
        """A file of generated events; the same arguments give the same file."""
        lines = lines or self.lines
        words = [f"--{name.replace('_', '-')}={value}" for name, value in options.items()]
        path = self.folder / ("-".join(["events", str(lines), *map(str, options.values())]) + ".jsonl")
        if not path.exists():
            part = path.with_suffix(".part")
            with part.open("wb") as output:
                command = [self.program("generate-events"), f"--count={lines}", *words]
                subprocess.run(command, stdout=output, check=True)
            part.rename(path)
        return path

    def scratch(self):
        """An empty folder that is gone afterwards."""
        return tempfile.TemporaryDirectory(dir=self.folder, prefix="run-")

    def measure(self, command, stdin=None, check=True):
        """Runs a process; nothing that was written before it is still on its way to the disk."""
        os.sync()
        source = open(stdin, "rb") if stdin else subprocess.DEVNULL
        began = time.monotonic()
        process = subprocess.Popen(
            command, stdin=source, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        output = process.stdout.read() + process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if check and process.returncode != 0:
            raise RuntimeError(f"{command} ended with {process.returncode}: {output.decode()}")
        return Usage(wall, usage.ru_utime + usage.ru_stime, output.decode())

    def note(self, text):
        """Says what is going on."""
        print(f"  {text}", file=sys.stderr, flush=True)


def has(program):
    return shutil.which(program) is not None
