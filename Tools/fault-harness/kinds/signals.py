"""SIGTERM and SIGINT, once and twice."""

import signal

from invariants import require
from kinds.kills import check_prefix
from processes import until
from rounds import kind, resume

NUMBERS = [signal.SIGINT, signal.SIGTERM]


@kind("signal-file")
def signal_file(round):
    """Once while it reads a file: it stops at the line, commits, and goes on the next time."""
    stream, count = round.stream(), round.size(4000, 20000)
    path = round.write("input.jsonl", stream.bytes(0, count))
    number = round.random.choice(NUMBERS)
    sidecar = round.sidecar(path)
    # Before it listens the signal ends it as it would any program.
    round.pause_in_work(sidecar, 0.5)
    sidecar.send(number)
    status = sidecar.process.wait(60)
    require(status in (0, 128 + number, -number), f"status {status}")
    stored = check_prefix(round, stream)
    if status == 128 + number:
        require(sidecar.summary()["lines"] == stored, "the summary counts other lines")
        require(round.state().runs[-1]["ending"] == "stopped", "the run is not marked as stopped")
    if status == 0:
        require(stored == count, f"exit 0 with {stored} of {count} lines")
    round.note(f"signals to a file's reader, status {status}")
    resume(round, path, stream, count)


@kind("signal-pipe")
def signal_pipe(round):
    """Once while it reads a pipe: it reads on until the end, or for as long as --drain says."""
    stream, count = round.stream(), round.size(1000, 5000)
    number = round.random.choice(NUMBERS)
    ends = round.random.random() < 0.5
    sidecar = round.sidecar("--drain", "60s" if ends else "100ms", pipe=True, acks=True)
    sidecar.write(stream.bytes(0, count))
    until(lambda: sidecar.ack_lines > 0, "the first acknowledgement")
    sidecar.send(number)
    if ends:
        sidecar.write(stream.bytes(count, 2 * count))
        sidecar.end()
        sidecar.wait(0)
        require(check_prefix(round, stream) == 2 * count, "lines after the signal are missing")
    else:
        sidecar.wait(128 + number)
        stored = check_prefix(round, stream)
        require(stored == sidecar.ack_lines == sidecar.summary()["lines"],
                f"{stored} stored, {sidecar.ack_lines} acknowledged, {sidecar.summary()}")
        sidecar.end()
    round.note("signals to a pipe's reader")


@kind("signal-twice")
def signal_twice(round):
    """Twice: it ends at once, and what was acknowledged is there."""
    stream, count = round.stream(), round.size(1000, 5000)
    first, second = round.random.choice(NUMBERS), round.random.choice(NUMBERS)
    sidecar = round.sidecar("--drain", "1h", pipe=True, acks=True)
    sidecar.feed(stream.bytes(0, count), chunk=3000, close=False)
    until(lambda: sidecar.ack_lines > 0, "the first acknowledgement")
    sidecar.send(first)
    # Two equal signals at once are one.
    until(lambda: not sidecar.is_pending(first), "taking the signal")
    round.pause(0.2)
    require(sidecar.process.poll() is None, "one signal ended it, though the pipe is open")
    sidecar.send(second)
    sidecar.wait(128 + first, 128 + second)
    stored = check_prefix(round, stream)
    require(sidecar.ack_lines <= stored, f"{sidecar.ack_lines} acknowledged, {stored} stored")
    sidecar = round.sidecar(pipe=True)
    sidecar.feed(stream.bytes(stored, count))
    sidecar.wait(0)
    require(check_prefix(round, stream) == count, "lines are missing at the end")
