"""Measure auditor beside other tools, in turn, in one run: medians of whole processes, and their ratios.

    python benchmarks/compare.py [--runs 5] [--checkov PATH] [--kube-score PATH] [--kube-linter PATH] [--only NAME]
                                 [--zizmor PATH] [--actionlint PATH]
                                 [--generated SCRIPT] [--manifests SCRIPT] [--counts 1000 10000] [--slow] [--profile gate]

`make bench` makes an environment for checkov; `go install github.com/zegl/kube-score/cmd/kube-score@latest` installs kube-score.
`--generated` and `--manifests` name scripts that write trees of a wanted size: `gen_tf.py OUT RESOURCES`, `gen_k8s.py OUT MANIFESTS`.
A ratio is how many times as long the other tool takes.
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
import trees  # type: ignore[import-not-found]  # it lies beside this file

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


@dataclass(frozen=True)
class Peer:
    """Another tool: what its command is for a folder. `slow`: it takes minutes for large trees."""

    name: str
    command: Callable[[Path], list[str]]
    slow: bool = False


def checkov(binary: Path, framework: str) -> Peer:
    """checkov, which lives in an environment of its own: the two cannot share one."""
    words = [str(binary), "-d", ".", "--framework", framework, "--skip-download", "--quiet", "--compact", "-o", "json"]
    return Peer("checkov", lambda _: words, slow=True)


def kube_score(binary: Path) -> Peer:
    """kube-score, which takes files."""
    return Peer("kube-score", lambda folder: [str(binary), "score", "-o", "json", *map(str, sorted(folder.rglob("*.yaml")))])


def kube_linter(binary: Path) -> Peer:
    """kube-linter."""
    return Peer("kube-linter", lambda _: [str(binary), "lint", ".", "--format", "json"])


def zizmor(binary: Path) -> Peer:
    """zizmor, without network."""
    return Peer("zizmor", lambda _: [str(binary), "--offline", "--no-exit-codes", "--format", "json", "--persona", "auditor", "."])


def actionlint(binary: Path) -> Peer:
    """actionlint, without the linters of scripts that it can call."""
    return Peer("actionlint", lambda folder: [str(binary), "-shellcheck=", "-pyflakes=", *map(str, sorted(folder.rglob("*.yml")))])


def peers(options: argparse.Namespace, framework: str) -> list[Peer]:
    """The tools that were named, as far as they know the framework."""
    found = [checkov(options.checkov, framework)] if options.checkov else []
    if framework == "kubernetes":
        found += [kube_score(options.kube_score)] if options.kube_score else []
        found += [kube_linter(options.kube_linter)] if options.kube_linter else []
    if framework == "github_actions":
        found += [zizmor(options.zizmor)] if options.zizmor else []
        found += [actionlint(options.actionlint)] if options.actionlint else []
    return found


def compare(name: str, folder: Path, others: list[Peer], options: argparse.Namespace) -> bytes:
    """Measure a tree in turn, print its rows, and return our report."""
    large = name.endswith(("resources", "manifests")) and not name.startswith("50 ")
    others = [peer for peer in others if not (peer.slow and large and not options.slow)]
    ours: list[Run] = []
    theirs: dict[str, list[Run]] = {peer.name: [] for peer in others}
    for turn in range(1 if "100000" in name else options.runs):
        ours.append(measure([*AUDITOR, "scan", ".", "--format", "json", "--profile", options.profile], folder))
        for peer in others:
            if turn < (1 if peer.slow and large else 3):
                theirs[peer.name].append(measure(peer.command(folder), folder))
    a = median(ours)
    print(f"{name:22}{'auditor':12}{a[0]:9.2f}{a[1]:9.2f}{a[2]:8.0f}", flush=True)
    for tool, runs in theirs.items():
        b = median(runs)
        print(f"{'':22}{tool:12}{b[0]:9.2f}{b[1]:9.2f}{b[2]:8.0f}{b[0] / a[0]:9.2f}", flush=True)
    return ours[-1].output


def absolute(text: str) -> Path:
    """A path that still holds in another folder."""
    return Path(text).absolute()


def main() -> int:
    """Measure every case and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--checkov", type=absolute)
    parser.add_argument("--kube-score", type=absolute)
    parser.add_argument("--kube-linter", type=absolute)
    parser.add_argument("--zizmor", type=absolute)
    parser.add_argument("--actionlint", type=absolute)
    parser.add_argument("--generated", type=absolute)
    parser.add_argument("--manifests", type=absolute)
    parser.add_argument("--counts", type=int, nargs="*", default=[1000, 10_000])
    parser.add_argument("--slow", action="store_true", help="let checkov scan the large trees too (minutes)")
    parser.add_argument("--only", default="")
    parser.add_argument("--profile", default="audit", help="the rules that we run: gate (as in CI) or audit (everything)")
    options = parser.parse_args()
    cases: list[tuple[str, str, Callable[[Path], None]]] = [
        ("small file", "terraform", trees.small),
        ("100 KB", "terraform", trees.flat),
        ("520 KB, deep modules", "terraform", trees.deep),
        ("50 manifests", "kubernetes", trees.manifests),
        ("300 workflows", "github_actions", trees.workflows),
    ]
    for script, framework, unit in ((options.generated, "terraform", "resources"), (options.manifests, "kubernetes", "manifests")):
        cases += [(f"{count} {unit}", framework, partial(generated, script, count)) for count in options.counts if script]
    print(f"{'':34}{'wall s':>9}{'CPU s':>9}{'MB':>8}{'ratio':>9}")
    helped = median([measure([*AUDITOR, "--help"], HERE) for _ in range(max(5, options.runs))])
    print(f"{'--help':22}{'auditor':12}{helped[0]:9.2f}{helped[1]:9.2f}{helped[2]:8.0f}")
    for name, framework, make in cases:
        if options.only in name:
            with tempfile.TemporaryDirectory() as folder:
                make(Path(folder))
                output = compare(name, Path(folder), peers(options, framework), options)
            if name.endswith("resources"):
                print(f"{'':22}open to the world on port 22: {open_ssh(output)}", flush=True)
    return 0


def open_ssh(output: bytes) -> int:
    """The instances of security groups (or rules) that are open to the world on port 22."""
    found = json.loads(output)["findings"]
    return len({(f["root"], f["resource"]) for f in found if "AVD-AWS-0107" in f["aliases"] and "CKV_AWS_24" in f["aliases"]})


if __name__ == "__main__":
    sys.exit(main())
