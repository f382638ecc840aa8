"""Values that have to be texts, and that YAML reads as numbers or truth values because nobody quoted them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.redaction import secret_name
from auditor.model.resource import Resource
from auditor.views.kubernetes.hygiene import not_text, written
from auditor.views.kubernetes.pod import pod_of
from auditor.views.kubernetes.workload import KINDS as WORKLOADS

KINDS: Final = (
    f"{WORKLOADS} ConfigMap Secret Service Ingress NetworkPolicy Namespace ServiceAccount PersistentVolumeClaim PersistentVolume "
    "HorizontalPodAutoscaler PodDisruptionBudget Role RoleBinding ClusterRole ClusterRoleBinding StorageClass PriorityClass ResourceQuota "
    "LimitRange"
)
"""The kinds in which such values are looked for, as a rule's target."""


@dataclass(frozen=True, slots=True)
class TypedText:
    """Such a value. `name` says which, `written` is its text in the file (empty when that is not known), `read` what it is read as."""

    where: Node
    name: str
    written: str
    kind: str
    read: str
    secret: bool


def typed_texts(resource: Resource, graph: Graph) -> tuple[TypedText, ...]:
    """Such values of an object, as the places of a rule. Raises `Undecided`."""
    return tuple(_texts(resource, graph))


def _texts(resource: Resource, graph: Graph) -> Iterator[TypedText]:
    for field in ("name", "namespace"):
        yield from _of_node(resource.at(f"metadata.{field}"), f"metadata.{field}", False)
    for table, name in _tables(resource):
        yield from _of_table(resource.at(table), name, resource.kind == "Secret" and name == "value")
    pod = pod_of(resource, graph)
    if pod is None:
        return
    if pod.template.path:
        yield from _of_table(pod.template.at("metadata.labels"), "label", False)
        yield from _of_table(pod.template.at("metadata.annotations"), "annotation", False)
    yield from _of_table(pod.where.at("nodeSelector"), "label", False)
    for container in pod.containers:
        for path in ("command", "args"):
            for node in container.where.each(path):
                yield from _of_node(node, "an argument", False)
        for variable in container.variables:
            yield from _of_node(variable.value, f"the variable {variable.name}", secret_name(variable.name))


def _tables(resource: Resource) -> Iterator[tuple[str, str]]:
    yield "metadata.labels", "label"
    yield "metadata.annotations", "annotation"
    if resource.kind == "ConfigMap":
        yield "data", "value"
    elif resource.kind == "Secret":
        yield "stringData", "value"
        yield "data", "value"
    elif resource.kind == "Service":
        yield "spec.selector", "label"
    elif resource.kind in WORKLOADS.split() and resource.kind != "Pod":
        yield "spec.selector.matchLabels", "label"


def _of_table(table: Node, name: str, secret: bool) -> Iterator[TypedText]:
    for node in not_text(table):
        key = node.path.rpartition(".")[2] if '"' not in node.path else node.path.rpartition('["')[2].removesuffix('"]')
        yield from _of_node(node, f"the {name} {key}", secret or (name == "value" and secret_name(key)))


def _of_node(node: Node, name: str, secret: bool) -> Iterator[TypedText]:
    data = node.data
    if node.unknown or not isinstance(data, (bool, int, float)):
        return
    kind = "truth value" if isinstance(data, bool) else "number"
    yield TypedText(node, name, written(node) or "", kind, node.text or "", secret)
