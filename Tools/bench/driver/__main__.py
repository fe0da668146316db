"""Runs the benchmarks and prints their tables."""

import argparse
import os
import pathlib
import platform
import sys

import export
import fresh
import ingest
import library
import memory
import report
import stages
import tap
import writers
from bench import Bench

SUITES = {
    "ingest": ingest.run,
    "stages": stages.run,
    "fresh": fresh.run,
    "memory": memory.run,
    "writers": writers.run,
    "library": library.run,
    "export": export.run,
    "tap": tap.run,
}


def arguments():
    parser = argparse.ArgumentParser(prog="Tools/bench/run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the work")
    parser.add_argument("--lines", type=int, help="of the workload (1,000,000)")
    parser.add_argument("--rounds", type=int, help="of each measurement (5)")
    parser.add_argument("--only", default=",".join(SUITES), help="some of " + ",".join(SUITES))
    parser.add_argument("--contenders", help="of ingest, by their first words; else all")
    parser.add_argument("--markdown", type=pathlib.Path, help="also write the tables to a file")
    parser.add_argument("--folder", type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    return parser.parse_args()


def main():
    options = arguments()
    bench = Bench(
        folder=options.folder,
        binaries=pathlib.Path(os.environ["MCP_BIN"]),
        lines=options.lines or (100_000 if options.quick else 1_000_000),
        rounds=options.rounds or (3 if options.quick else 5),
        is_quick=options.quick,
        contenders=options.contenders,
    )
    tables = []
    for name in options.only.split(","):
        if name not in SUITES:
            sys.exit(f"Error: there is no suite '{name}'; there are {', '.join(SUITES)}")
        for table in SUITES[name](bench):
            tables.append(table)
            print("\n" + table.text(), flush=True)
    if options.markdown:
        options.markdown.write_text(machine(bench) + "\n".join(table.markdown() for table in tables))


def machine(bench):
    """What the numbers were measured on."""
    return (
        f"{os.cpu_count()} cores, {report.processor()}, {platform.system()} "
        f"{platform.release()}, load average before the run {bench.load:.1f}; medians of "
        f"{bench.rounds} alternating rounds.\n\n"
    )


main()
