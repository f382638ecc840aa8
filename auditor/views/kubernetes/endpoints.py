"""Endpoints that are written by hand, for Services without a selector."""

from __future__ import annotations

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.kubernetes.lookup import Lookup, Outcome, absent, look_up
from auditor.views.kubernetes.namespace import may_be_same, namespace_of

_OWNER = 'metadata.labels["kubernetes.io/service-name"]'


def endpoints_of(service: Resource, graph: Graph) -> Lookup:
    """The EndpointSlices, or the Endpoints, of a Service. Raises `Undecided`."""
    name, namespace = service.at("metadata.name").text or "", namespace_of(service)
    old = look_up(graph, service, "Endpoints", name, namespace)
    if old.targets:
        return old
    slices = [it for it in graph.of("EndpointSlice") if it.root == service.root and may_be_same(namespace_of(it), namespace)]
    found = tuple(it for it in slices if it.at(_OWNER).text == name)
    if found:
        return Lookup(Outcome.FOUND, found)
    if old.missing:
        return old
    return absent(graph, service, f"EndpointSlice/{name}", slices, what=f"an EndpointSlice of {name}")
