"""Loading one workload into an empty database, by everyone who can."""

import json
import pathlib
import sqlite3

import report
from bench import TOOLS, has

RIVALS = TOOLS / "rivals"


class Contest:
    """The contenders, and what they need to be run with."""

    def __init__(self, bench):
        self.bench = bench
        self.events = bench.workload()
        self.setup = bench.folder / "setup.sql"
        self.source = bench.folder / f"source-{bench.lines}.db"
        self.batch_size = 1000
        self.batches = []
        self.prepare()

    def prepare(self):
        """Records the workload once: its schema and rows are what the others get."""
        for path in self.source.parent.glob(self.source.name + "*"):
            path.unlink()
        usage = self.bench.measure(self.ours(self.source))
        self.note_batches(usage.output)
        schema = self.bench.measure(["sqlite3", str(self.source), ".schema"]).output
        pragmas = (TOOLS / "pragmas.sql").read_text()
        self.setup.write_text(pragmas + schema)

    def note_batches(self, summary):
        self.batches.append(json.loads(summary)["batches"])
        self.batch_size = max(1, self.bench.lines // int(report.middle(self.batches)))

    def ours(self, target, *options):
        command = [self.bench.sidecar, str(self.events), "--db", str(target), *options]
        return [*command, "--summary", "json"]

    # Each contender takes a target that does not exist yet and returns its seconds: wall and CPU.

    def sidecar(self, target):
        usage = self.bench.measure(self.ours(target))
        self.note_batches(usage.output)
        return usage.wall, usage.cpu

    def sidecar_unsealed(self, target):
        usage = self.bench.measure(self.ours(target, "--evidence", "off"))
        return usage.wall, usage.cpu

    def sidecar_redacting(self, target):
        usage = self.bench.measure(self.ours(target, "--redact", "secrets"))
        return usage.wall, usage.cpu

    def bare(self, target):
        paths = [self.source, self.setup, target]
        command = [str(self.bench.folder / "bare"), *map(str, paths), str(self.batch_size)]
        return self.told(self.bench.measure(command))

    def sqlite_import(self, target):
        script = (RIVALS / "import.sql").read_text()
        script = script.replace("SETUP", str(self.setup)).replace("EVENTS", str(self.events))
        path = target.with_suffix(".sql")
        path.write_text(script)
        usage = self.bench.measure(["sqlite3", "-batch", "-bail", str(target)], stdin=path)
        return usage.wall, usage.cpu

    def executemany(self, target):
        words = [RIVALS / "executemany.py", self.setup, self.events, target, self.batch_size]
        return self.told(self.bench.measure([self.bench.python, *map(str, words)]))

    def duckdb(self, target):
        words = [RIVALS / "duckdb_load.py", self.events, target.with_suffix(".duckdb")]
        return self.told(self.bench.measure([self.bench.python, *map(str, words)]))

    def sqlite_utils(self, target):
        program = pathlib.Path(self.bench.python).parent / "sqlite-utils"
        words = [program, "insert", target, "mcp_events", self.events, "--nl"]
        usage = self.bench.measure([*map(str, words)])
        return usage.wall, usage.cpu

    @staticmethod
    def told(usage):
        """The seconds that a rival took for loading itself, without its own start."""
        told = json.loads(usage.output)
        return told["seconds"], told["cpu"]

    def check(self, target):
        """A contender that stored something else has not taken part."""
        if target.exists() and target.suffix == ".db":
            with sqlite3.connect(target) as database:
                count = database.execute("SELECT COUNT(*) FROM mcp_events").fetchone()[0]
            if count != self.bench.lines:
                raise RuntimeError(f"{target} has {count} events, not {self.bench.lines}")


def contenders(contest):
    """Names, and how each is run; None is absent."""
    help_text = contest.bench.measure([contest.bench.sidecar, "ingest", "--help-hidden"]).output
    python = contest.bench.python
    has_duckdb = contest.bench.measure([python, "-c", "import duckdb"], check=False).output == ""
    has_utils = (pathlib.Path(python).parent / "sqlite-utils").exists()
    return {
        "mcp-sidecar": contest.sidecar,
        "mcp-sidecar, evidence off": contest.sidecar_unsealed,
        "mcp-sidecar, redacting": contest.sidecar_redacting if "--redact" in help_text else None,
        "bare C loop": contest.bare,
        "sqlite3 import": contest.sqlite_import if has("sqlite3") else None,
        "Python executemany": contest.executemany,
        "DuckDB read_json": contest.duckdb if has_duckdb else None,
        "sqlite-utils insert": contest.sqlite_utils if has_utils else None,
    }


def run(bench):
    contest = Contest(bench)
    field = contenders(contest)
    if bench.contenders:
        wanted = bench.contenders.split(",")
        field = {name: run for name, run in field.items() if name.startswith(tuple(wanted))}
    walls = {name: [] for name in field}
    cpus = {name: [] for name in field}
    for number in range(bench.rounds):
        # Forwards and backwards, so that nobody always comes after the one that wrote most.
        for name, contender in list(field.items())[:: -1 if number % 2 else 1]:
            if contender is None:
                continue
            with bench.scratch() as folder:
                target = pathlib.Path(folder) / "target.db"
                wall, cpu = contender(target)
                contest.check(target)
            walls[name].append(wall)
            cpus[name].append(cpu)
            bench.note(f"round {number + 1}: {name}: {wall:.2f} s, CPU {cpu:.2f} s")
    yield table(contest, walls, cpus)
    yield targets(walls)


def table(contest, walls, cpus):
    lines, size = contest.bench.lines, contest.events.stat().st_size
    heading = (
        f"Ingest of {lines:,} lines ({report.megabytes(size)}) into an empty database, durability "
        f"full, {contest.batch_size} events a transaction"
    )
    table = report.Table(
        heading, ["", "wall", "spread", "events/s", "CPU", "time : ours", "time : bare"]
    )
    for name, values in walls.items():
        if not values:
            table.add(name, "absent", "", "", "", "", "")
            continue
        wall = report.middle(values)
        table.add(
            name, report.seconds(values), report.spread(values), f"{lines / wall:,.0f}",
            report.seconds(cpus[name]), ratio(wall, walls.get("mcp-sidecar")),
            ratio(wall, walls.get("bare C loop")),
        )
    return table


def ratio(wall, values):
    return f"{wall / report.middle(values):.2f}" if values else ""


def targets(walls):
    table = report.Table("Targets of ingest", ["", "ratio", "target"])

    def add(name, over, under, **limits):
        if walls.get(over) and walls.get(under):
            # Both were measured in each round, so that the ratio is theirs.
            value = report.middle([a / b for a, b in zip(walls[over], walls[under])])
            table.add(name, f"{value:.2f}", report.verdict(value, **limits))

    add("evidence off : bare C loop", "mcp-sidecar, evidence off", "bare C loop", at_most=1.25)
    add("evidence on : off", "mcp-sidecar", "mcp-sidecar, evidence off", at_most=1.08)
    add("sqlite3 import : ours", "sqlite3 import", "mcp-sidecar", at_least=2)
    add("Python executemany : ours", "Python executemany", "mcp-sidecar")
    add("sqlite-utils : ours", "sqlite-utils insert", "mcp-sidecar", at_least=10)
    # It seals nothing either.
    unsealed = "mcp-sidecar, evidence off"
    add("sqlite-utils : evidence off", "sqlite-utils insert", unsealed, at_least=10)
    add("ours : DuckDB", "mcp-sidecar", "DuckDB read_json", at_most=3)
    add("redacting : not", "mcp-sidecar, redacting", "mcp-sidecar")
    return table
