"""Where a part of a workflow reads a context: `steps.build.outputs.tag`, with the place of the very words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.node import Node
from auditor.views.github.expression import Mistake, Reference, fences, parse, reaching, references

_CONDITIONS = frozenset({"if"})


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """One use of a context. `where` is the use, `holder` the text that it stands in, `path` its names in lower case."""

    where: Node
    holder: Node
    path: tuple[str, ...]
    reference: Reference


def mentions(node: Node, *, flowing: bool = False) -> Iterator[Mention]:
    """Every use of a context in a node and all that is in it; `flowing`: only those that can become part of the text's value."""
    data = node.data
    if isinstance(data, str):
        yield from _in_text(node, data, flowing=flowing)
    elif isinstance(data, dict):
        for key, item in node.entries():
            if key in _CONDITIONS and isinstance(item.data, str) and not fences(item.data):
                yield from _in_expression(item, item.data, 0, flowing=flowing)
            else:
                yield from mentions(item, flowing=flowing)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from mentions(Node(value, f"{node.path}[{index}]"), flowing=flowing)


def _in_text(node: Node, text: str, *, flowing: bool) -> Iterator[Mention]:
    for fence in fences(text):
        yield from _in_expression(node, fence.source, fence.inner, flowing=flowing)


def _in_expression(node: Node, source: str, offset: int, *, flowing: bool) -> Iterator[Mention]:
    tree = parse(source)
    if isinstance(tree, Mistake):
        return
    for reference in reaching(tree) if flowing else references(tree):
        yield Mention(node.part(offset + reference.start, offset + reference.end), node, reference.path, reference)
