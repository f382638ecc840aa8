"""Inputs and secrets that a workflow or action declares and never reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.model.value import Unknown, Value
from auditor.model.written import Table
from auditor.views.github.expression import Mistake, fences, parse, references
from auditor.views.github.reading import Trail, down, entries, text_at
from auditor.views.github.syntax.walk import Problem, node_at

_DECLARED: dict[str, tuple[Trail, ...]] = {
    "github_workflow": (("on", "workflow_call", "inputs"), ("on", "workflow_dispatch", "inputs"), ("on", "workflow_call", "secrets")),
    "github_action": (("inputs",),),
}
_WHOLE = frozenset(
    {
        ("inputs",),
        ("inputs", "*"),
        ("inputs", "?"),
        ("secrets",),
        ("secrets", "?"),
        ("github",),
        ("github", "event"),
        ("github", "event", "inputs"),
    }
)
"""Chains of names that read all of them at once."""
_WORD = re.compile(r"[\w-]+")


def unused_declarations(resource: Resource, graph: Graph) -> list[Problem]:
    """A place function: what a workflow or a composite action declares, and nothing in it names."""
    root = resource.body.value_
    if resource.kind == "github_action" and text_at(root, "runs", "using") != "composite":
        return []  # its program reads them
    passed_on = any(down(job, "uses") is not None for _, job in entries(root, "jobs"))  # what is called sees the event's inputs too
    trails = [trail for trail in _DECLARED[resource.kind] if not (passed_on and "workflow_dispatch" in trail)]
    declared = [(trail, name) for trail in trails for name, _ in entries(root, *trail)]
    if not declared:
        return []
    words: set[str] = set()
    for text in _texts(root, ()):
        if text is None or _reads_all(text):
            return []
        words.update(word.lower() for word in _WORD.findall(text))
    found: list[Problem] = []
    for trail, name in declared:
        if name.lower() not in words:
            holder = down(root, *trail)
            table = holder.data if holder is not None else None
            where = table.keys_at.get(name) if isinstance(table, Table) else None
            place = node_at(where or down(root, *trail, name) or root, (*trail, name))
            found.append(Problem("unused", place, f"nothing here reads the {str(trail[-1]).removesuffix('s')} {name!r}"))
    return found


def _texts(value: Value, trail: Trail) -> Iterator[str | None]:
    """Every text of a document outside of the declarations; None for what is not known."""
    data: Any = value.data
    if isinstance(data, dict):
        for key, item in data.items():
            here = (*trail, key)
            yield key if here[-2:-1] not in (("inputs",), ("secrets",)) or "jobs" in here[:1] else ""
            if key not in ("description", "deprecationMessage") or "jobs" in here[:1]:
                yield from _texts(item, here)
    elif isinstance(data, list):
        for item in data:
            yield from _texts(item, trail)
    elif isinstance(data, str):
        yield data
    elif isinstance(data, Unknown):
        yield None


def _reads_all(text: str) -> bool:
    if "GITHUB_EVENT_PATH" in text:
        return True
    for fence in fences(text):
        tree = parse(fence.source)
        if isinstance(tree, Mistake) or any(reference.path in _WHOLE for reference in references(tree)):
            return True
    return False
