"""Everything that is wrong with a file that GitHub reads, found once for each file; rules pick their kinds of fault."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.github.syntax import structure
from auditor.views.github.syntax.walk import Problem, Reading, read
from auditor.views.github.syntax.workflow import WORKFLOW
from auditor.views.github.typing import faults as typing_faults


@lru_cache(maxsize=64)
def reading_of(resource: Resource) -> Reading:
    """What the walk over a file's syntax found: problems, and the texts that may hold expressions."""
    return read(resource.body.value_, WORKFLOW)


@lru_cache(maxsize=32)
def _faults(resource: Resource, graph: Graph) -> dict[str, list[Problem]]:
    if not isinstance(resource.body.data, dict):
        return {}
    reading = reading_of(resource)
    found: dict[str, list[Problem]] = {}
    for problem in (*reading.problems, *structure.problems(resource.body.value_), *typing_faults.problems(resource, graph, reading)):
        found.setdefault(problem.code, []).append(problem)
    return found


def faults(*codes: str) -> Callable[[Resource, Graph], list[Problem]]:
    """A place function: the faults of these kinds."""

    def places(resource: Resource, graph: Graph) -> list[Problem]:
        found = _faults(resource, graph)
        return [problem for code in codes for problem in found.get(code, ())]

    return places


__all__ = ["Problem", "faults", "reading_of"]
