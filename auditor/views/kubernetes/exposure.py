"""What the outside reaches: Services with an address of their own, and workloads behind ingresses and gateways."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.kubernetes import route
from auditor.views.kubernetes.lookup import look_up
from auditor.views.kubernetes.namespace import namespace_of
from auditor.views.kubernetes.pod import Pod
from auditor.views.kubernetes.service import is_service, pods_behind, service_type

_INTERNAL = {
    "service.beta.kubernetes.io/aws-load-balancer-scheme": ("internal",),
    "service.beta.kubernetes.io/aws-load-balancer-internal": ("true", "0.0.0.0/0"),
    "service.beta.kubernetes.io/azure-load-balancer-internal": ("true",),
    "networking.gke.io/load-balancer-type": ("internal",),
    "cloud.google.com/load-balancer-type": ("internal",),
    "service.beta.kubernetes.io/oci-load-balancer-internal": ("true",),
    "service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type": ("private",),
    "service.beta.kubernetes.io/openstack-internal-load-balancer": ("true",),
    "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type": ("intranet",),
    "load-balancer.hetzner.cloud/disable-public-network": ("true",),
}
_RANGES = ("service.beta.kubernetes.io/load-balancer-source-ranges", "service.beta.kubernetes.io/azure-allowed-ip-ranges")
_ANYWHERE = ("0.0.0.0/0", "::/0")


def is_internal(service: Resource) -> bool:
    """Whether a load balancer is open to certain networks only, as its ranges or annotations say. Raises `Undecided`."""
    ranges = [it.text for it in service.body.each("spec.loadBalancerSourceRanges")]
    if ranges:
        return not any(it in _ANYWHERE for it in ranges)
    annotations = service.at("metadata.annotations")
    for key, node in annotations.entries():
        text = (node.text or "").lower()
        if text in _INTERNAL.get(key, ()) or (key in _RANGES and text and not any(it in text for it in _ANYWHERE)):
            return True
    return False


def is_published(service: Resource) -> bool:
    """Whether a Service can be reached from outside the cluster by itself. Raises `Undecided`."""
    return is_service(service) and service_type(service) in ("LoadBalancer", "NodePort")


def ways_in(pod: Pod) -> tuple[Node, ...]:
    """What publishes the pods of a workload: the type of a Service, or the backend of an ingress or a route; as far as that is known."""
    every: dict[int, list[Node]] = of_graph(pod.graph, "ways-in", lambda: _index(pod.graph))
    return tuple(every.get(id(pod.resource), ()))


def _index(graph: Graph) -> dict[int, list[Node]]:
    found: dict[int, list[Node]] = {}
    for service, way in _published(graph):
        try:
            for pod in pods_behind(service, graph):
                found.setdefault(id(pod.resource), []).append(way)
        except Undecided:
            continue
    return found


def _published(graph: Graph) -> Iterator[tuple[Resource, Node]]:
    for service in graph.of("Service"):
        try:
            if is_published(service):
                yield service, service.at("spec.type")
        except Undecided:
            continue
    for resource in graph.of(*route.KINDS.split()):
        try:
            for backend in route.backends(resource, graph):
                for service in route.look_up_backend(backend, resource, graph).targets:
                    yield service, backend.where
        except Undecided:
            continue
    for virtual in graph.of("VirtualService"):
        yield from _of_mesh(virtual, graph)


def _of_mesh(virtual: Resource, graph: Graph) -> Iterator[tuple[Resource, Node]]:
    """The destinations of an Istio VirtualService that is bound to a gateway; `mesh` alone stays inside."""
    try:
        if all(it.text == "mesh" for it in virtual.body.each("spec.gateways")):
            return
        for section in ("http", "tcp", "tls"):
            for host in virtual.body.each(f"spec.{section}.route.destination.host"):
                name, _, rest = (host.text or "").partition(".")
                namespace = rest.partition(".")[0] or namespace_of(virtual)
                for service in look_up(graph, virtual, "Service", name, namespace, group="").targets:
                    yield service, host
    except Undecided:
        return
