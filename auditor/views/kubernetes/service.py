"""Services: the pods behind them and their ports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.lookup import Lookup
from auditor.views.kubernetes.namespace import may_be_same, namespace_of
from auditor.views.kubernetes.pod import Pod, pod_of
from auditor.views.kubernetes.port import Port
from auditor.views.kubernetes.selection import bundle_pods, select, selected
from auditor.views.kubernetes.selector import Selector, map_selector
from auditor.views.kubernetes.workload import group_of

MOST_COMPARED = 500
"""Among so many pods the one that a Service misses by a label is looked for."""


@dataclass(frozen=True, slots=True)
class ServicePort:
    """A port of a Service. `target` is `targetPort`, or `port` where that is not written."""

    where: Node
    name: str
    number: int | None
    protocol: str
    target: Node


def is_service(resource: Resource) -> bool:
    """Whether an object is a Service of the core group (Knative has a kind of that name too)."""
    return resource.kind == "Service" and group_of(resource.body) == ""


def service_type(service: Resource) -> str:
    """`spec.type`, by default ClusterIP. Raises `Undecided`."""
    return service.at("spec.type").text or "ClusterIP"


def is_headless(service: Resource) -> bool:
    """Whether a Service has no address of its own. Raises `Undecided`."""
    return service.at("spec.clusterIP").text == "None"


def selector_of(service: Resource) -> Selector | None:
    """What a Service selects; None for one that selects nothing by itself. Raises `Undecided` when that cannot be known."""
    if not is_service(service) or service_type(service) == "ExternalName":
        return None
    selector = map_selector(service.at("spec.selector"))
    return None if selector.empty else selector


def ports_of(service: Resource) -> Iterator[ServicePort]:
    """The ports of a Service. Raises `Undecided` when the list is unknown."""
    for item in service.body.each("spec.ports"):
        if not isinstance(item.value, dict):
            continue
        port, target = item.at("port"), item.at("targetPort")
        number = port.number
        name, protocol = item.at("name").text or "", item.at("protocol").text or "TCP"
        yield ServicePort(item, name, None if number is None else int(number), protocol, target if target.present else port)


def backends(service: Resource, graph: Graph) -> Lookup | None:
    """The workloads that a Service selects; None when it selects nothing by itself. Raises `Undecided`."""
    selector = selector_of(service)
    if selector is None:
        return None
    return select(graph, service, namespace_of(service), selector)


def pods_behind(service: Resource, graph: Graph) -> tuple[Pod, ...]:
    """The pods that a Service certainly selects. Raises `Undecided` when its selector or namespace is unknown."""
    selector = selector_of(service)
    if selector is None:
        return ()
    return selected(graph, service.root, namespace_of(service), selector)[0]


def all_pods_behind(service: Resource, graph: Graph) -> tuple[Pod, ...]:
    """The pods that a Service selects. Raises `Undecided` when it may select others too."""
    selector = selector_of(service)
    if selector is None:
        return ()
    found, doubt = selected(graph, service.root, namespace_of(service), selector)
    if doubt is not None:
        raise doubt
    return found


def nearest(service: Resource, graph: Graph) -> tuple[Pod, str, str, str] | None:
    """(the pod that a Service misses by one label, that label, the value that it asks for, the pod's own; empty when it has none)."""
    selector = selector_of(service)
    best: tuple[float, Pod, str, str, str] | None = None
    matcher = SequenceMatcher[str]()
    own_namespace = namespace_of(service)
    for pod in bundle_pods(graph, service.root)[:MOST_COMPARED] if selector and not selector.requirements else ():
        if not may_be_same(pod.namespace, own_namespace):
            continue
        apart = [(key, value) for key, value in selector.pairs if pod.labels.known.get(key) != value] if selector else []
        if len(apart) == 1 and pod.labels.doubt is None:
            (key, value), own = apart[0], pod.labels.known.get(apart[0][0], "")
            others = (len(selector.pairs) if selector else 0) - 1
            wanted = best[0] if best else 0.6
            closeness = others + (0.9 if own and (own in value or value in own) else _alike(matcher, own, value, wanted - others))
            if closeness > wanted:
                best = (closeness, pod, key, value, own)
    return best[1:] if best else None


def _alike(matcher: SequenceMatcher[str], one: str, other: str, least: float) -> float:
    """How alike two texts are, from 0 to 1; 0 when it is no more than `least`."""
    matcher.set_seq2(other)
    matcher.set_seq1(one)
    return matcher.ratio() if matcher.real_quick_ratio() > least and matcher.quick_ratio() > least else 0


def declared(pod: Pod, port: ServicePort) -> list[tuple[Container, Port]]:
    """The declared ports of a pod that a Service's port leads to, by number or name, whatever their protocol. Raises `Undecided`."""
    value = port.target.value
    by_name = isinstance(value, str) and not value.isdigit()
    number = None if by_name else port.target.number
    return [(it, own) for it in pod.running for own in it.ports if (own.name == value if by_name else own.number == number)]


def services_of(pod: Pod) -> tuple[Resource, ...]:
    """The Services that select the pods of a workload, as far as that is known."""
    graph = pod.graph
    every: dict[int, list[Resource]] = of_graph(graph, "services-of", lambda: _fronts(graph))
    return tuple(every.get(id(pod.resource), ()))


def _fronts(graph: Graph) -> dict[int, list[Resource]]:
    found: dict[int, list[Resource]] = {}
    for service in graph.of("Service"):
        for resource in backends_known(service, graph):
            found.setdefault(id(resource), []).append(service)
    return found


def backends_known(service: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The workloads that a Service certainly selects; nothing when that cannot be known."""
    try:
        return tuple(pod.resource for pod in pods_behind(service, graph))
    except Undecided:
        return ()


def may_front(service: Resource, workload: Resource, graph: Graph) -> bool:
    """Whether a Service selects the pods of a workload. Raises `Undecided`."""
    pod, selector = pod_of(workload, graph), selector_of(service)
    if pod is None or selector is None or service.root != workload.root:
        return False
    return may_be_same(pod.namespace, namespace_of(service)) and selector.matches(pod.labels)
