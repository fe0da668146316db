"""The command line: which rounds are run, and the report."""

import argparse
import collections
import concurrent.futures
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

import kinds  # noqa: F401  registers the kinds
from invariants import Violation
from rounds import KINDS, SLOW, Round, Skip

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGE = os.path.dirname(os.path.dirname(HERE))


def arguments():
    parser = argparse.ArgumentParser(
        prog="Tools/faults", description="Breaks mcp-sidecar, and checks that nothing is lost.")
    parser.add_argument("--rounds", type=int, default=200, help="how many (200)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same rounds (1)")
    parser.add_argument("--short", action="store_true", help="some tens of small rounds, for CI")
    parser.add_argument("--round", type=int, help="only the round of this number")
    parser.add_argument("--only", help="only kinds whose name contains this")
    parser.add_argument("--jobs", type=int, default=min(4, os.cpu_count() or 1),
                        help="how many at once (the number of cores, at most 4)")
    parser.add_argument("--bin", help="mcp-sidecar (the newest in .build)")
    parser.add_argument("--keep-going", action="store_true", help="go on after a violation")
    parser.add_argument("--list", action="store_true", help="tell what kinds there are")
    return parser.parse_args()


def find_binary(given):
    if given:
        return os.path.abspath(given)
    folders = [os.environ["MCP_BIN"]] if "MCP_BIN" in os.environ else [
        os.path.join(PACKAGE, ".build", name) for name in ("debug", "release")]
    found = [path for path in (os.path.join(folder, "mcp-sidecar") for folder in folders)
             if os.path.exists(path)]
    if not found:
        sys.exit("Tools/faults: there is no mcp-sidecar: swift build --product mcp-sidecar")
    return os.path.abspath(max(found, key=os.path.getmtime))


def build_shim(folder):
    """The library that makes calls of the program fail; none without a compiler."""
    path = os.path.join(folder, "shim.so")
    compiler = shutil.which("cc") or shutil.which("clang")
    if not compiler:
        return None
    subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-o", path,
                    os.path.join(HERE, "shim.c"), "-ldl", "-lpthread"], check=True)
    return path


def plan(options):
    """The kinds of all rounds, in order: every kind in turn, shuffled each time.

    A short run has every kind once, and once more those that take no time.
    """
    names = sorted(name for name in KINDS if not options.only or options.only in name)
    if not names:
        sys.exit(f"Tools/faults: no kind is called {options.only}; see --list")
    deck = random.Random(options.seed)
    if options.short:
        fast = [name for name in names if name not in SLOW]
        return list(enumerate(deck.sample(names, len(names)) + deck.sample(fast, len(fast))))
    rounds = []
    while len(rounds) < options.rounds:
        rounds += deck.sample(names, len(names))
    return list(enumerate(rounds))[:options.rounds]


class Harness:
    def __init__(self, options):
        self.options = options
        self.folder = tempfile.mkdtemp(prefix="mcp-faults-")
        # A build that goes on meanwhile changes nothing.
        self.binary = shutil.copy2(find_binary(options.bin), self.folder)
        self.shim = build_shim(self.folder)
        self.survived, self.skipped = collections.Counter(), collections.Counter()
        self.seconds = collections.Counter()
        self.notes, self.failed = collections.Counter(), []

    def run(self):
        began = time.monotonic()
        rounds = plan(self.options)
        if self.options.round is not None:
            rounds = [pair for pair in rounds if pair[0] == self.options.round]
        with concurrent.futures.ThreadPoolExecutor(self.options.jobs) as pool:
            for _ in pool.map(self.one, rounds):
                pass
        self.report(time.monotonic() - began)
        if not self.failed:
            shutil.rmtree(self.folder, ignore_errors=True)
        return 1 if self.failed else 0

    def one(self, pair):
        if self.failed and not self.options.keep_going:
            return
        number, name = pair
        folder = os.path.join(self.folder, f"round-{number}")
        round = Round(self.options.seed, number, name, folder, self.binary, self.shim,
                      self.options.short)
        error, began = None, time.monotonic()
        try:
            KINDS[name](round)
            self.survived[name] += 1
            self.notes.update(round.notes)
        except Skip as reason:
            self.skipped[f"{name} ({reason})"] += 1
        except Violation as violation:
            error = str(violation)
        except Exception:
            error = traceback.format_exc()
        if error:
            self.failed.append((number, name, folder, error))
            print(f"round {number}, {name}: {error}\n  evidence: {folder}\n  again: Tools/faults "
                  f"--seed {self.options.seed} --round {number}{self.again()}", flush=True)
        elif not self.options.short and sys.stdout.isatty():
            print(f"round {number} {name} ok", flush=True)
        self.seconds[name] += time.monotonic() - began
        round.clean_up(keep=error is not None)

    def again(self):
        options = self.options
        words = " --short" if options.short else f" --rounds {options.rounds}"
        words += f" --only {options.only}" if options.only else ""
        return words

    def report(self, seconds):
        total = sum(self.survived.values())
        for name in sorted(KINDS):
            if self.survived[name]:
                print(f"  {name:24} {self.survived[name]:5} survived {self.seconds[name]:7.1f} s")
        for name, count in sorted(self.skipped.items()):
            print(f"  {name:24} {count:5} skipped")
        if not self.options.short:
            for word, count in sorted(self.notes.items()):
                print(f"  {word:40} {count:8}")
        result = f"{len(self.failed)} FAILED" if self.failed else "no violation"
        print(f"faults: {total} rounds of {len(self.survived)} kinds survived, {result}, "
              f"seed {self.options.seed}, {seconds:.0f} s")


def main():
    options = arguments()
    # In the background the shell has it ignored, and so would all that is started here.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if options.list:
        for name in sorted(KINDS):
            print(f"{name:24} {(KINDS[name].__doc__ or '').strip().splitlines()[0]}")
        return 0
    return Harness(options).run()


if __name__ == "__main__":
    sys.exit(main())
