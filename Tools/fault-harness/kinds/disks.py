"""Disks that are full, fail, cannot be written, or go away."""

import os
import resource
import shutil
import signal
import subprocess

from invariants import require
from kinds.kills import check_prefix
from processes import until
from rounds import Skip, kind, resume


def fill(folder):
    """Fills a file system to the last byte."""
    path = os.path.join(folder, "ballast")
    with open(path, "wb", buffering=0) as stream:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while True:
                    stream.write(bytes(size))
            except OSError:
                continue
    return path


@kind("full-file")
def full_file(round):
    """The disk gets full while it reads a file: 74, and all of it once there is room."""
    folder = round.mount(round.random.choice(["1m", "2m", "3m"]))
    round.database = os.path.join(folder, "events.db")
    stream, count = round.stream(padding=500), round.size(8000, 20000) + 6000
    path = round.write("input.jsonl", stream.bytes(0, count))
    sidecar = round.sidecar("--batch-size", str(round.random.choice([50, 1000])), path)
    status = sidecar.wait(74)
    require("full" in sidecar.errors() or "space" in sidecar.errors(),
            f"the message does not say it: {sidecar.errors()}")
    round.note(f"full disks, exit {status}")
    check_prefix(round, stream)
    subprocess.run(["mount", "-o", "remount,size=200m", folder], check=True)
    resume(round, path, stream, count)


@kind("full-pipe")
def full_pipe(round):
    """The disk gets full while it reads a pipe: nothing stops, what is lost is counted."""
    folder = round.mount(round.random.choice(["1m", "2m", "4m"]))
    round.database = os.path.join(folder, "events.db")
    stream, count = round.stream(padding=800), round.size(9000, 30000) + 4000
    sidecar = round.sidecar(pipe=True, acks=True)
    sidecar.feed(stream.bytes(0, count), chunk=65536)
    sidecar.wait(74)
    summary = sidecar.summary()
    require(sidecar.sent == len(stream.bytes(0, count)), "the producer was stopped")
    stored = check_prefix(round, stream)
    require(sidecar.ack_lines <= stored, f"{sidecar.ack_lines} acknowledged, {stored} stored")
    require(summary["lines"] == stored, f"the summary says {summary}, {stored} are stored")
    require(stored + summary["spilled"] + summary["lost"] == count,
            f"{count} lines, but {stored} stored and the summary {summary}")
    round.note("lines lost on full disks, and counted", summary["lost"])
    subprocess.run(["mount", "-o", "remount,size=200m", folder], check=True)
    round.record()
    state = round.state()
    require(state.total("lines_read") == count - summary["lost"],
            f"{state.total('lines_read')} lines of {count} are there, {summary['lost']} were lost")
    kept = count - summary["lost"]
    state.check_once(stream, stream.lines(0, kept) if not summary["lost"] else survivors(
        state, stream, count, summary["lost"]))


def survivors(state, stream, count, lost):
    """The lines that are there, when some were lost; checks that no more are missing."""
    there = []
    missing = 0
    for line in stream.lines(0, count):
        if line.kind == "event" and line.key.encode() not in state.calls:
            missing += 1
        elif line.kind == "patch" and line.key.encode() not in state.instances:
            missing += 1
        elif line.kind == "rejected" and line.data not in state.rejected:
            missing += 1
        elif line.kind == "repeat" and b"uid:" + line.key.encode() not in state.uids:
            missing += 1
        else:
            there.append(line)
    require(missing <= lost, f"{missing} lines are missing, {lost} were said to be lost")
    return there


@kind("full-limit")
def full_limit(round):
    """No file may grow any more (RLIMIT_FSIZE): 74, and all of it without the limit."""
    limit = round.random.randrange(400_000, 3_000_000)
    stream, count = round.stream(padding=500), round.size(4000, 9000) + 6000
    path = round.write("input.jsonl", stream.bytes(0, count))

    def lower():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        if round.random.random() < 0.5:
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)

    round.sidecar(path, preexec=lower).wait(74)
    check_prefix(round, stream)
    resume(round, path, stream, count)


def failing(round, what, rate):
    return {
        "FAULT_DIR": os.path.dirname(round.database), "FAULT_SEED": str(round.random.randrange(10**9)),
        "FAULT_WHAT": what, "FAULT_RATE": str(rate), "FAULT_AFTER": str(round.random.randrange(60)),
        "FAULT_MOST": str(round.random.choice([1, 3, 1000000])),
    }


@kind("io-error-file")
def io_error_file(round):
    """fsync, write and ftruncate fail at random while it reads a file; sometimes killed, too."""
    if not round.shim:
        raise Skip("there is no C compiler")
    stream, count = round.stream(), round.size(2000, 8000)
    folder = round.file("disk")
    os.makedirs(folder)
    round.database = os.path.join(folder, "events.db")
    path = round.write("input.jsonl", stream.bytes(0, count))
    for _ in range(round.random.randrange(1, 5)):
        what = round.random.choice(["s", "w", "f", "t", "swt", "shi", "swfhtio"])
        sidecar = round.sidecar("--batch-size", str(round.random.choice([10, 200])), path,
                                shim=failing(round, what, round.random.choice([5, 50, 300])))
        if round.random.random() < 0.4:
            round.pause_in_work(sidecar, 0.3)
            sidecar.kill()
        else:
            status = sidecar.wait(0, 70, 73, 74, 75)
            round.note(f"I/O errors in a file, exit {status}")
        check_prefix(round, stream)
    resume(round, path, stream, count)


@kind("io-error-pipe")
def io_error_pipe(round):
    """The same while it reads a pipe: what fails is tried again, or waits in files."""
    if not round.shim:
        raise Skip("there is no C compiler")
    stream, count = round.stream(), round.size(1500, 6000)
    folder = round.file("disk")
    os.makedirs(folder)
    round.database = os.path.join(folder, "events.db")
    round.record()
    what = round.random.choice(["s", "w", "f", "swt", "swfhti"])
    sidecar = round.sidecar("--batch-size", str(round.random.choice([10, 200])), pipe=True,
                            acks=True, shim=failing(round, what, round.random.choice([5, 50, 300])))
    sidecar.feed(stream.bytes(0, count), chunk=5000, pause=round.random.choice([0, 0.002]))
    status = sidecar.wait(0, 74, 75)
    round.note(f"I/O errors in a pipe, exit {status}")
    summary = sidecar.summary()
    require(sidecar.sent == len(stream.bytes(0, count)), "the producer was stopped")
    require(status or not summary["lost"] + summary["spilled"], f"exit 0, but {summary}")
    round.record()
    state = round.state()
    state.check_once(stream, stream.lines(0, count) if not summary["lost"] else survivors(
        state, stream, count, summary["lost"]))
    if not summary["lost"]:
        state.check_counts(stream.lines(0, count))
        state.check_order(stream)


@kind("read-only")
def read_only(round):
    """A file that may not be written: 77, nothing changes."""
    stream = round.stream()
    path = round.write("input.jsonl", stream.bytes(0, 200))
    round.record(path)
    before = read_all(round.database)
    os.chmod(round.folder, 0o755)
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(round.database + suffix):
            os.chmod(round.database + suffix, 0o444)
    with open(path, "ab") as file:
        file.write(stream.bytes(200, 300))
    other = round.file("other")
    os.makedirs(other, mode=0o777)
    os.chmod(other, 0o777)
    subprocess.run(["chmod", "a+r", path], check=True)
    sidecar = round.sidecar(
        path, prefix=[] if os.geteuid() else ["setpriv", "--reuid=65534", "--clear-groups"])
    sidecar.wait(77)
    require(len(sidecar.errors().splitlines()) <= 2, f"too many words: {sidecar.errors()}")
    require(read_all(round.database) == before, "the database has changed")
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(round.database + suffix):
            os.chmod(round.database + suffix, 0o600)
    resume(round, path, stream, 300)


def read_all(path):
    with open(path, "rb") as stream:
        return stream.read()


@kind("removed-directory")
def removed_directory(round):
    """The directory is removed while a pipe is read: never a line that is lost and not counted."""
    folder = round.file("gone")
    os.makedirs(folder)
    round.database = os.path.join(folder, "events.db")
    stream, half = round.stream(), round.size(500, 2000)
    sidecar = round.sidecar(pipe=True, acks=True)
    sidecar.write(stream.bytes(0, half))
    until(lambda: sidecar.ack_lines >= half, "the acknowledgement of the first half")
    shutil.rmtree(folder)
    sidecar.write(stream.bytes(half, 2 * half))
    sidecar.end()
    sidecar.wait(74)
    summary = sidecar.summary()
    require(sidecar.ack_lines == half, f"{sidecar.ack_lines} lines acknowledged, {half} stored")
    require(summary["lost"] == half or summary["spilled"] == half, f"the summary says {summary}")
    round.note("removed directories")


@kind("removed-file")
def removed_file(round):
    """The database is removed while a pipe is read: what comes then is in the next one."""
    stream, half = round.stream(), round.size(500, 2000)
    sidecar = round.sidecar(pipe=True, acks=True)
    sidecar.write(stream.bytes(0, half))
    until(lambda: sidecar.ack_lines >= half, "the acknowledgement of the first half")
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(round.database + suffix):
            os.remove(round.database + suffix)
    sidecar.write(stream.bytes(half, 2 * half))
    sidecar.end()
    sidecar.wait(70, 73, 74, 75)
    require(sidecar.ack_lines == half, f"{sidecar.ack_lines} lines acknowledged, {half} stored")
    round.record()
    round.state().check_once(stream, stream.lines(half, 2 * half))
