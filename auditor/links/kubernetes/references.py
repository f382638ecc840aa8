"""What pods name: configuration, secrets, claims, service accounts, classes; and the classes of claims."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.graph import Edge, Graph, Relation
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.kubernetes import claim, config_reference, rbac
from auditor.views.kubernetes.lookup import Lookup, look_up
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS

_CLASSES = (("priorityClassName", "PriorityClass"), ("runtimeClassName", "RuntimeClass"))


def edges(graph: Graph) -> list[Edge]:
    """An edge to each object that is named and found."""
    found = [edge for resource in graph.of(*KINDS.split()) for edge in _known(_of_workload(resource, graph))]
    found += [edge for resource in graph.of("PersistentVolumeClaim") for edge in _known(_of_claim(resource, graph))]
    return found


def _known(edges: Iterator[Edge]) -> Iterator[Edge]:
    try:
        yield from edges
    except Undecided:
        return


def _of_workload(resource: Resource, graph: Graph) -> Iterator[Edge]:
    for pod in pods(resource, graph):
        yield from _known(_accounts(pod))
        yield from _known(_configuration(pod))
        yield from _known(_claims(pod))
        for field, kind in _CLASSES:
            node = pod.where.at(field)
            if isinstance(node.data, str):
                yield from _edges(resource, look_up(graph, resource, kind, node.data), node)


def _accounts(pod: Pod) -> Iterator[Edge]:
    yield from _edges(pod.resource, rbac.service_account(pod), pod.where.at("serviceAccountName"))


def _configuration(pod: Pod) -> Iterator[Edge]:
    for reference in config_reference.references(pod):
        yield from _edges(pod.resource, config_reference.look_up_config(reference, pod), reference.where)


def _claims(pod: Pod) -> Iterator[Edge]:
    for _, name in claim.claimed(pod):
        yield from _edges(pod.resource, claim.look_up_claim(name, pod), name)
    for volume in pod.volumes:
        if volume.kind == "volumeClaimTemplate":
            found = claim.storage_class(volume.where, pod.resource, pod.graph)
            yield from _edges(pod.resource, found, volume.where.at("spec.storageClassName"))


def _of_claim(resource: Resource, graph: Graph) -> Iterator[Edge]:
    yield from _edges(resource, claim.storage_class(resource.body, resource, graph), resource.at("spec.storageClassName"))
    volume = resource.at("spec.volumeName")
    if isinstance(volume.data, str):
        yield from _edges(resource, look_up(graph, resource, "PersistentVolume", volume.data), volume)


def _edges(source: Resource, lookup: Lookup | None, because: Node) -> Iterator[Edge]:
    for target in lookup.targets if lookup else ():
        if target is not source:
            yield Edge(source, target, Relation.REFERS, because)
