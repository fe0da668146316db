"""How much `mcp-sidecar tap` adds to a call's round trip.

A client and an echo server talk over pipes, directly, then through `cat` on both ways as the
cheapest that anything in between can be, then through the tap, taking turns so that whatever else
the machine does hits all of them.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import report

# The median through the tap is at most this much longer (DESIGN 12).
LIMIT_MICROSECONDS = 200

SERVER = r"""
import os, sys
reply = b'{"jsonrpc":"2.0","id":%s,"result":{"content":[{"type":"text","text":"hello"}]}}\n'
while True:
    line = os.read(0, 65536)
    if not line: break
    os.write(1, reply % line[22:line.index(b",", 22)])
"""
CALL = '{{"jsonrpc":"2.0","id":{},"method":"tools/call","params":{{"name":"echo","arguments":{{"text":"hello"}}}}}}\n'
WARM_UP = 200


def run(bench):
    yield table(measure(bench.sidecar, 1000 if bench.is_quick else 5000))


def table(times):
    """The times of the ways beside each other, in microseconds."""
    table = report.Table(
        f"A call through tap, {len(times['tap'])} in turns, microseconds",
        ["", "median", "90 %", "99 %", "added", "target"],
    )
    direct = report.middle(times["direct"])
    for way, values in times.items():
        added = report.middle(values) - direct
        numbers = [report.middle(values), percentile(values, 0.9), percentile(values, 0.99)]
        target = report.verdict(added, at_most=LIMIT_MICROSECONDS) if way == "tap" else ""
        table.add(way, *(f"{number:.1f}" for number in numbers), f"{added:+.1f}", target)
    return table


def measure(tap, calls):
    """The times of every call, in microseconds, by way."""
    server = [sys.executable, "-c", SERVER]
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, MCP_SIDECAR_DB=str(pathlib.Path(folder) / "events.db"))
        cats = ["sh", "-c", 'cat | "$@" | cat', "sh"]
        ways = {
            "direct": Connection(server, environment),
            "cat": Connection(cats + server, environment),
            "tap": Connection([tap, "tap", "--"] + server, environment),
        }
        for number in range(WARM_UP + calls):
            for way in ways.values():
                way.call()
        for way in ways.values():
            way.close()
    return {name: way.times[WARM_UP:] for name, way in ways.items()}


class Connection:
    """A server, and what stands before it."""

    def __init__(self, command, environment):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, env=environment
        )
        self.times = []
        self.identifier = 0

    def call(self):
        self.identifier += 1
        message = CALL.format(self.identifier).encode()
        source, sink = self.process.stdin.fileno(), self.process.stdout.fileno()
        began = time.perf_counter_ns()
        os.write(source, message)
        answer = os.read(sink, 65536)
        self.times.append((time.perf_counter_ns() - began) / 1000)
        assert json.loads(answer)["id"] == self.identifier

    def close(self):
        self.process.stdin.close()
        assert self.process.wait() == 0


def percentile(times, share):
    return sorted(times)[int(len(times) * share)]
