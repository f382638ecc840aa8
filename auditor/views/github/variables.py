"""`${{ env.NAME }}` where the variable is not set: in another step only, or under another name."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.model.value import Value
from auditor.views.github.expression import Mistake, fences, parse, references
from auditor.views.github.faults import reading_of
from auditor.views.github.reading import down, is_open, steps_in, text_at
from auditor.views.github.syntax.walk import Problem, Text


@dataclass(frozen=True, slots=True)
class _Scopes:
    """What sets variables in a job: for all its steps, in each of them, and for those that come after."""

    common: frozenset[str]
    open: bool
    own: dict[int, frozenset[str] | None]
    """The variables of each step; None where they are not known."""
    setters: dict[str, int]
    """Variable -> the first step that has it in its `env`."""
    exporting: int
    """The first step after which any variable may be set."""
    writers: list[tuple[int, str]]
    """Steps that write to the environment's file, with their scripts in lower case."""


def variables_out_of_scope(resource: Resource, graph: Graph) -> list[Problem]:
    """A place function: the uses of variables that only another step of the job sets."""
    root = resource.body.value_
    found: list[Problem] = []
    scopes: dict[str, _Scopes] = {}
    for text in reading_of(resource).texts:
        trail, data = text.trail, text.node.data
        if len(trail) < 5 or trail[0] != "jobs" or trail[2] != "steps" or not isinstance(data, str) or "env" not in data:
            continue
        name, number = str(trail[1]), trail[3]
        if name not in scopes:
            scopes[name] = _scopes(root, down(root, "jobs", name))
        if isinstance(number, int):
            found += _of_text(text, data, scopes[name], number)
    return found


def _of_text(text: Text, data: str, scopes: _Scopes, number: int) -> Iterator[Problem]:
    for fence in fences(data):
        tree = parse(fence.source)
        for reference in () if isinstance(tree, Mistake) else references(tree):
            name = reference.path[1] if len(reference.path) == 2 and reference.path[0] == "env" else "*"
            setter = scopes.setters.get(name)
            if setter is None or setter == number or _is_set(scopes, name, number):
                continue
            where = text.node.part(fence.inner + reference.start, fence.inner + reference.end)
            message = f"the variable {name.upper()!r} is set in the env of step {setter + 1} only, and empty in this one"
            yield Problem("variable", where, message, "env of the job")


def _is_set(scopes: _Scopes, name: str, number: int) -> bool:
    """Whether a variable is, or may be, set for a step."""
    own = scopes.own.get(number)
    if scopes.open or own is None or name in scopes.common or name in own or number > scopes.exporting:
        return True
    return any(at < number and (name in script or "${{" in script or "<" in script) for at, script in scopes.writers)


def _scopes(root: Value, job: Value | None) -> _Scopes:
    shared = [_names(scope) for scope in (down(root, "env"), down(job, "env"), down(job, "container", "env"))]
    own: dict[int, frozenset[str] | None] = {}
    setters: dict[str, int] = {}
    writers: list[tuple[int, str]] = []
    exporting = -1 if is_open(down(job, "steps")) else sys.maxsize
    for below, step in steps_in(job):
        number = int(below[1])
        names = _names(down(step, "env"))
        own[number] = names if number not in own or names is None else (own[number] or frozenset()) | names
        for name in names or ():
            setters.setdefault(name, number)
        script = (text_at(step, "run") or "").lower()
        if exporting == sys.maxsize and _may_export(step, script):
            exporting = number
        if "github_env" in script:
            writers.append((number, script))
    return _Scopes(frozenset().union(*(names or () for names in shared)), None in shared, own, setters, exporting, writers)


def _names(scope: Value | None) -> frozenset[str] | None:
    """The variables of an `env` in lower case; None when they are not known."""
    if scope is None or scope.data is None:
        return frozenset()
    if is_open(scope) or not isinstance(scope.data, dict) or any("${{" in key or key == "<<" for key in scope.data):
        return None
    return frozenset(key.lower() for key in scope.data)


def _may_export(step: Value, script: str) -> bool:
    """Whether a step may set variables that its text does not name."""
    if is_open(step) or is_open(down(step, "uses")) or is_open(down(step, "run")):
        return True
    uses = text_at(step, "uses")
    if uses is not None:
        return not uses.startswith(_SILENT)
    return any(sign in script for sign in ("set-env", "./", "source "))


_SILENT = ("actions/checkout@", "actions/cache@", "actions/upload-artifact@", "actions/download-artifact@")
"""Actions that set no variables."""
