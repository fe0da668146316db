"""How much memory an ingest needs, and that it does not depend on the size of the input."""

import json
import pathlib
import sys

import report

LIMIT = 64 << 20
# What a line may take three times of, besides.
FREE_OF_LINE = 1 << 20
LONG_LINES = {"of 10 MB": 10_000_000, "of 15 MB": 15_000_000}

# What a process had before it became another program counts as its own on Linux, so that one is
# asked that is small itself.
ASK = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:]).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(status)
"""


def run(bench):
    sizes = {"10 MB": 23_000, "100 MB": 230_000}
    if not bench.is_quick:
        sizes["1 GB"] = 2_465_000
    table = report.Table(
        "Resident memory of an ingest, the most of three runs",
        ["input", "a file", "a pipe", "gzipped", "target"],
    )
    for name, lines in sizes.items():
        events = bench.workload(lines)
        packed = pathlib.Path(str(events) + ".gz")
        if not packed.exists():
            with packed.open("wb") as output:
                compress(events, output)
        forms = {"file": [str(events)], "pipe": [], "gzip": [str(packed)]}
        peaks = {form: 0 for form in forms}
        for _ in range(1 if bench.is_quick else 3):
            for form, inputs in forms.items():
                peak = resident(bench, inputs, events if form == "pipe" else None)
                peaks[form] = max(peaks[form], peak)
        most = max(peaks.values())
        table.add(
            name, *map(report.megabytes, peaks.values()),
            report.verdict(most / (1 << 20), at_most=LIMIT >> 20),
        )
        bench.note(f"{name}: {report.megabytes(most)}")
        if lines > 1_000_000:
            events.unlink()
            packed.unlink()
    for name, length in LONG_LINES.items():
        add_long_lines(bench, table, name, length)
    yield table


def add_long_lines(bench, table, name, length):
    """Lines that are as long as files are elsewhere: they may take three times their length."""
    limit = LIMIT + 3 * (length - FREE_OF_LINE)
    with bench.scratch() as folder:
        events = pathlib.Path(folder) / "long.jsonl"
        with events.open("w") as output:
            for number in range(20):
                output.write(long_line(number, length) + "\n")
        file = max(resident(bench, [str(events)], None) for _ in range(3))
        pipe = max(resident(bench, [], events) for _ in range(3))
    most = max(file, pipe)
    table.add(
        f"20 lines {name}", report.megabytes(file), report.megabytes(pipe), "–",
        report.verdict(most / (1 << 20), at_most=limit >> 20),
    )
    bench.note(f"20 lines {name}: {report.megabytes(most)}")


def long_line(number, length):
    event = {
        "instance_id": "work-1", "tool_name": "read_file", "success": True,
        "timestamp": f"2026-01-05T09:00:{number:02}Z", "metadata": {"text": "x" * (length - 150)},
    }
    return json.dumps(event)


def compress(source, output):
    import subprocess

    subprocess.run(["gzip", "-1", "-c", str(source)], stdout=output, check=True)


def resident(bench, inputs, stdin):
    with bench.scratch() as folder:
        database = str(pathlib.Path(folder) / "target.db")
        command = [bench.sidecar, "ingest", *inputs, "--db", database, "--summary", "none"]
        asking = [sys.executable, "-c", ASK, *command]
        return int(bench.measure(asking, stdin=stdin).output) * 1024
