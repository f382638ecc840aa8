"""`${{ env.NAME }}` where the variable is not set: in another step only, or under another name."""

from __future__ import annotations

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.model.value import Value
from auditor.views.github.expression import Mistake, fences, parse, references
from auditor.views.github.faults import reading_of
from auditor.views.github.reading import down, entries, is_open, items, text_at
from auditor.views.github.syntax.walk import Problem, Text


def variables_out_of_scope(resource: Resource, graph: Graph) -> list[Problem]:
    """A place function: the uses of variables that only another step of the job sets."""
    root = resource.body.value_
    found: list[Problem] = []
    for text in reading_of(resource).texts:
        trail = text.trail
        if len(trail) > 4 and trail[0] == "jobs" and trail[2] == "steps" and isinstance(trail[3], int):
            job = down(root, "jobs", trail[1])
            if job is not None:
                found += _of_text(text, root, job, trail[3])
    return found


def _of_text(text: Text, root: Value, job: Value, number: int) -> list[Problem]:
    data = text.node.data
    found: list[Problem] = []
    if not isinstance(data, str) or "env" not in data:
        return found
    for fence in fences(data):
        tree = parse(fence.source)
        if isinstance(tree, Mistake):
            continue
        for reference in references(tree):
            name = reference.path[1] if len(reference.path) == 2 and reference.path[0] == "env" else ""
            if name and name not in "*?" and (other := _only_elsewhere(name, root, job, number)) is not None:
                where = text.node.part(fence.inner + reference.start, fence.inner + reference.end)
                message = f"the variable {name.upper()!r} is set in the env of step {other + 1} only, and empty in this one"
                found.append(Problem("variable", where, message, "env of the job"))
    return found


def _only_elsewhere(name: str, root: Value, job: Value, number: int) -> int | None:
    """The number of another step that sets a variable, when nothing sets it for this one."""
    steps = [step for _, step in items(job, "steps")]
    scopes = [
        down(root, "env"),
        down(job, "env"),
        down(job, "container", "env"),
        down(steps[number], "env") if number < len(steps) else None,
    ]
    if any(is_open(scope) or (scope is not None and isinstance(scope.data, str)) for scope in scopes):
        return None
    if any(key.lower() == name or "${{" in key or key == "<<" for scope in scopes for key, _ in entries(scope)):
        return None
    if any(is_open(step) or _may_export(step, name) for step in steps[:number]):
        return None
    return next((at for at, step in enumerate(steps) if at != number and any(key.lower() == name for key, _ in entries(step, "env"))), None)


def _may_export(step: Value, name: str) -> bool:
    """Whether a step may set a variable for those after it."""
    uses = text_at(step, "uses")
    if uses is not None or is_open(down(step, "uses")):
        return uses is None or not uses.startswith(
            ("actions/checkout@", "actions/cache@", "actions/upload-artifact@", "actions/download-artifact@")
        )
    run = text_at(step, "run")
    if run is None:
        return True
    lower = run.lower()
    writes = "github_env" in lower and (name in lower or "${{" in run or "<" in run)
    return writes or any(sign in lower for sign in ("set-env", "./", "source "))
