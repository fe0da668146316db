"""Standard descriptors that are closed, full, or read slowly."""

import fcntl
import os

from invariants import require
from rounds import kind


def close(*numbers):
    def body():
        for number in numbers:
            os.close(number)
    return body


def check(round, stream, count):
    state = round.state()
    state.check_once(stream, stream.lines(0, count))
    state.check_counts(stream.lines(0, count))
    state.check_order(stream)


@kind("closed-descriptors")
def closed_descriptors(round):
    """Standard output, standard error or both are closed from the start."""
    stream, count = round.stream(), round.size(500, 3000)
    numbers = round.random.choice([(1,), (2,), (1, 2)])
    options = round.random.choice([[], ["--tee"], ["--progress", "always"]])
    sidecar = round.sidecar(*options, pipe=True, preexec=close(*numbers))
    sidecar.feed(stream.bytes(0, count), chunk=1000)
    sidecar.wait(0)
    check(round, stream, count)


@kind("closed-tee")
def closed_tee(round):
    """Whoever reads the copy goes away: the copying ends, the recording does not."""
    stream, count = round.stream(), round.size(1000, 5000)
    data = stream.bytes(0, count)
    reading, writing = os.pipe()
    sidecar = round.sidecar("--tee", pipe=True, stdout=writing)
    os.close(writing)
    sidecar.feed(data, chunk=4000)
    wanted = round.random.randrange(len(data))
    got = b""
    while len(got) < wanted:
        part = os.read(reading, min(5000, wanted - len(got)))
        if not part:
            break
        got += part
    os.close(reading)
    sidecar.wait(0)
    require(got == data[:wanted], "the copy differs")
    check(round, stream, count)


@kind("tee")
def tee(round):
    """A copy that is read slowly, or in bits, is the same byte for byte."""
    stream, count = round.stream(), round.size(1000, 5000)
    data = stream.bytes(0, count)[:-1]  # no line feed at the end
    reading, writing = os.pipe()
    sidecar = round.sidecar("--tee", pipe=True, stdout=writing)
    os.close(writing)
    sidecar.feed(data, chunk=round.random.choice([7000, 65536, 999]))
    got = bytearray()
    while part := os.read(reading, round.random.randrange(1, 70000)):
        got += part
    os.close(reading)
    sidecar.wait(0)
    require(bytes(got) == data, "the copy differs")
    check(round, stream, count)


@kind("silent-ack-reader")
def silent_ack_reader(round):
    """Nobody reads the acknowledgements, or their descriptor is closed: recording goes on."""
    stream, count = round.stream(clean=True), 2500 if round.is_short else 5000
    reading, writing = os.pipe()
    is_closed = round.random.random() < 0.3
    if is_closed:
        os.close(reading)
    # A page is the smallest pipe there is.
    fcntl.fcntl(writing, 1031, 4096)
    sidecar = round.sidecar("--batch-size", "10", "--flush-interval", "1ms", "--drain", "1s",
                            "--ack-fd", str(writing), pipe=True, keep=[writing])
    os.close(writing)
    sidecar.feed(stream.bytes(0, count), chunk=400, pause=0.0005)
    sidecar.wait(0)
    if not is_closed:
        os.close(reading)
    check(round, stream, count)

