"""The patterns of the filters of events."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.value import Value
from auditor.views.github.glob import glob_faults
from auditor.views.github.reading import Trail, entries, items
from auditor.views.github.syntax.walk import Problem, node_at

_REFS = ("branches", "branches-ignore", "tags", "tags-ignore")
_PATHS = ("paths", "paths-ignore")


def problems(root: Value) -> Iterator[Problem]:
    """Patterns that are malformed or can match nothing."""
    for event, config in entries(root, "on"):
        for name, patterns in entries(config):
            if name not in _REFS and name not in _PATHS:
                continue
            single = not isinstance(patterns.data, list)
            for number, item in items(patterns):
                if not isinstance(item.data, str) or not item.data or "${{" in item.data:
                    continue
                trail: Trail = ("on", event, name) if single else ("on", event, name, number)
                for fault in glob_faults(item.data, paths=name in _PATHS):
                    where = node_at(item, trail).part(fault.start, fault.end)
                    yield Problem("glob", where, f"the pattern {item.data!r} is malformed: {fault.message}")
