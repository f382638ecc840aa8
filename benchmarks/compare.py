"""Measure auditor beside checkov, in turn, in one run: medians of whole processes, and their ratios.

    python benchmarks/compare.py [--runs 5] [--checkov PATH] [--generated FOLDER] [--only NAME]

checkov lives in an environment of its own (`make bench` makes it): the two cannot share one. `--generated` names a script
`gen_tf.py OUT RESOURCES` that writes trees of a wanted number of resources.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import trees  # type: ignore[import-not-found]

HERE = Path(__file__).resolve().parent
AUDITOR = [sys.executable, "-m", "auditor"]


@dataclass(frozen=True)
class Run:
    """What one process needed: seconds of wall clock and of CPU, megabytes of its largest process."""

    wall: float
    cpu: float
    megabytes: float
    output: bytes


def measure(command: list[str], folder: Path) -> Run:
    """Run a command once."""
    with tempfile.TemporaryFile() as out:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        _, _, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = 0
        out.seek(0)
        return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out.read())


def median(runs: list[Run]) -> tuple[float, float, float]:
    """(wall, CPU, megabytes)."""
    walls, cpus, sizes = ([getattr(run, name) for run in runs] for name in ("wall", "cpu", "megabytes"))
    return statistics.median(walls), statistics.median(cpus), statistics.median(sizes)


def generated(script: Path, count: int, folder: Path) -> None:
    """Have a script write a tree of so many resources."""
    subprocess.run([sys.executable, str(script), str(folder), str(count)], check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    """Measure every case and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--checkov", type=Path)
    parser.add_argument("--generated", type=Path)
    parser.add_argument("--resources", type=int, nargs="*", default=[1000, 10_000])
    parser.add_argument("--slow", action="store_true", help="let checkov scan the large trees too (minutes)")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    cases: dict[str, Callable[[Path], None]] = {"small file": trees.small, "100 KB": trees.flat, "520 KB, deep modules": trees.deep}
    if options.generated:
        for count in options.resources:
            cases[f"{count} resources"] = partial(generated, options.generated, count)
    print(f"{'':24}{'auditor':>28}{'checkov':>28}{'ratio':>8}")
    print(f"{'':24}{'wall s':>10}{'CPU s':>9}{'MB':>9}{'wall s':>10}{'CPU s':>9}{'MB':>9}{'wall':>8}")
    helped = median([measure([*AUDITOR, "--help"], HERE) for _ in range(max(5, options.runs))])
    print(f"{'--help':24}{helped[0]:10.3f}{helped[1]:9.3f}{helped[2]:9.0f}")
    for name, make in cases.items():
        if options.only not in name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            make(Path(folder))
            large = name.endswith("resources")
            ours: list[Run] = []
            theirs: list[Run] = []
            for _ in range(1 if large and "100000" in name else options.runs):
                ours.append(measure([*AUDITOR, "scan", ".", "--format", "json"], Path(folder)))
                if options.checkov and (not large or options.slow):
                    command = [str(options.checkov), "-d", ".", "--skip-download", "--quiet", "--compact", "-o", "json"]
                    if len(theirs) < 3:
                        theirs.append(measure(command, Path(folder)))
            a = median(ours)
            row = f"{name:24}{a[0]:10.2f}{a[1]:9.2f}{a[2]:9.0f}"
            if theirs:
                b = median(theirs)
                row += f"{b[0]:10.2f}{b[1]:9.2f}{b[2]:9.0f}{b[0] / a[0]:8.0f}"
            print(row, f"  open to the world on port 22: {open_ssh(ours[-1].output)}" if large else "", flush=True)
    return 0


def open_ssh(output: bytes) -> int:
    """The instances of security groups (or rules) that are open to the world on port 22."""
    found = json.loads(output)["findings"]
    return len({(f["root"], f["resource"]) for f in found if "AVD-AWS-0107" in f["aliases"] and "CKV_AWS_24" in f["aliases"]})


if __name__ == "__main__":
    sys.exit(main())
