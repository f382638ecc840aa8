"""What a scan of one account costs as the account grows: `python benchmarks/growth.py [SIZE ...]` prints a table and a plot in Markdown.

All resources are in one root module, so that one graph and one process hold them; every rule runs.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import compare  # type: ignore[import-not-found]  # it lies beside this file
import estate  # type: ignore[import-not-found]  # the same

SIZES = (5_000, 10_000, 20_000, 40_000, 60_000, 80_000, 100_000)

PLOT = """```mermaid
xychart-beta
    title "Seconds of CPU by thousands of resources in one graph"
    x-axis "thousands of resources" [{sizes}]
    y-axis "seconds" 0 --> {top}
    line [{measured}]
    line [{straight}]
```
The second line is straight from nought through the last point."""


def main() -> None:
    """Measure each size once; the CPU time of a process is steadier than its wall time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--profile", default="audit")
    options = parser.parse_args()
    sizes, spent = [], []
    print("| resources | wall s | CPU s | MB | CPU ms a resource |\n|---|---|---|---|---|")
    for wanted in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            size = estate.estate(Path(folder), wanted)
            run = compare.measure([*compare.AUDITOR, "scan", folder, "--profile", options.profile, "--format", "json"], Path(folder))
        sizes.append(size)
        spent.append(run.cpu)
        print(f"| {size:,} | {run.wall:.1f} | {run.cpu:.1f} | {run.megabytes:,.0f} | {run.cpu / size * 1000:.2f} |", flush=True)
    straight = [spent[-1] * size / sizes[-1] for size in sizes]
    print()
    print(
        PLOT.format(
            sizes=", ".join(f"{size / 1000:.0f}" for size in sizes),
            top=round(max(spent) * 1.1) + 1,
            measured=", ".join(f"{seconds:.1f}" for seconds in spent),
            straight=", ".join(f"{seconds:.1f}" for seconds in straight),
        )
    )


if __name__ == "__main__":
    main()
