"""Single operations of the library, beside the same by hand with GRDB."""

import json
import subprocess

import report
from bench import TOOLS


def run(bench):
    package = TOOLS / "library"
    if not package.exists():
        return
    build = ["swift", "build", "-c", "release", "--package-path", str(package)]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    path = subprocess.run([*build, "--show-bin-path"], capture_output=True, text=True, check=True)
    program = path.stdout.strip() + "/bench-library"
    results = {}
    for _ in range(bench.rounds):
        with bench.scratch() as folder:
            command = [program, folder, "200" if bench.is_quick else "1000"]
            for line in bench.measure(command).output.splitlines():
                result = json.loads(line)
                results.setdefault(result["name"], []).append(result)
    table = report.Table(
        "Single operations of the library", ["", "ours", "by hand", "ratio", "target"]
    )
    for name, runs in results.items():
        ratio = report.middle([run["ours"] / run["by_hand"] for run in runs])
        ours = report.middle([run["ours"] for run in runs])
        limit = runs[0].get("at_most_seconds")
        target = (
            report.verdict(1000 * ours, at_most=1000 * limit) + " ms" if limit
            else report.verdict(ratio, at_most=1.3)
        )
        hand = report.middle([run["by_hand"] for run in runs])
        table.add(name, f"{1000 * ours:.3f} ms", f"{1000 * hand:.3f} ms", f"{ratio:.2f}", target)
    yield table
