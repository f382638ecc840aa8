"""Every quantity that an object writes, with what it measures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS as WORKLOADS

KINDS: Final = f"{WORKLOADS} PersistentVolumeClaim PersistentVolume ResourceQuota LimitRange HorizontalPodAutoscaler VerticalPodAutoscaler"
"""The kinds whose objects hold quantities, as a rule's target."""

_BOUNDS = ("max", "min", "default", "defaultRequest")


@dataclass(frozen=True, slots=True)
class Written:
    """A quantity. `resource` is what it measures: `cpu`, `memory`, `storage`, `ephemeral-storage`, another name."""

    where: Node
    resource: str


def is_bytes(resource: str) -> bool:
    """Whether a resource is measured in bytes."""
    return resource in ("memory", "storage", "ephemeral-storage") or resource.startswith("hugepages-")


def amounts(resource: Resource, graph: Graph) -> tuple[Written, ...]:
    """The quantities of an object that stand there, as the places of a rule. Raises `Undecided` when a table of them is unknown."""
    return tuple(it for it in _amounts(resource, graph) if it.where.unknown or it.where.data is not None)


def _amounts(resource: Resource, graph: Graph) -> Iterator[Written]:
    match resource.kind:
        case "PersistentVolumeClaim":
            yield from _claim(resource.at("spec"))
        case "PersistentVolume":
            yield from _table(resource.at("spec.capacity"))
        case "ResourceQuota":
            yield from _table(resource.at("spec.hard"))
        case "LimitRange":
            for item in resource.body.each("spec.limits"):
                for key in _BOUNDS:
                    yield from _table(item.at(key))
        case "HorizontalPodAutoscaler":
            for item in resource.body.each("spec.metrics"):
                yield from _metric(item)
        case "VerticalPodAutoscaler":
            for item in resource.body.each("spec.resourcePolicy.containerPolicies"):
                yield from _table(item.at("minAllowed"))
                yield from _table(item.at("maxAllowed"))
        case _:
            for pod in pods(resource, graph):
                yield from _of_pod(pod)


def _of_pod(pod: Pod) -> Iterator[Written]:
    for container in pod.containers:
        yield from _demand(container.where.at("resources"))
    yield from _demand(pod.where.at("resources"))
    yield from _table(pod.where.at("overhead"))
    for volume in pod.volumes:
        if volume.kind == "emptyDir":
            memory = volume.source.at("medium").text == "Memory"
            yield from _one(volume.source.at("sizeLimit"), "memory" if memory else "ephemeral-storage")
        elif volume.kind == "volumeClaimTemplate":
            yield from _claim(volume.source.at("spec"))
        elif volume.kind == "ephemeral":
            yield from _claim(volume.source.at("volumeClaimTemplate.spec"))


def _claim(spec: Node) -> Iterator[Written]:
    yield from _demand(spec.at("resources"))


def _demand(resources: Node) -> Iterator[Written]:
    for part in ("requests", "limits"):
        yield from _table(resources.at(part))


def _metric(item: Node) -> Iterator[Written]:
    for key in ("resource", "containerResource"):
        source = item.at(key)
        if isinstance(source.value, dict):
            yield from _one(source.at("target.averageValue"), source.at("name").text or "")


def _table(table: Node) -> Iterator[Written]:
    for key, node in table.entries():
        name = key.removeprefix("requests.").removeprefix("limits.")
        yield Written(node, "storage" if name.endswith("/requests.storage") else name)


def _one(node: Node, resource: str) -> Iterator[Written]:
    if node.present:
        yield Written(node, resource)
