"""VerticalPodAutoscalers: whose requests they set."""

from __future__ import annotations

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import Pod
from auditor.views.kubernetes.scaler import all_scalers_of

_RESOURCES = frozenset({"cpu", "memory"})


def acts(scaler: Resource) -> bool:
    """Whether a VerticalPodAutoscaler changes pods, and does not only recommend. Raises `Undecided`."""
    return scaler.at("spec.updatePolicy.updateMode").text != "Off"


def controlled(scaler: Resource, container: str) -> frozenset[str]:
    """The resources whose requests it sets for a container of that name: cpu and memory, unless a policy says less. Raises `Undecided`."""
    policy = _policy(scaler, container)
    if policy is None:
        return _RESOURCES
    if policy.at("mode").text == "Off":
        return frozenset()
    names = policy.at("controlledResources")
    return frozenset(item.text or "" for item in names.each()) if names.present else _RESOURCES


def _policy(scaler: Resource, container: str) -> Node | None:
    named = {item.at("containerName").text: item for item in scaler.body.each("spec.resourcePolicy.containerPolicies")}
    return named.get(container) or named.get("*")


def vertical_scalers_of(workload: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The VerticalPodAutoscalers that change the pods of a workload. Raises `Undecided`."""
    return tuple(it for it in all_scalers_of(workload, graph, "VerticalPodAutoscaler") if acts(it))


def manages(container: Container, resource: str) -> bool:
    """Whether a VerticalPodAutoscaler sets a container's request. Raises `Undecided`."""
    scalers = vertical_scalers_of(container.pod.resource, container.pod.graph)
    return any(resource in controlled(it, container.name) for it in scalers)


def sets_requests(pod: Pod, resource: str) -> Resource | None:
    """A VerticalPodAutoscaler that sets the request of a container of the pods. Raises `Undecided`."""
    for scaler in vertical_scalers_of(pod.resource, pod.graph):
        if any(resource in controlled(scaler, container.name) for container in pod.running):
            return scaler
    return None
