"""What LimitRanges give to containers that say nothing, and what they forbid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.namespace import may_be_same, namespace_of

_IMPLIED = {"default": ("default", "max"), "defaultRequest": ("defaultRequest", "default", "max", "min")}


@dataclass(frozen=True, slots=True)
class Range:
    """One item of a LimitRange: `type` is Container, Pod or PersistentVolumeClaim.

    `certain`: whether it surely governs the object that was asked for, and not only if one of them goes to that namespace.
    """

    resource: Resource
    where: Node
    type: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Default:
    """What a LimitRange gives, where that is written, and whether it surely governs the object."""

    value: Fraction
    where: Node
    certain: bool


def ranges(graph: Graph, resource: Resource, kind: str) -> Iterator[Range]:
    """The items of that type of the LimitRanges that may govern the namespace of `resource`. Raises `Undecided`."""
    if not graph.of("LimitRange"):
        return
    known: dict[tuple[str, str | None], tuple[Range, ...]] = of_graph(graph, "limit-ranges", dict)
    place = (resource.root, namespace_of(resource))
    if place not in known:
        known[place] = tuple(_ranges(graph, *place))
    yield from (it for it in known[place] if it.type == kind)


def _ranges(graph: Graph, root: str, namespace: str | None) -> Iterator[Range]:
    for it in graph.of("LimitRange"):
        theirs = namespace_of(it)
        if it.root == root and may_be_same(namespace, theirs):
            for item in it.each("spec.limits"):
                if isinstance(item.value, dict):
                    yield Range(it, item, item.at("type").text or "", namespace == theirs)


def default(graph: Graph, resource: Resource, name: str, field: str) -> Default | None:
    """What a container of `resource` gets for `default` (its limit) or `defaultRequest`. Raises `Undecided`."""
    every = sorted(ranges(graph, resource, "Container"), key=lambda it: not it.certain)
    for it in every:
        for key in _IMPLIED[field]:
            node = it.where.at(f'{key}["{name}"]')
            amount = quantity.of(node)
            if amount is not None:
                return Default(amount, node, it.certain)
    return None


def may_govern(graph: Graph, root: str, namespace: str, kind: str) -> bool:
    """Whether a bundle holds a LimitRange or ResourceQuota (`kind`) that may be of that namespace. Raises `Undecided`."""
    return any(it.root == root and may_be_same(namespace, namespace_of(it)) for it in graph.of(kind))
