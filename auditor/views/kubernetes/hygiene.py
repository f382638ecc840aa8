"""How an object is written: keys that stand twice, scalars that are not what they look like, objects that are declared twice."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator
from typing import Any

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.value import Value
from auditor.model.written import Table
from auditor.views.cache import of_graph
from auditor.views.kubernetes.namespace import namespace_of
from auditor.views.kubernetes.schema import step_to
from auditor.views.kubernetes.workload import group_of

_MAX_DEPTH = 100


def duplicate_keys(resource: Resource, graph: Graph) -> tuple[Node, ...]:
    """The keys of a manifest that stand twice in one table: the later one, with its path. The last one wins, silently."""
    return tuple(_duplicates(resource.body.value_, ""))


def _duplicates(value: Value, path: str, depth: int = 0) -> Iterator[Node]:
    data = value.data
    if depth > _MAX_DEPTH or (isinstance(data, Table) and not data.doubled):
        return
    if isinstance(data, dict):
        for key in getattr(data, "duplicates", ()):
            yield Node(key, _ROOT.at(path + step_to(str(key.raw))).path)
        parts: Iterable[tuple[str | int, Value]] = data.items()
    else:
        parts = enumerate(data) if isinstance(data, list) else ()
    for step, part in parts:
        if isinstance(part.data, (dict, list)):
            yield from _duplicates(part, path + (step_to(step) if isinstance(step, str) else f"[{step}]"), depth + 1)


_ROOT = Node(Value({}))


def written(node: Node) -> str | None:
    """The text of a scalar as it stands in the file (`1.10`, `yes`); None when it is quoted, or its text is not known."""
    value: Any = node.value_
    raw, style = getattr(value, "raw", None), getattr(value, "style", None)
    return raw if isinstance(raw, str) and not style and not isinstance(node.data, (dict, list)) else None


def not_text(table: Node) -> Iterator[Node]:
    """The entries of a table of texts (labels, `ConfigMap.data`) that Kubernetes reads as something else. Raises `Undecided`."""
    for _, node in table.entries():
        if not node.unknown and not isinstance(node.data, (str, dict, list)) and node.data is not None:
            yield node


def declared_again(resource: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The other objects of the bundle with the same group, kind, namespace and name. Raises `Undecided`."""
    name = resource.at("metadata.name").text
    if not name:
        return ()
    own, group = namespace_of(resource), group_of(resource.body)
    return tuple(
        other
        for other in graph.find(resource.address)
        if other is not resource and other.root == resource.root and namespace_of(other) == own and group_of(other.body) == group
    )


_MANY = 3


def are_alternatives(resource: Resource, others: tuple[Resource, ...], graph: Graph) -> bool:
    """Whether a folder holds variants of the same objects (examples, environments) rather than one set of them.

    That is so when an object stands in three files or more, or when a quarter of the objects stand in more than one.
    """
    if len({resource.span.file, *(other.span.file for other in others)}) >= _MANY:
        return True
    repeated: dict[str, bool] = of_graph(graph, "alternatives", dict)
    if resource.root not in repeated:
        files: dict[str, set[str]] = {}
        for it in graph.resources:
            if it.root == resource.root:
                files.setdefault(it.address.text, set()).add(it.span.file)
        twice = sum(len(found) > 1 for found in files.values())
        repeated[resource.root] = twice >= _MANY and twice * 4 >= len(files)
    return repeated[resource.root]


_ONLY_SERVER = ("resourceVersion", "uid", "generation", "managedFields", "selfLink", "creationTimestamp", "deletionTimestamp")
_LAST_APPLIED = 'metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]'


_RECORDS = frozenset({"Endpoints", "EndpointSlice", "Event", "Lease", "Node"})


def server_fields(resource: Resource) -> tuple[Node, ...]:
    """The fields of an object that only the API server writes, `status` included unless it says nothing.

    Nodes, events and leases are written by nobody else: such an object is a record.
    """
    if resource.kind in _RECORDS:
        return ()
    metadata = resource.at("metadata").data
    keys = metadata.keys() if isinstance(metadata, dict) else ()
    found = [node for name in _ONLY_SERVER if name in keys and _says(node := resource.at(f"metadata.{name}"))]
    if "annotations" in keys and _says(node := resource.at(_LAST_APPLIED)):
        found.append(node)
    if _says(node := resource.at("status")):
        found.append(node)
    return tuple(found)


def _says(node: Node) -> bool:
    """Whether something is known to be written: more than null and what generators leave behind (`status: {loadBalancer: {}}`)."""
    data = node.data
    if isinstance(data, dict):
        return any(_says(part) for _, part in node.entries())
    return isinstance(data, (str, int, list)) and bool(data)


def is_record(resource: Resource) -> bool:
    """Whether an object was read from a cluster and not written by hand: it has the id that the cluster gave."""
    return isinstance(resource.at("metadata.uid").data, str)


def is_recording(graph: Graph, root: str) -> bool:
    """Whether most objects of a bundle were read from a cluster: then it is a record, not a source."""
    shares: dict[str, bool] = of_graph(graph, "recordings", dict)
    if root not in shares:
        known = [is_record(it) for it in graph.resources if it.root == root]
        shares[root] = sum(known) * 2 > len(known)
    return shares[root]


def secret_values(resource: Resource) -> Iterator[tuple[str, Node, str]]:
    """(key, node, text) of what a Secret holds, decoded; what is not known, not text or not base64 is left out."""
    for key, node in _texts(resource.at("stringData")):
        yield key, node, str(node.data)
    for key, node in _texts(resource.at("data")):
        try:
            yield key, node, base64.b64decode(node.data, validate=True).decode("utf-8")
        except (binascii.Error, ValueError):
            continue


def _texts(table: Node) -> Iterator[tuple[str, Node]]:
    if not table.unknown:
        yield from ((key, node) for key, node in table.entries() if isinstance(node.data, str) and node.data)
