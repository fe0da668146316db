"""What a line costs before SQLite gets it: the limit of each stage, on one core."""

import json

import report

STAGES = {
    "cut": "read and cut into lines",
    "decode": "scan and decode",
    "write": "canonical line",
    "hash": "leaf hash (SHA-256)",
    "tree": "root of a batch (SHA-256)",
}


def run(bench):
    program = bench.program("bench-stages")
    if not program:
        return
    events = bench.workload(min(bench.lines, 200_000))
    passes = []
    for _ in range(bench.rounds):
        passes.append(json.loads(bench.measure([program, str(events)]).output))
    yield table(passes)


def table(passes):
    lines, size = passes[0]["lines"], passes[0]["bytes"]
    result = report.Table(
        f"The stages before SQLite, {lines:,} lines ({report.megabytes(size)}), one core",
        ["", "µs a line", "MB/s", "lines/s"],
    )
    before = dict.fromkeys(range(len(passes)), 0.0)
    for stage, name in STAGES.items():
        own = report.middle([one[stage] - before[i] for i, one in enumerate(passes)])
        before = {i: one[stage] for i, one in enumerate(passes)}
        result.add(name, f"{1e6 * own / lines:.2f}", f"{size / own / 1e6:,.0f}", f"{lines / own:,.0f}")
    whole = report.middle([one["tree"] for one in passes])
    result.add("all of them", f"{1e6 * whole / lines:.2f}", f"{size / whole / 1e6:,.0f}", f"{lines / whole:,.0f}")
    return result
