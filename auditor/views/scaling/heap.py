"""How much memory the runtime in a container of an ECS task is told to use."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.kubernetes.heap import Heap, bounds
from auditor.views.scaling.task import amount

MIB: Final = 1024 * 1024


def heaps(container: Node) -> Iterator[Heap]:
    """The bounds that its command line and its variables set. Raises `Undecided`."""
    variables = {name: item.at("value") for item in container.each("environment") if (name := item.at("name").text)}
    words = [(word.text or "", word) for path in ("entryPoint", "command") for word in container.each(path)]
    yield from bounds(words, {name: node for name, node in variables.items() if not (node.sensitive or _told_by_cloud(node))})


def _told_by_cloud(node: Node) -> bool:
    """Whether a value is what a resource is given when it is made: a name, a URL, an ARN, and no options of a runtime."""
    return node.unknown and bool(node.refs) and all(ref.attribute for ref in node.refs)


def limit(container: Node, task: Resource) -> tuple[float, Node] | None:
    """The MiB beyond which a container is killed, with its place: its own, or else the task's. Raises `Undecided`."""
    own = container.at("memory")
    if own.present:
        return (own.number, own) if own.number else None
    whole = amount(task.at("memory"))
    return (whole, task.at("memory")) if whole else None


def share(heap: Heap, mib: float) -> float:
    """The part of so many MiB that a bound lets a runtime use."""
    memory = Fraction(str(mib)) * MIB
    return float(heap.of(memory) / memory)
