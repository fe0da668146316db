"""Several sidecars that write one database at once."""

import os
import pathlib
import sqlite3
import subprocess
import time

import report

COUNTS = (1, 2, 4, 8)


def run(bench):
    lines = 100_000 if bench.is_quick else 1_000_000
    events = bench.workload(lines)
    walls = {count: [] for count in COUNTS}
    for number in range(bench.rounds):
        for count in COUNTS:
            walls[count].append(together(bench, events, lines, count))
            bench.note(f"round {number + 1}: {count} writers: {walls[count][-1]:.2f} s")
    table = report.Table(
        f"{lines:,} events into one database by several processes",
        ["writers", "wall", "spread", "events/s", "throughput : one", "target"],
    )
    for count, values in walls.items():
        value = report.middle([one / own for one, own in zip(walls[1], values)])
        target = report.verdict(value, at_least=0.7) if count == 8 else ""
        table.add(
            count, report.seconds(values), report.spread(values),
            f"{lines / report.middle(values):,.0f}", f"{value:.2f}", target,
        )
    yield table


def together(bench, events, lines, count):
    with bench.scratch() as folder:
        subprocess.run(["split", f"--number=l/{count}", str(events), f"{folder}/part-"], check=True)
        parts = sorted(pathlib.Path(folder).glob("part-*"))
        database = str(pathlib.Path(folder) / "target.db")
        options = ["--db", database, "--summary", "none"]
        # The database is there before, so that nobody waits for its creation.
        subprocess.run([bench.sidecar, *options], stdin=subprocess.DEVNULL, check=True)
        os.sync()
        began = time.monotonic()
        processes = [subprocess.Popen([bench.sidecar, str(part), *options]) for part in parts]
        codes = [process.wait() for process in processes]
        wall = time.monotonic() - began
        if any(codes):
            raise RuntimeError(f"{count} writers ended with {codes}")
        with sqlite3.connect(database) as reader:
            stored = reader.execute("SELECT COUNT(*) FROM mcp_events").fetchone()[0]
        if stored != lines:
            raise RuntimeError(f"{count} writers stored {stored} of {lines} events")
        return wall
