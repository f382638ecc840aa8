"""Conditions and other expressions as trees, each with the places of its parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.github.expression import Mistake, fences, is_whole, parse
from auditor.views.github.expression.tree import Compare, Literal, Logic, Tree, path_of
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.model import Job, Step

_CONDITIONS = frozenset({"if"})


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """One expression; `offset` is where its source begins in the text of `holder`."""

    holder: Node
    offset: int
    tree: Tree

    def at(self, tree: Tree) -> Node:
        """The node for a part of it."""
        return self.holder.part(self.offset + tree.start, self.offset + tree.end)


def condition_of(part: Job | Step) -> Expression | None:
    """The condition of a job or step as one expression; None where there is none, or none that can be read."""
    node = part.condition
    data = node.data
    if not isinstance(data, str):
        return None
    found = fences(data)
    if found and not is_whole(data):
        return None
    source, offset = (found[0].source, found[0].inner) if found else (data, 0)
    tree = parse(source)
    return None if isinstance(tree, Mistake) else Expression(node, offset, tree)


def conditions(resource: Resource, graph: Graph) -> Iterator[Expression]:
    """A place function: the conditions of all jobs and steps."""
    for pipeline in pipelines(resource, graph):
        for job in pipeline.jobs:
            found = [condition_of(job), *(condition_of(step) for step in job.steps)]
            yield from (it for it in found if it is not None)


def expressions(resource: Resource, graph: Graph) -> Iterator[Expression]:
    """A place function: every expression of a file."""
    yield from _in(resource.body, "")


def _in(node: Node, key: str) -> Iterator[Expression]:
    data = node.data
    if isinstance(data, str):
        found = [(fence.source, fence.inner) for fence in fences(data)]
        if key in _CONDITIONS and not found:
            found = [(data, 0)]
        for source, offset in found:
            tree = parse(source)
            if not isinstance(tree, Mistake):
                yield Expression(node, offset, tree)
    elif isinstance(data, dict):
        for name, item in node.entries():
            yield from _in(item, name)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _in(Node(value, f"{node.path}[{index}]"), "")


def claims(tree: Tree) -> Iterator[Tree]:
    """What has to be true, or is one of the ways to make the whole true: the operands of its `&&` and `||`, nothing that is negated."""
    if isinstance(tree, Logic):
        for operand in tree.operands:
            yield from claims(operand)
    else:
        yield tree


def equals(tree: Tree) -> tuple[tuple[str, ...], str] | None:
    """(names of a context, text) of `context == 'text'`, whichever side they stand on."""
    if not isinstance(tree, Compare) or tree.operator != "==":
        return None
    for one, other in ((tree.left, tree.right), (tree.right, tree.left)):
        if path_of(one) and isinstance(other, Literal):
            return path_of(one), _text(other)
    return None


def _text(literal: Literal) -> str:
    value = literal.value
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
