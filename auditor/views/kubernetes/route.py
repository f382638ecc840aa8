"""Where traffic from outside goes: the backends of ingresses and of routes of the Gateway API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.kubernetes.lookup import Lookup, Outcome, absent, look_up
from auditor.views.kubernetes.namespace import namespace_of
from auditor.views.kubernetes.service import ServicePort, ports_of
from auditor.views.kubernetes.workload import group_of

GATEWAY_ROUTES: Final = "HTTPRoute GRPCRoute TCPRoute TLSRoute UDPRoute"
KINDS: Final = f"Ingress {GATEWAY_ROUTES}"
"""The kinds that route, as a rule's target."""


@dataclass(frozen=True, slots=True)
class Backend:
    """A Service that traffic is sent to. `where` names it; `port` is its port by number or name, missing when none is given."""

    where: Node
    name: str
    namespace: str | None
    port: Node
    host: str = ""
    path: str = ""

    @property
    def place(self) -> str:
        """For messages: which traffic is meant."""
        if self.host or self.path:
            return f"traffic for {self.host}{self.path}"
        return "the traffic that no rule matches" if self.where.path.startswith(("spec.defaultBackend", "spec.backend")) else "the traffic"


def backends(resource: Resource, graph: Graph) -> tuple[Backend, ...]:
    """The Services that an Ingress or a route sends traffic to, as the places of a rule. Raises `Undecided`."""
    if resource.kind == "Ingress" and group_of(resource.body) in ("networking.k8s.io", "extensions"):
        return tuple(_of_ingress(resource))
    if resource.kind in GATEWAY_ROUTES.split():
        return tuple(_of_route(resource))
    return ()


def backend_tables(ingress: Resource, graph: Graph) -> tuple[Node, ...]:
    """The tables of an Ingress that say where traffic goes, in any version, as the places of a rule. Raises `Undecided`."""
    found = [ingress.at(field) for field in ("spec.defaultBackend", "spec.backend")]
    found += [path.at("backend") for path in ingress.body.each("spec.rules.http.paths")]
    return tuple(it for it in found if it.unknown or isinstance(it.data, dict))


def _of_ingress(ingress: Resource) -> Iterator[Backend]:
    namespace = namespace_of(ingress)
    for field in ("spec.defaultBackend", "spec.backend"):
        yield from _ingress_backend(ingress.at(field), namespace, "", "")
    for rule in ingress.body.each("spec.rules"):
        host = rule.at("host").text or ""
        for path in rule.each("http.paths"):
            yield from _ingress_backend(path.at("backend"), namespace, host, path.at("path").text or "/")


def _ingress_backend(backend: Node, namespace: str | None, host: str, path: str) -> Iterator[Backend]:
    name, port = backend.at("service.name"), backend.at("service.port.number")
    if port.missing:
        port = backend.at("service.port.name")
    if name.missing and backend.at("resource").missing:  # before networking.k8s.io/v1
        name, port = backend.at("serviceName"), backend.at("servicePort")
    if name.text:
        yield Backend(name, name.text, namespace, port, host, path)


def _of_route(route: Resource) -> Iterator[Backend]:
    own = namespace_of(route)
    hosts = [host.text or "" for host in route.body.each("spec.hostnames")]
    for rule in route.body.each("spec.rules"):
        for item in rule.each("backendRefs"):
            name = item.at("name")
            if (item.at("kind").text or "Service") == "Service" and not item.at("group").text and name.text:
                yield Backend(name, name.text, item.at("namespace").text or own, item.at("port"), hosts[0] if hosts else "")


def look_up_backend(backend: Backend, source: Resource, graph: Graph) -> Lookup:
    """The Service that a backend names."""
    return look_up(graph, source, "Service", backend.name, backend.namespace, group="")


def grant_of(backend: Backend, source: Resource, graph: Graph) -> Lookup | None:
    """The ReferenceGrant that a backend in another namespace needs; None when it needs none. Raises `Undecided`."""
    own = namespace_of(source)
    if source.kind == "Ingress" or own is None or backend.namespace in (None, own):
        return None
    grants = [it for it in graph.of("ReferenceGrant") if it.root == source.root]
    found = tuple(it for it in grants if namespace_of(it) in (backend.namespace, None) and _grants(it, source, own, backend.name))
    if found:
        return Lookup(Outcome.FOUND, found)
    return absent(graph, source, "", grants, what=f"a ReferenceGrant for namespace {own}")


def _grants(grant: Resource, source: Resource, own: str, name: str) -> bool:
    whom = any(it.at("kind").text == source.kind and it.at("namespace").text == own for it in grant.body.each("spec.from"))
    return whom and any(it.at("kind").text == "Service" and it.at("name").text in (None, "", name) for it in grant.body.each("spec.to"))


def port_of(service: Resource, port: Node) -> ServicePort | None:
    """The port of a Service that a number or a name asks for; None when it has no such port. Raises `Undecided`."""
    value = port.value
    if isinstance(value, str) and not value.isdigit():
        return next((it for it in ports_of(service) if it.name == value), None)
    number = port.number
    return next((it for it in ports_of(service) if it.number == number), None)
