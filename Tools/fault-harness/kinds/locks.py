"""A database that others have locked, and readers that stay for long."""

import os
import signal
import time

from invariants import require, wal_size
from kinds.kills import check_prefix
from processes import until
from rounds import kind, resume


@kind("locked-file", slow=True)
def locked_file(round):
    """Locked for longer than the busy timeout while it reads a file: 75, later all of it."""
    stream, count = round.stream(), round.size(500, 2000)
    path = round.write("input.jsonl", stream.bytes(0, count))
    round.record()
    lock = round.connect()
    lock.execute("BEGIN IMMEDIATE")
    round.record(path, expect=(75,))
    lock.execute("ROLLBACK")
    check_prefix(round, stream)
    resume(round, path, stream, count)


@kind("locked-pipe", slow=True)
def locked_pipe(round):
    """Locked until the pipe has ended: 75, all lines wait in files, the next writer stores them."""
    stream, count = round.stream(), round.size(800, 6000)
    round.record()
    lock = round.connect()
    lock.execute("BEGIN IMMEDIATE")
    sidecar = round.sidecar(pipe=True, acks=True)
    sidecar.feed(stream.bytes(0, count), chunk=20000)
    sidecar.wait(75)
    require(sidecar.ack_lines == 0, f"{sidecar.ack_lines} lines acknowledged, none stored")
    summary = sidecar.summary()
    require(summary["spilled"] == count and not summary["lost"], f"{count} lines: {summary}")
    lock.execute("ROLLBACK")
    more = round.random.randrange(1, 300)
    sidecar = round.sidecar(pipe=True)
    sidecar.feed(stream.bytes(count, count + more))
    sidecar.wait(0)
    lines = stream.lines(0, count + more)
    state = round.state()
    state.check_once(stream, lines)
    state.check_counts(lines)
    state.check_order(stream)
    round.note("lines that waited in files", count)


@kind("locked-flood", slow=True)
def locked_flood(round):
    """Locked while more comes than may wait in memory: files are written, and taken back once it is free."""
    stream, count = round.stream(padding=60000), 500 + round.random.randrange(200)
    round.record()
    lock = round.connect()
    lock.execute("BEGIN IMMEDIATE")
    sidecar = round.sidecar(pipe=True, acks=True)
    sidecar.feed(stream.bytes(0, count), chunk=1 << 16, close=False)
    folder = round.database + "-spill"
    until(lambda: os.path.isdir(folder) and os.listdir(folder), "spilling")
    round.pause(2)
    lock.execute("ROLLBACK")
    until(lambda: sidecar.sent == len(stream.bytes(0, count)), "reading on")
    more = stream.bytes(count, count + 20)
    sidecar.write(more)
    if round.random.random() < 0.5:
        until(lambda: sidecar.ack_lines == count + 20, "the acknowledgement of all lines")
    sidecar.end()
    sidecar.wait(0)
    require(sidecar.ack_lines == count + 20,
            f"{sidecar.ack_lines} lines acknowledged, {count + 20} stored")
    require(not os.path.exists(folder) or not os.listdir(folder), "files are left")
    lines = stream.lines(0, count + 20)
    state = round.state()
    state.check_once(stream, lines)
    state.check_counts(lines)
    state.check_order(stream)


@kind("locked-and-free")
def locked_and_free(round):
    """Locked again and again for a moment while a pipe is read: nothing waits in files."""
    stream, count = round.stream(), round.size(2000, 8000)
    round.record()
    sidecar = round.sidecar("--batch-size", "50", "--flush-interval", "5ms", pipe=True, acks=True)
    thread = sidecar.feed(stream.bytes(0, count), chunk=2000, pause=0.002)
    lock = round.connect()
    while thread.is_alive():
        lock.execute("BEGIN IMMEDIATE")
        round.pause(0.6)
        lock.execute("ROLLBACK")
        round.pause(0.05)
    sidecar.wait(0)
    require(sidecar.ack_lines == count, f"{sidecar.ack_lines} of {count} lines acknowledged")
    state = round.state()
    state.check_once(stream, stream.lines(0, count))
    state.check_counts(stream.lines(0, count))
    state.check_order(stream)


@kind("long-reader", slow=True)
def long_reader(round):
    """A reader keeps a snapshot while writers go on; then the log is short again."""
    limit = 64 << 20
    stream = round.stream(padding=100000, clean=True)
    sidecar = round.sidecar(pipe=True, acks=True)
    sidecar.write(stream.bytes(0, 20))
    until(lambda: sidecar.ack_lines == 20, "the first lines")
    reader = round.connect()
    reader.execute("BEGIN")
    before = reader.execute("SELECT count(*) FROM mcp_events").fetchone()[0]
    count = 20
    while wal_size(round.database) < limit + (4 << 20):
        sidecar.write(stream.bytes(count, count + 100))
        count += 100
        until(lambda: sidecar.ack_lines == count, "going on beside a reader")
    largest = wal_size(round.database)
    after = reader.execute("SELECT count(*) FROM mcp_events").fetchone()[0]
    require(before == after, "the snapshot has changed")
    reader.execute("COMMIT")
    reader.close()
    for _ in range(3):  # a checkpoint, and the first commit after it
        sidecar.write(stream.bytes(count, count + 10))
        count += 10
        until(lambda: sidecar.ack_lines == count, "going on")
    require(wal_size(round.database) < limit,
            f"the log has {wal_size(round.database)} bytes after the reader left, before {largest}")
    sidecar.end()
    sidecar.wait(0)
    round.state().check_once(stream, stream.lines(0, count))
    round.note("MiB of log beside a reader", largest >> 20)


@kind("stopped")
def stopped(round):
    """SIGSTOP and SIGCONT at random moments, beside another writer."""
    first, second = round.stream("a"), round.stream("b")
    count = round.size(1000, 5000)
    path = round.write("b.jsonl", second.bytes(0, count))
    sidecar = round.sidecar("--batch-size", "100", pipe=True, acks=True, tag="a")
    sidecar.feed(first.bytes(0, count), chunk=5000, pause=0.001)
    other = round.sidecar("--batch-size", "100", path, tag="b")
    for _ in range(round.random.randrange(2, 8)):
        round.pause(0.2)
        victim = round.random.choice([sidecar, other])
        victim.stop()
        round.pause(1)
        victim.send(signal.SIGCONT)
        round.note("stops")
    sidecar.wait(0)
    other.wait(0)
    state = round.state()
    for stream in (first, second):
        state.check_once(stream, stream.lines(0, count))
        state.check_order(stream)


@kind("stopped-long", slow=True)
def stopped_long(round):
    """One writer is stopped with the lock in its hands; the other one's lines wait in files."""
    first, second = round.stream("a"), round.stream("b")
    count = round.size(1000, 5000)
    round.record()
    path = round.write("a.jsonl", first.bytes(0, count))
    holder = round.sidecar("--batch-size", "2000", path, tag="a")
    probe = round.connect()
    probe.execute("PRAGMA busy_timeout = 0")
    caught = False
    while holder.process.poll() is None and not caught:
        holder.stop()
        try:
            probe.execute("BEGIN IMMEDIATE")
            probe.execute("ROLLBACK")
            holder.send(signal.SIGCONT)
            time.sleep(0.001)
        except Exception:
            caught = True
    probe.close()
    sidecar = round.sidecar(pipe=True, tag="b")
    sidecar.feed(second.bytes(0, count))
    sidecar.wait(75 if caught else 0)
    holder.send(signal.SIGCONT)
    holder.wait(0)
    round.note("writers stopped with the lock", int(caught))
    round.record()
    state = round.state()
    for stream in (first, second):
        state.check_once(stream, stream.lines(0, count))
        state.check_order(stream)
