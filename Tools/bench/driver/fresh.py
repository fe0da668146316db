"""What one event costs: in a process of its own, and until somebody else sees it."""

import os
import pathlib
import shutil
import sqlite3
import statistics
import subprocess
import time

import report

LINE = (
    b'{"instance_id":"work-1","tool_name":"edit_file","success":true,'
    b'"metadata":{"file":"src/main.ts","lines":50}}\n'
)
PAYLOAD = (
    '{"session_id":"s","cwd":"/","hook_event_name":"PostToolUse","tool_name":"Bash",'
    '"tool_input":{"command":"make"},"tool_response":{"stdout":"ok"},"tool_use_id":"toolu_%d"}'
)
INSERT = (
    "PRAGMA synchronous=FULL; INSERT INTO mcp_events (instance_id, tool_name, success, metadata, "
    "timestamp, outcome, received_at, instance_seq) VALUES ('work-1', 'edit_file', 1, "
    "'{\"file\":\"src/main.ts\",\"lines\":50}', 1, 'ok', 1, 1)"
)


def run(bench):
    runs = 10 if bench.is_quick else 40
    with bench.scratch() as folder:
        database = str(pathlib.Path(folder) / "target.db")
        filler = bench.workload(100_000)
        bench.measure([bench.sidecar, str(filler), "--db", database, "--summary", "none"])
        # Rows that nobody sealed are no place for the next number.
        shutil.copy(database, database + ".rival")
        line = pathlib.Path(folder) / "line.jsonl"
        line.write_bytes(LINE)
        yield processes(bench, database, line, runs)
        yield visibility(bench, database, runs)


def processes(bench, database, line, runs):
    """Alternately, each beside an empty process of the same kind."""
    rival = ["sqlite3", database + ".rival", INSERT]
    payload = line.with_name("payload.json")
    field = {
        "mcp-sidecar hook, one call": ([bench.sidecar, "hook", "--db", database], payload, 0.025),
        "mcp-sidecar, one event from a pipe": (
            [bench.sidecar, "--db", database, "--summary", "none"], line, None),
        "mcp-sidecar --version": ([bench.sidecar, "--version"], None, None),
        "mcp-query --help": ([bench.program("mcp-query"), "--help"], None, 0.015),
        "sqlite3, one INSERT": (rival, None, None),
        "/bin/true": (["/bin/true"], None, None),
    }
    walls = {name: [] for name in field}
    cpus = {name: [] for name in field}
    for number in range(runs):
        payload.write_text(PAYLOAD % number)
        for name, (command, stdin, _) in field.items():
            if command[0] is None:
                continue
            usage = bench.measure(command, stdin=stdin)
            walls[name].append(usage.wall)
            cpus[name].append(usage.cpu)
    table = report.Table(
        f"One process, {runs} times, a database of 100,000 events",
        ["", "median", "90 %", "CPU", "target"],
    )
    for name, (_, _, limit) in field.items():
        if not walls[name]:
            table.add(name, "absent", "", "", "")
            continue
        median = report.middle(walls[name])
        target = report.verdict(1000 * median, at_most=1000 * limit) if limit else ""
        table.add(
            name, report.milliseconds(walls[name]), f"{1000 * ninth(walls[name]):.1f} ms",
            report.milliseconds(cpus[name]), target,
        )
    return table


def visibility(bench, database, runs):
    """From the moment a line is written into the pipe until another connection reads the row."""
    sidecar = subprocess.Popen(
        [bench.sidecar, "--db", database, "--summary", "none"], stdin=subprocess.PIPE
    )
    reader = sqlite3.connect(f"file:{database}?mode=ro", uri=True, isolation_level=None)
    newest = "SELECT MAX(id) FROM mcp_events"
    seen = reader.execute(newest).fetchone()[0]
    waits = []
    for number in range(runs + 1):
        began = time.monotonic()
        os.write(sidecar.stdin.fileno(), LINE)
        while reader.execute(newest).fetchone()[0] == seen:
            time.sleep(0.0005)
        # The first wait is also that for the process to start.
        if number > 0:
            waits.append(time.monotonic() - began)
        seen = reader.execute(newest).fetchone()[0]
    sidecar.stdin.close()
    sidecar.wait()
    reader.close()
    table = report.Table(
        f"From writing a line until a reader sees it, {runs} times",
        ["", "median", "90 %", "longest", "target"],
    )
    longest = max(waits)
    table.add(
        "mcp-sidecar, one writer", report.milliseconds(waits), f"{1000 * ninth(waits):.1f} ms",
        f"{1000 * longest:.1f} ms", report.verdict(1000 * longest, at_most=250),
    )
    return table


def ninth(values):
    return statistics.quantiles(values, n=10)[8]
