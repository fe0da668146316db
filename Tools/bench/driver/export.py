"""An archive of everything, beside what people do without one."""

import pathlib

import report
from bench import has


def run(bench):
    if not bench.program("mcp-query"):
        return
    lines = min(bench.lines, 200_000)
    with bench.scratch() as folder:
        database = str(pathlib.Path(folder) / "source.db")
        events = bench.workload(lines)
        bench.measure([bench.sidecar, str(events), "--db", database, "--summary", "none"])
        yield table(bench, pathlib.Path(folder), database, lines)


def table(bench, folder, database, lines):
    ours, theirs = folder / "ours.jsonl.gz", folder / "theirs.json.gz"
    dump = f"sqlite3 -json '{database}' 'SELECT * FROM mcp_events' | %s >'{theirs}'"
    field = {
        "mcp-query export": (
            [bench.program("mcp-query"), "export", "--db", database, "--force", "--to", str(ours)],
            ours, True),
        "sqlite3 -json | pigz -6": (["sh", "-c", dump % "pigz -6"], theirs, has("pigz")),
        "sqlite3 -json | gzip -6": (["sh", "-c", dump % "gzip -6"], theirs, has("gzip")),
    }
    walls = {name: [] for name in field}
    cpus, sizes = {name: [] for name in field}, {}
    for _ in range(bench.rounds):
        for name, (command, target, is_there) in field.items():
            if not is_there:
                continue
            usage = bench.measure(command)
            walls[name].append(usage.wall)
            cpus[name].append(usage.cpu)
            sizes[name] = target.stat().st_size
    result = report.Table(
        f"Export of {lines:,} events", ["", "wall", "spread", "CPU", "size", "time : ours", "target"]
    )
    own = report.middle(walls["mcp-query export"])
    for name, values in walls.items():
        if not values:
            result.add(name, "absent", "", "", "", "", "")
            continue
        ratio = report.middle(values) / own
        is_target = name.endswith("pigz -6")
        result.add(
            name, report.seconds(values), report.spread(values), report.seconds(cpus[name]),
            report.megabytes(sizes[name]), f"{ratio:.2f}",
            report.verdict(ratio, at_least=1) if is_target else "",
        )
    return result
