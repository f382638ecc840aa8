"""Which pods and containers Services send requests to."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.model.graph import Graph
from auditor.model.node import Undecided
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.kubernetes.container import Container, Role
from auditor.views.kubernetes.pod import Pod
from auditor.views.kubernetes.replica import must_be_whole
from auditor.views.kubernetes.selection import FROM_CLUSTER
from auditor.views.kubernetes.service import declared, is_headless, may_front, ports_of, selector_of, services_of


def is_served(pod: Pod) -> bool:
    """Whether a Service of the bundle selects the pods of a workload. Raises `Undecided` when one may."""
    if services_of(pod):
        return True
    labels = pod.labels
    if labels.doubt is None and not labels.open.keys() - FROM_CLUSTER and not pod.resource.at("metadata.namespace").unknown:
        candidates: Sequence[Resource] = of_graph(pod.graph, "vague-services", lambda: _vague(pod.graph))
    else:
        candidates = pod.graph.of("Service")
    if any(may_front(service, pod.resource, pod.graph) for service in candidates):
        return True
    must_be_whole(pod.graph, pod.resource)
    return False


def _vague(graph: Graph) -> list[Resource]:
    """The Services of which it is not known what they select, labels of the control plane's own making included."""
    found: list[Resource] = []
    for service in graph.of("Service"):
        try:
            selector = selector_of(service)
            namespace = service.at("metadata.namespace")
            asked = {key for key, _ in selector.pairs} | {it.key for it in selector.requirements} if selector else set()
            if (selector is not None and selector.doubt is not None) or namespace.unknown or asked & FROM_CLUSTER:
                found.append(service)
        except Undecided:
            found.append(service)
    return found


def _ignores_readiness(service: Resource) -> bool:
    return service.at("spec.publishNotReadyAddresses").flag is True


def served_containers(pod: Pod) -> tuple[tuple[Container, Resource], ...]:
    """(container, Service) of the containers that a Service's port leads to. Raises `Undecided`.

    A port that no container declares leads to the only container of a pod, and else to nobody knows which. Of several Services
    of a container it is one that waits for readiness, if any does.
    """
    found: dict[int, tuple[Container, Resource]] = {}
    own = [it for it in pod.containers if it.role is Role.APP]
    for service in sorted(services_of(pod), key=_ignores_readiness):
        for port in ports_of(service):
            targets = [container for container, _ in declared(pod, port)] or (own if len(own) == 1 else [])
            for container in targets:
                found.setdefault(id(container), (container, service))
    return tuple(found.values())


def awaited_containers(pod: Pod) -> tuple[tuple[Container, Resource], ...]:
    """The same, without those whose Services send requests to pods that are not ready as well. Raises `Undecided`.

    A headless Service of a DaemonSet is the list of its nodes, for who asks each of them.
    """
    daemons = pod.resource.kind == "DaemonSet"
    return tuple(pair for pair in served_containers(pod) if not _ignores_readiness(pair[1]) and not (daemons and is_headless(pair[1])))
