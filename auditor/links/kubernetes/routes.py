"""Traffic and scale: ingresses and routes to Services, routes to gateways, scalers to workloads, webhooks to Services."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.graph import Edge, Graph, Relation
from auditor.model.node import Undecided
from auditor.model.resource import Resource
from auditor.views.kubernetes import route, scaler
from auditor.views.kubernetes.lookup import look_up
from auditor.views.kubernetes.namespace import namespace_of

_WEBHOOKS = ("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration")


def edges(graph: Graph) -> list[Edge]:
    """An edge to each Service, gateway or workload that is named and found."""
    found = [edge for resource in graph.of(*route.KINDS.split()) for edge in _routes(resource, graph)]
    found += [edge for resource in graph.of(*scaler.KINDS.split()) for edge in _scales(resource, graph)]
    found += [edge for resource in graph.of("StatefulSet") for edge in _names(resource, graph)]
    found += [edge for resource in graph.of(*_WEBHOOKS) for edge in _calls(resource, graph)]
    return found


def _routes(resource: Resource, graph: Graph) -> Iterator[Edge]:
    try:
        for backend in route.backends(resource, graph):
            for target in route.look_up_backend(backend, resource, graph).targets:
                yield Edge(resource, target, Relation.ROUTES, backend.where)
        for parent in resource.body.each("spec.parentRefs"):
            if (parent.at("kind").text or "Gateway") == "Gateway" and (name := parent.at("name").text):
                namespace = parent.at("namespace").text or namespace_of(resource)
                for gateway in look_up(graph, resource, "Gateway", name, namespace).targets:
                    yield Edge(gateway, resource, Relation.ROUTES, parent.at("name"))
    except Undecided:
        return


def _scales(resource: Resource, graph: Graph) -> Iterator[Edge]:
    try:
        lookup, target = scaler.look_up_target(resource, graph), scaler.target_of(resource)
        for workload in lookup.targets if lookup and target else ():
            assert target is not None
            yield Edge(resource, workload, Relation.REFERS, target.where)
    except Undecided:
        return


def _names(resource: Resource, graph: Graph) -> Iterator[Edge]:
    name = resource.at("spec.serviceName")
    try:
        for target in look_up(graph, resource, "Service", name.text, namespace_of(resource), group="").targets if name.text else ():
            yield Edge(resource, target, Relation.REFERS, name)
    except Undecided:
        return


def _calls(resource: Resource, graph: Graph) -> Iterator[Edge]:
    try:
        for hook in resource.body.each("webhooks"):
            name, namespace = hook.at("clientConfig.service.name"), hook.at("clientConfig.service.namespace").text
            for target in look_up(graph, resource, "Service", name.text, namespace, group="").targets if name.text else ():
                yield Edge(resource, target, Relation.REFERS, name)
    except Undecided:
        return
