"""How nodes of documents are read: what has the wrong type reads as absent, and what is unknown raises `Undecided`."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.node import Node
from auditor.views.pipeline.model import NONE


def items(node: Node) -> list[Node]:
    """The items of a list; nothing of anything else."""
    return [Node(value, f"{node.path}[{index}]") for index, value in enumerate(node.data)] if isinstance(node.value, list) else []


def several(node: Node) -> list[Node]:
    """The items of a list; a single value is one item; nothing of what is absent."""
    return items(node) if isinstance(node.value, list) else [node] if isinstance(node.data, str | int | bool) else []


def entries(node: Node) -> Iterator[tuple[str, Node]]:
    """The entries of a table; nothing of anything else."""
    return node.entries() if isinstance(node.value, dict) else iter(())


def field(node: Node, key: str) -> Node:
    """An entry of a table, whatever its name; nothing of anything else."""
    if not isinstance(node.value, dict):
        return NONE
    quoted = key.replace("\\", "\\\\").replace('"', '\\"')
    return node.at(f'["{quoted}"]')


def text(node: Node) -> str:
    """The text; empty when there is none."""
    return node.value if isinstance(node.value, str) else ""


def is_open(written: str) -> bool:
    """Whether a platform or a shell fills something into a text, so that it is not known what it says."""
    return any(mark in written for mark in ("$", "<<", "{{"))


def lines(node: Node) -> Iterator[Node]:
    """The commands of a script: a text, or a list that may hold lists."""
    if isinstance(node.value, list):
        for item in items(node):
            yield from lines(item)
    elif isinstance(node.data, str):
        yield node
