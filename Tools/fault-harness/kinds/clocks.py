"""Clocks that jump."""

from invariants import require
from rounds import Skip, kind, resume


@kind("clock")
def clock(round):
    """The clock of the day jumps, mostly backwards, while a file and a pipe are read."""
    if not round.shim:
        raise Skip("there is no C compiler")
    first, second = round.stream("a"), round.stream("b")
    count = round.size(1000, 5000)
    path = round.write("a.jsonl", first.bytes(0, count))
    shim = {"FAULT_CLOCK": "1", "FAULT_SEED": str(round.random.randrange(10**9))}
    for _ in range(2):
        reader = round.sidecar("--batch-size", "50", path, shim=shim, tag="a")
        round.pause(0.5)
        reader.kill()
    pipe = round.sidecar("--batch-size", "20", "--flush-interval", "10ms", pipe=True, acks=True,
                         shim=shim, tag="b")
    pipe.feed(second.bytes(0, count), chunk=2000, pause=0.001)
    pipe.wait(0)
    require(pipe.ack_lines == count, f"{pipe.ack_lines} of {count} lines acknowledged")
    round.record(path, shim=shim)
    state = round.state()
    for stream in (first, second):
        state.check_once(stream, stream.lines(0, count))
        state.check_order(stream)
