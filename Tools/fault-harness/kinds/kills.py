"""kill -9 at random moments, and going on afterwards."""

import gzip

from invariants import require
from rounds import kind, require_interrupted, resume, stored_prefix


def check_prefix(round, stream, *arguments):
    """Checks that what is stored is a beginning of the stream, and tells how long it is."""
    if not round.has_database():
        return 0
    state = round.state()
    count = stored_prefix(state)
    lines = stream.lines(0, count)
    state.check_once(stream, lines)
    state.check_counts(lines)
    state.check_order(stream)
    return count


@kind("kill-file")
def kill_file(round):
    """Killed several times while it reads a file, then read to its end."""
    stream, count = round.stream(), round.size(3000, 20000)
    path = round.write("input.jsonl", stream.bytes(0, count))
    options = ["--batch-size", str(round.random.choice([1, 7, 100, 1000]))]
    kills = round.random.randrange(1, 5)
    last = 0
    for _ in range(kills):
        sidecar = round.sidecar(*options, path)
        round.pause_in_work(sidecar, round.random.choice([0.03, 0.1, 0.6]))
        sidecar.kill()
        now = check_prefix(round, stream)
        require(now >= last, f"{last} lines were stored, now {now}")
        last = now
        round.note("kills")
        round.note("kills in the middle of a file", int(0 < last < count))
    state = resume(round, path, stream, count)
    require_interrupted(state, kills)
    round.record(path)
    round.state().check_counts(stream.lines(0, count))


@kind("kill-gzip")
def kill_gzip(round):
    """Killed while it reads a compressed file; goes on with it, or with the plain one."""
    stream, count = round.stream(), round.size(2000, 15000)
    data = stream.bytes(0, count)
    packed = round.write("input.jsonl.gz", gzip.compress(data, 1))
    plain = round.write("input.jsonl", data)
    for _ in range(round.random.randrange(1, 4)):
        sidecar = round.sidecar(round.random.choice([packed, plain]))
        round.pause_in_work(sidecar, round.random.choice([0.03, 0.1, 0.5]))
        sidecar.kill()
        now = check_prefix(round, stream)
        round.note("kills")
        round.note("kills in the middle of a file", int(0 < now < count))
    resume(round, round.random.choice([packed, plain]), stream, count)


@kind("kill-pipe")
def kill_pipe(round):
    """Killed while it reads a pipe with --ack-fd; the producer goes on after what is stored."""
    stream, count = round.stream(), round.size(3000, 20000)
    done = 0
    interval = round.random.choice(["1ms", "20ms", "100ms"])
    batch = str(round.random.choice([1, 10, 1000]))
    for _ in range(round.random.randrange(2, 5)):
        if done == count:
            break
        sidecar = round.sidecar("--flush-interval", interval, "--batch-size", batch,
                                pipe=True, acks=True)
        data = stream.bytes(done, count)
        sidecar.feed(data, chunk=round.random.choice([1, 100, 4096, 65536]) if len(data) < 10**5
                     else round.random.choice([3000, 65536]),
                     pause=round.random.choice([0, 0.0005, 0.002]), close=False)
        round.pause_in_work(sidecar, round.random.choice([0.02, 0.1, 0.8]))
        sidecar.kill()
        now = check_prefix(round, stream)
        require(sidecar.ack_lines <= now - done,
                f"{sidecar.ack_lines} lines acknowledged, {now - done} stored")
        covered = len(stream.bytes(done, done + sidecar.ack_lines))
        require(sidecar.ack_bytes == covered,
                f"{sidecar.ack_bytes} bytes acknowledged for lines of {covered}")
        round.note("lines acknowledged before a kill", sidecar.ack_lines)
        round.note("kills")
        round.note("kills in the middle of a pipe", int(done < now < count))
        done = now
    sidecar = round.sidecar(pipe=True, acks=True)
    sidecar.feed(stream.bytes(done, count))
    sidecar.wait(0)
    require(sidecar.ack_lines == count - done, "the end was not acknowledged")
    require(check_prefix(round, stream) == count, "lines are missing at the end")


@kind("kill-pipe-resend")
def kill_pipe_resend(round):
    """Killed while it reads a pipe; the producer sends again all that was not acknowledged."""
    stream, count = round.stream(uids=True), round.size(3000, 20000)
    done = 0
    for _ in range(round.random.randrange(1, 4)):
        if done == count:
            break
        sidecar = round.sidecar("--batch-size", str(round.random.choice([5, 200])),
                                pipe=True, acks=True)
        sidecar.feed(stream.bytes(done, count), chunk=10000, pause=0.002, close=False)
        round.pause_in_work(sidecar, round.random.choice([0.02, 0.3]))
        sidecar.kill()
        done += sidecar.ack_lines
        if round.has_database():
            state = round.state()
            for line in stream.lines(0, done):
                require(line.kind != "event" or state.calls[line.key.encode()] == 1,
                        f"{line.key} was acknowledged and is not there once")
        round.note("kills")
    sidecar = round.sidecar(pipe=True)
    sidecar.feed(stream.bytes(done, count))
    sidecar.wait(0)
    round.state().check_once(stream, stream.lines(0, count), exact=False)


@kind("kill-spill", slow=True)
def kill_spill(round):
    """Killed while it takes up lines that had to wait in files."""
    stream, count = round.stream(), round.size(2000, 12000)
    round.record("--summary", "none")
    lock = round.connect()
    lock.execute("BEGIN IMMEDIATE")
    sidecar = round.sidecar(pipe=True)
    sidecar.feed(stream.bytes(0, count), chunk=50000)
    sidecar.wait(75)
    lock.execute("ROLLBACK")
    lock.close()
    for _ in range(round.random.randrange(1, 4)):
        sidecar = round.sidecar("--batch-size", str(round.random.choice([10, 300])))
        round.pause_in_work(sidecar, round.random.choice([0.03, 0.1, 0.5]))
        sidecar.kill()
        round.state()
        round.note("kills")
    round.record()
    state = round.state()
    lines = stream.lines(0, count)
    state.check_once(stream, lines)
    state.check_counts(lines)
    state.check_order(stream)
