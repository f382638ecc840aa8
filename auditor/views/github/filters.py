"""The patterns of the filters of events."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.value import Value
from auditor.views.github.glob import glob_faults
from auditor.views.github.reading import Trail, down, entries, items
from auditor.views.github.syntax.walk import Problem, node_at

_REFS = ("branches", "branches-ignore", "tags", "tags-ignore")
_PATHS = ("paths", "paths-ignore")


def problems(root: Value) -> Iterator[Problem]:
    """Patterns that are malformed or can match nothing."""
    for name, patterns, place in _patterns(root):
        single = not isinstance(patterns.data, list)
        for number, item in items(patterns):
            if not isinstance(item.data, str) or not item.data or "${{" in item.data:
                continue
            trail = place if single else (*place, number)
            for fault in glob_faults(item.data, paths=name in _PATHS):
                where = node_at(item, trail).part(fault.start, fault.end)
                yield Problem("glob", where, f"the pattern {item.data!r} is malformed: {fault.message}")


def _patterns(root: Value) -> Iterator[tuple[str, Value, Trail]]:
    """(key, patterns, where they stand)."""
    for event, config in entries(root, "on"):
        for name, patterns in entries(config):
            if name in (*_REFS, *_PATHS) or (event == "image_version" and name in ("names", "versions")):
                yield name, patterns, ("on", event, name)
    for job, value in entries(root, "jobs"):
        version = down(value, "snapshot", "version")
        if version is not None:
            yield "version", version, ("jobs", job, "snapshot", "version")
