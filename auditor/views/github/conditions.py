"""Conditions that do not ask anything: text around the expression, a tag, a constant."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.node import Node
from auditor.model.value import Value
from auditor.views.github.expression import Mistake, Open, constant, fences, parse, truth
from auditor.views.github.expression.functions import STATUS
from auditor.views.github.expression.tree import Call, Tree, walk
from auditor.views.github.reading import Trail, down, entries, steps_in
from auditor.views.github.syntax.walk import Problem, node_at


def problems(root: Value) -> Iterator[Problem]:
    """The faults in the conditions of a workflow."""
    for name, job in entries(root, "jobs"):
        yield from _of(down(job, "if"), ("jobs", name, "if"))
        yield from _of(down(job, "snapshot", "if"), ("jobs", name, "snapshot", "if"))
        for below, step in steps_in(job):
            yield from _of(down(step, "if"), ("jobs", name, *below, "if"))


def _of(value: Value | None, trail: Trail) -> Iterator[Problem]:
    if value is None:
        return
    where = node_at(value, trail)
    tag = getattr(value, "tag", None)
    if tag and tag.startswith("!") and not tag.startswith("!!"):
        message = f"YAML takes {tag!r} for a tag, so that the condition is {value.data!r}"
        yield Problem("condition-tag", where, message, "the condition in ${{ }} or in quotes")
        return
    if isinstance(value.data, bool):
        yield Problem("condition-constant", where, f"the condition is always {str(value.data).lower()}")
    if isinstance(value.data, str):
        yield from _text(where, value.data)


def _text(where: Node, text: str) -> Iterator[Problem]:
    found = fences(text)
    if found and all(fence.closed for fence in found):
        alone = len(found) == 1 and found[0].start == 0 and found[0].end == len(text)
        if not alone:
            blank = len(found) == 1 and not (text[: found[0].start] + text[found[0].end :]).strip()
            what = "a line break or blank" if blank else "text"
            message = f"there is {what} around ${{{{ }}}}, so that the condition is a text that is never empty: it always holds"
            yield Problem("condition-text", where, message, "one ${{ }} around the whole condition, or none")
            return
    source = found[0].source if found else text
    tree = parse(source)
    if isinstance(tree, Mistake) or not source.strip() or _varies(tree):
        return
    value = constant(tree)
    holds = None if isinstance(value, Open) else truth(value)
    if holds is not None:
        yield Problem("condition-constant", where, f"the condition is always {str(holds).lower()}")


def _varies(tree: Tree) -> bool:
    """Whether it asks for the job's status: `always()` is a constant by intention."""
    return any(isinstance(part, Call) and part.name.lower() in STATUS for part in walk(tree))
