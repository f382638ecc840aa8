"""Everything that is wrong with a file that GitHub reads, found once for each file; rules pick their kinds of fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import chain

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.model.value import Value
from auditor.views.cache import per_graph
from auditor.views.github import calls, conditions, events, filters, ids, labels, matrix, metadata, needs, permissions, schedule, shells
from auditor.views.github.places import steps
from auditor.views.github.repository import ACTION_FILES, has_file, local_action
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


@per_graph
def _faults(resource: Resource, graph: Graph) -> dict[str, list[Problem]]:
    root = resource.body.value_
    if not root.data and resource.meta.at("problems").data:
        return {}
    if not isinstance(root.data, dict):
        message = f"the {_SHAPES[resource.kind].name} is no mapping"
        return {} if resource.body.unknown else {"type": [Problem("type", resource.body, message, "a mapping")]}
    reading = reading_of(resource)
    found: dict[str, list[Problem]] = {}
    for problem in chain(reading.problems, *(check(root) for check in _CHECKS[resource.kind])):
        found.setdefault(problem.code, []).append(problem)
    if resource.kind != "dependabot":
        metadata_of = metadata.problems(resource) if resource.kind == "github_action" else ()
        for problem in chain(metadata_of, typing_faults.problems(resource, graph, reading), calls.problems(resource, graph)):
            found.setdefault(problem.code, []).append(problem)
    return found


_HARMLESS = frozenset({"template", "expression-type", "undefined-property", "action-old", "input-deprecated"})


def broken_actions(resource: Resource, graph: Graph) -> list[Problem]:
    """A place function: the steps whose local action is malformed, so that they fail."""
    found: list[Problem] = []
    for step in steps(resource, graph):
        uses = step.at("uses")
        if not isinstance(uses.data, str) or not uses.data.startswith("./"):
            continue
        called = local_action(resource, graph, uses.data)
        if called is None:
            held = [name for name in ACTION_FILES if has_file(resource, f"{uses.data}/{name}")]
            if held:
                message = f"{uses.data.rstrip('/')}/{held[0]} is no action: it does not say what it runs"
                found.append(Problem("action-broken", uses, message, "runs, with using"))
            continue
        wrong = [it for code, its in _faults(called, graph).items() if code not in _HARMLESS for it in its]
        if wrong:
            message = f"the action in {uses.data} is malformed: {wrong[0].message}"
            found.append(Problem("action-broken", uses, message, related=tuple(it.where for it in wrong)))
    return found


def faults(*codes: str) -> Callable[[Resource, Graph], list[Problem]]:
    """A place function: the faults of these kinds."""

    def places(resource: Resource, graph: Graph) -> list[Problem]:
        found = _faults(resource, graph)
        return [problem for code in codes for problem in found.get(code, ())]

    return places


__all__ = ["Problem", "broken_actions", "faults", "reading_of"]
