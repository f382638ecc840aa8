"""References of Terraform configurations: every attribute that is made from another resource's, in place or through modules."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.graph import Edge, Graph, Relation
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.value import UNMARKED

_MAX_DEPTH = 12


def edges(graph: Graph) -> list[Edge]:
    """An edge for each reference, proved by the value that it made."""
    return [edge for resource in graph.resources if resource.address.scheme != "k8s" for edge in _of(resource, graph)]


def _of(resource: Resource, graph: Graph) -> Iterator[Edge]:
    seen: set[tuple[str, str]] = set()
    for node in _marked(resource.body, 0):
        for ref in node.refs:
            for target in graph.find(ref.address):
                key = (node.path, str(target.address))
                if target is resource or target.root != resource.root or key in seen:
                    continue
                seen.add(key)
                yield Edge(resource, target, Relation.REFERS, node)


def _marked(node: Node, depth: int) -> Iterator[Node]:
    """The nodes below that carry references of their own."""
    value = node.value_
    if value.marks is not UNMARKED and value.marks.refs:
        yield node
        if not isinstance(value.data, (dict, list)):
            return
    if depth > _MAX_DEPTH:
        return
    if isinstance(value.data, dict):
        for key in value.data:
            yield from _marked(node._child(key), depth + 1)
    elif isinstance(value.data, list):
        for index in range(len(value.data)):
            yield from _marked(node._item(index), depth + 1)
