"""Many processes on one database."""

import sqlite3
import subprocess
import threading

from invariants import State, require
from processes import until
from rounds import kind


@kind("crowd")
def crowd(round):
    """Eight sidecars on one database, some of them killed, with a reader and a backup running."""
    count = round.size(600, 3000)
    members, over = [], threading.Event()
    for number in range(8):
        stream = round.stream(f"w{number}")
        if number % 2:
            path = round.write(f"w{number}.jsonl", stream.bytes(0, count))
            sidecar = round.sidecar("--batch-size", "100", path, tag=str(number))
        else:
            path = None
            sidecar = round.sidecar("--batch-size", "100", pipe=True, acks=True, tag=str(number))
            sidecar.feed(stream.bytes(0, count), chunk=3000, pause=0.002)
        members.append((stream, sidecar, path))
    until(round.has_schema, "creating the database")
    problems, copies = [], []
    threads = [threading.Thread(target=read, args=(round, over, problems)),
               threading.Thread(target=back_up, args=(round, over, copies, problems))]
    for thread in threads:
        thread.start()
    killed = {}
    try:
        for number in round.random.sample(range(8), round.random.randrange(4)):
            round.pause(0.5)
            members[number][1].kill()
            killed[number] = True
        for number, (stream, sidecar, path) in enumerate(members):
            if number not in killed:
                sidecar.wait(0)
    finally:
        over.set()
        for thread in threads:
            thread.join()
    require(not problems, f"beside the writers: {problems[:2]}")
    for number in killed:
        stream, sidecar, path = members[number]
        if path:
            round.record(path)
    check(round, members, killed, count)
    for copy in copies:
        State(copy)
    round.note("writers on one database", 8)
    round.note("writers of a crowd that were killed", len(killed))
    round.note("backups beside eight writers", len(copies))


def check(round, members, killed, count):
    state = round.state()
    for number, (stream, sidecar, path) in enumerate(members):
        lines = count
        if number in killed and not path:
            # A pipe's lines up to the kill: those of the run of that process.
            lines = sum(run["lines_read"] for run in state.runs if run["pid"] == sidecar.process.pid)
            require(sidecar.ack_lines <= lines, f"{sidecar.ack_lines} acknowledged, {lines} stored")
        state.check_once(stream, stream.lines(0, lines))
        state.check_order(stream)


def read(round, over, problems):
    """Reads, and never sees half a batch."""
    database = sqlite3.connect(f"file:{round.database}?mode=ro", uri=True, timeout=30)
    last = 0
    while not over.is_set():
        try:
            events, sealed, stored = database.execute(
                "SELECT (SELECT count(*) FROM mcp_events),"
                " (SELECT ifnull(sum(count), 0) FROM event_batches),"
                " (SELECT ifnull(sum(stored), 0) FROM ingest_runs)").fetchone()
        except sqlite3.Error as error:
            problems.append(f"reader: {error}")
            return
        if not last <= events == sealed == stored:
            problems.append(f"reader: {events} events, {sealed} sealed, {stored} stored, {last} before")
            return
        last = events


def back_up(round, over, copies, problems):
    while not over.is_set() and len(copies) < 3:
        target = round.file(f"backup{len(copies)}.db")
        result = subprocess.run(
            ["sqlite3", "-cmd", ".timeout 20000", round.database, f".backup '{target}'"],
            capture_output=True, text=True)
        if result.returncode == 0:
            copies.append(target)
        elif "locked" not in result.stderr and "busy" not in result.stderr:
            problems.append(f"backup: {result.stderr}")
            return


@kind("crowd-spill", slow=True)
def crowd_spill(round):
    """A locked database, then several writers at once that all find the waiting files."""
    count = round.size(800, 3000)
    streams = [round.stream(f"w{number}") for number in range(6)]
    round.record()
    lock = round.connect()
    lock.execute("BEGIN IMMEDIATE")
    first = [round.sidecar(pipe=True, tag=str(number)) for number in range(3)]
    for stream, sidecar in zip(streams, first):
        sidecar.feed(stream.bytes(0, count), chunk=20000)
    for sidecar in first:
        sidecar.wait(75)
    lock.execute("ROLLBACK")
    second = [round.sidecar(pipe=True, tag=str(number)) for number in range(3, 6)]
    for stream, sidecar in zip(streams[3:], second):
        sidecar.feed(stream.bytes(0, count), chunk=20000)
    killed = round.random.random() < 0.3
    if killed:
        round.pause(0.5)
        second[0].kill()
    for sidecar in second[int(killed):]:
        sidecar.wait(0)
        require("still wait" not in sidecar.errors(), sidecar.errors())
    round.record()
    state = round.state()
    for number, stream in enumerate(streams):
        if killed and number == 3:
            continue
        state.check_once(stream, stream.lines(0, count))
        state.check_order(stream)
