"""From documents to objects."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.address import Address
from auditor.model.node import Node
from auditor.model.resource import NOTHING, Facet, Resource
from auditor.model.value import Value
from auditor.views.kubernetes.workload import group_of

_MAX_LISTS = 8
QUALIFIED = frozenset({"Service.serving.knative.dev"})
"""Kinds that are known by their group, as kubectl has it, because a kind of Kubernetes itself has the same name."""


def objects(root: Value, bundle: str, meta: Node = NOTHING, depth: int = 0) -> Iterator[Resource]:
    """The objects of a document, of any kind; a list is its items. What has no kind is no object."""
    node = Node(root)
    kind = node.at("kind").data
    if not isinstance(root.data, dict) or not isinstance(kind, str) or not isinstance(node.at("apiVersion").data, str):
        return
    items = node.at("items").data
    if kind.endswith("List") and isinstance(items, list):
        for item in items if depth < _MAX_LISTS else ():
            yield from objects(item, bundle, meta, depth + 1)
        return
    own = f"{kind}.{group_of(node)}"
    yield Resource(address_of(node, kind), own if own in QUALIFIED else kind, Facet.WRITTEN, node, root.place.span(), bundle, meta=meta)


def address_of(node: Node, kind: str) -> Address:
    """`namespace/Kind/name`, the namespace empty where none is written, and `-` for a name that is not known."""
    name = node.at("metadata.name").data
    if not isinstance(name, str):
        name = node.at("metadata.generateName").data
    namespace = node.at("metadata.namespace").data
    return Address("k8s", f"{namespace if isinstance(namespace, str) else ''}/{kind}/{name if isinstance(name, str) and name else '-'}")
