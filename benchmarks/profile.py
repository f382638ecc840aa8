"""Where the time of a scan goes, stage by stage, in one process: `python benchmarks/profile.py TREE`."""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

START = time.perf_counter()

from auditor.engine import rulebook  # noqa: E402 - imports are measured too
from auditor.engine.merge import combine  # noqa: E402 - imports are measured too
from auditor.engine.runner import run  # noqa: E402 - imports are measured too
from auditor.links import links  # noqa: E402 - imports are measured too
from auditor.loaders import Settings, loaders  # noqa: E402 - imports are measured too
from auditor.loaders.files import Files  # noqa: E402 - imports are measured too
from auditor.loaders.terraform import config  # noqa: E402 - imports are measured too
from auditor.model.graph import Graph  # noqa: E402 - imports are measured too

SPENT: dict[str, float] = defaultdict(float)


def timed(stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """`function`, its time added to a stage."""

    def call(*arguments: Any, **more: Any) -> Any:
        began = time.perf_counter()
        try:
            return function(*arguments, **more)
        finally:
            SPENT[stage] += time.perf_counter() - began

    return call


def main(folder: str) -> None:
    """Scan a tree and print the stages."""
    SPENT["imports"] = time.perf_counter() - START
    names = vars(config)
    names["parse_body"] = timed("parse", names["parse_body"])
    rules = timed("rules, metadata", rulebook.load)(rulebook.builtin_root())
    files = Files(Path(folder))
    units = timed("find and parse", lambda: [unit for loader in loaders() for unit in loader.units(files, Settings())])()
    results = []
    resources = size = 0
    for unit in units:
        loading = timed("evaluate", unit.load)()
        graph = Graph(loading.resources, links(), loading.gaps)
        timed("edges", lambda: graph.edges)()  # noqa: B023 - called at once
        results.append(timed("rules", run)(rules, graph))
        resources += len(loading.resources)
        size += unit.weight
    combined = timed("join and sort", combine)(results)
    counts = f"{resources} resources and declarations, {len(rules)} rules, {len(combined.findings)} findings"
    print(f"{len(units)} units, {size / 1000:.0f} KB, {counts}")
    SPENT["find files"] = SPENT.pop("find and parse") - SPENT["parse"]
    total = sum(SPENT.values())
    for stage, spent in sorted(SPENT.items(), key=lambda item: -item[1]):
        print(f"{stage:18}{spent * 1000:8.0f} ms {100 * spent / total:5.0f} %")


if __name__ == "__main__":
    main(sys.argv[1])
