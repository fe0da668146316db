"""Power failures: what is on the disk when everything stops at once."""

import os
import random
import shutil
import signal
import struct

from invariants import copy_database, has_tables, require
from kinds.kills import check_prefix
from rounds import Skip, kind, resume

HEAD = struct.Struct("<c3xIqQ")
SECTOR = 512


@kind("power-copy")
def power_copy(round):
    """The files are copied away while it is stopped in mid-write, and the copy is opened."""
    stream, count = round.stream(), round.size(3000, 20000)
    path = round.write("input.jsonl", stream.bytes(0, count))
    options = ["--batch-size", str(round.random.choice([3, 100, 1000]))]
    copies = []
    sidecar = round.sidecar(*options, path)
    for number in range(4):
        round.pause_in_work(sidecar, 0.3)
        sidecar.stop()
        folder = round.file(f"copy{number}")
        if os.path.exists(round.database):
            copies.append(copy_database(round.database, folder))
        sidecar.send(signal.SIGCONT)
    sidecar.wait(0)
    original = round.database
    for copy in copies:
        round.database = copy
        check_prefix(round, stream)
        resume(round, path, stream, count, *options)
        round.note("copies opened")
    round.database = original
    round.state().check_counts(stream.lines(0, count))


@kind("power-cut")
def power_cut(round):
    """Every write is noted; then disks are made on which unsynchronised writes are lost or torn."""
    if not round.shim:
        raise Skip("there is no C compiler")
    stream, count = round.stream(), round.size(1200, 5000)
    folder = round.file("disk")
    os.makedirs(folder)
    round.database = os.path.join(folder, "events.db")
    trace = round.file("trace")
    data = stream.bytes(0, count)
    sidecar = traced(round, trace, data)
    is_killed = round.random.random() < 0.3
    if is_killed:
        round.pause_in_work(sidecar, 1)
        sidecar.kill()
    else:
        sidecar.wait(0)
    operations = list(read_trace(trace))
    require(is_killed or len(operations) > 10, "nothing was traced")
    require(is_killed or "A" in {operation[0] for operation in operations},
            "no acknowledgement was traced")
    for number in range(6 if round.is_short else 15):
        cut = round.random.randrange(len(operations) + 1)
        check_cut(round, stream, operations[:cut], folder, number)


def traced(round, trace, data):
    sidecar = round.sidecar(
        "--batch-size", str(round.random.choice([20, 150])), "--flush-interval", "5ms",
        pipe=True, acks=True,
        shim={"FAULT_DIR": os.path.dirname(round.database), "FAULT_TRACE": trace})
    sidecar.feed(data, chunk=3000)
    return sidecar


def read_trace(path):
    with open(path, "rb") as stream:
        while len(head := stream.read(HEAD.size)) == HEAD.size:
            kind, name_length, offset, length = HEAD.unpack(head)
            name = stream.read(name_length).decode()
            data = stream.read(length) if kind in b"WAR" else b""
            yield kind.decode(), name, offset, data


def check_cut(round, stream, operations, folder, number):
    dice = random.Random(round.random.random())
    disk, acknowledged = Disk(dice), 0
    for kind, name, offset, data in operations:
        if kind == "A":
            acknowledged = int(data.split(b'"lines":')[1].split(b",")[0])
        else:
            disk.apply(kind, name, offset, data)
    target = round.file(f"cut{number}")
    disk.write_out(folder, target)
    original, round.database = round.database, os.path.join(target, "events.db")
    stored = check_prefix(round, stream) if has_tables(round.database) else 0
    require(stored >= acknowledged, f"{acknowledged} lines acknowledged, {stored} after the cut")
    sidecar = round.sidecar(pipe=True)
    sidecar.feed(stream.bytes(stored, stored + 50))
    sidecar.wait(0)
    require(check_prefix(round, stream) == stored + 50, "it does not go on after the cut")
    round.database = original
    round.note("power cuts")
    round.note("lines acknowledged before a power cut", acknowledged)
    shutil.rmtree(target)


class Disk:
    """Files as a disk may hold them after a power failure.

    What was synchronised is there. Later writes are there, or not, or in part. A removal is there
    for certain once its directory was synchronised.
    """

    def __init__(self, dice):
        self.dice = dice
        self.safe, self.pending = {}, {}

    def apply(self, kind, name, offset, data):
        if kind == "O":
            self.pending.setdefault(name, [])
        elif kind in "WT":
            self.pending.setdefault(name, []).append((kind, offset, data))
        elif kind == "S":
            self.settle(name, self.pending.get(name, []))
            self.pending[name] = []
            self.settle_removals(name)
        elif kind == "U":
            self.pending[name] = self.pending.get(name, []) + [("U", 0, b"")]

    def settle_removals(self, folder):
        for name, operations in self.pending.items():
            kinds = [operation[0] for operation in operations]
            if os.path.dirname(name) == folder and "U" in kinds:
                count = len(kinds) - kinds[::-1].index("U")
                self.settle(name, operations[:count])
                self.pending[name] = operations[count:]

    def settle(self, name, operations):
        content = self.safe.get(name, bytearray())
        for kind, offset, data in operations:
            if kind == "U":
                self.safe.pop(name, None)
                content = None
            elif kind == "T":
                content = (content or bytearray())[:offset].ljust(offset, b"\0")
            else:
                content = content or bytearray()
                if len(content) < offset:
                    content.extend(bytes(offset - len(content)))
                content[offset:offset + len(data)] = data
        if content is not None:
            self.safe[name] = content

    def write_out(self, folder, target):
        os.makedirs(target)
        for name, operations in self.pending.items():
            lucky = []
            style = self.dice.random()
            for kind, offset, data in operations:
                dice = self.dice.random()
                if style < 0.25 or dice < 0.4:
                    lucky.append((kind, offset, data))
                elif dice < 0.6 and kind == "W":
                    lucky += self.torn(offset, data)
            self.settle(name, lucky)
        for name, content in self.safe.items():
            if os.path.dirname(name) == folder and not name.endswith("-shm"):
                with open(os.path.join(target, os.path.basename(name)), "wb") as stream:
                    stream.write(content)

    def torn(self, offset, data):
        """Some of the sectors of a write."""
        parts = []
        for start in range(0, len(data), SECTOR):
            if self.dice.random() < 0.5:
                parts.append(("W", offset + start, data[start:start + SECTOR]))
        return parts
