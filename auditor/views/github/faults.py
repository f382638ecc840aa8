"""Everything that is wrong with a file that GitHub reads, found once for each file; rules pick their kinds of fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import chain

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.model.value import Value
from auditor.views.github import calls, conditions, events, filters, ids, labels, matrix, needs, permissions, schedule, shells
from auditor.views.github.syntax import action, structure
from auditor.views.github.syntax.action import ACTION
from auditor.views.github.syntax.dependabot import DEPENDABOT
from auditor.views.github.syntax.walk import Problem, Reading, read
from auditor.views.github.syntax.workflow import WORKFLOW
from auditor.views.github.typing import faults as typing_faults

_SHAPES = {"github_workflow": WORKFLOW, "github_action": ACTION, "dependabot": DEPENDABOT}


@lru_cache(maxsize=64)
def reading_of(resource: Resource) -> Reading:
    """What the walk over a file's syntax found: problems, and the texts that may hold expressions."""
    return read(resource.body.value_, _SHAPES[resource.kind])


_OF_WORKFLOWS = (
    structure.problems,
    events.problems,
    filters.problems,
    schedule.problems,
    permissions.problems,
    needs.problems,
    ids.problems,
    matrix.problems,
    labels.problems,
    shells.problems,
    conditions.problems,
)
_CHECKS: dict[str, tuple[Callable[[Value], Iterator[Problem]], ...]] = {
    "github_workflow": _OF_WORKFLOWS,
    "github_action": (action.problems,),
    "dependabot": (),
}


@lru_cache(maxsize=32)
def _faults(resource: Resource, graph: Graph) -> dict[str, list[Problem]]:
    root = resource.body.value_
    if not isinstance(root.data, dict):
        return {}
    reading = reading_of(resource)
    found: dict[str, list[Problem]] = {}
    checks = [check(root) for check in _OF_WORKFLOWS] if resource.kind == "github_workflow" else []
    for problem in (
        *reading.problems,
        *chain(*checks),
        *typing_faults.problems(resource, graph, reading),
        *calls.problems(resource, graph),
    ):
        found.setdefault(problem.code, []).append(problem)
    return found


def faults(*codes: str) -> Callable[[Resource, Graph], list[Problem]]:
    """A place function: the faults of these kinds."""

    def places(resource: Resource, graph: Graph) -> list[Problem]:
        found = _faults(resource, graph)
        return [problem for code in codes for problem in found.get(code, ())]

    return places


__all__ = ["Problem", "faults", "reading_of"]
