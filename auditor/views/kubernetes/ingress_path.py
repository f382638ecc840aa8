"""Hosts and paths of ingresses and routes, and who claims them first; the class of an Ingress."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.kubernetes.workload import group_of

KINDS: Final = "Ingress HTTPRoute"
CLASS: Final = 'metadata.annotations["kubernetes.io/ingress.class"]'
"""Where the class of an Ingress stood before there was a field."""

_SHARED = ("nginx.ingress.kubernetes.io/canary", "nginx.org/mergeable-ingress-type")
_MATCHES = (
    *("nginx.ingress.kubernetes.io/canary-by-header", "nginx.ingress.kubernetes.io/server-snippet"),
    *("alb.ingress.kubernetes.io/group.name", "alb.ingress.kubernetes.io/load-balancer-name"),
)


@dataclass(frozen=True, slots=True)
class IngressPath:
    """A path of a host. `where` is the path, or its entry when it has none; `more`: what a route asks for besides (method, headers)."""

    where: Node
    host: str
    path: str
    path_type: str
    more: str = ""


def class_of(ingress: Resource) -> str:
    """The class of an Ingress by field or annotation, empty when it has none. Raises `Undecided`."""
    return ingress.at("spec.ingressClassName").text or ingress.at(CLASS).text or ""


def paths_of(resource: Resource) -> Iterator[IngressPath]:
    """The hosts and paths of an Ingress or a route. Raises `Undecided`."""
    return _of_route(resource) if resource.kind == "HTTPRoute" else _of_ingress(resource)


def _of_route(route: Resource) -> Iterator[IngressPath]:
    hosts = [host.text or "" for host in route.body.each("spec.hostnames")] or [""]
    for item in route.body.each("spec.rules"):
        matches = list(item.each("matches"))
        for match in matches or [item]:
            path = match.at("path.value") if matches else item.at("matches")
            more = json.dumps({key: node.plain() for key, node in match.entries() if key != "path"}, sort_keys=True) if matches else "{}"
            kind = match.at("path.type").text if matches else None
            for host in hosts:
                yield IngressPath(path if path.present else match, host, path.text or "/", kind or "PathPrefix", more)


def _of_ingress(ingress: Resource) -> Iterator[IngressPath]:
    for item in ingress.body.each("spec.rules"):
        host = item.at("host").text or ""
        for entry in item.each("http.paths"):
            path = entry.at("path")
            where = path if path.present else entry
            yield IngressPath(where, host, path.text or "/", entry.at("pathType").text or "ImplementationSpecific")


def claimed_before(ingress: Resource, graph: Graph) -> Iterator[tuple[IngressPath, Resource]]:
    """(a path of an Ingress or a route, the earlier one of that kind in the bundle that claims it too). Raises `Undecided`."""
    first: dict[tuple[str, ...], Resource] = of_graph(graph, "ingress-paths", lambda: _index(graph))
    if not _counts(ingress):
        return
    for path in paths_of(ingress):
        other = first.get(_key(ingress, path))
        if other is not None and other.address != ingress.address:
            yield path, other


def _index(graph: Graph) -> dict[tuple[str, ...], Resource]:
    found: dict[tuple[str, ...], Resource] = {}
    for ingress in graph.of(*KINDS.split()):
        try:
            for path in paths_of(ingress) if _counts(ingress) else ():
                found.setdefault(_key(ingress, path), ingress)
        except Undecided:
            continue
    return found


def _key(resource: Resource, path: IngressPath) -> tuple[str, ...]:
    trimmed = path.path.rstrip("/") or "/"
    marks = [resource.at(f'metadata.annotations["{key}"]').text or "" for key in _MATCHES]
    owner = json.dumps(resource.at("spec.parentRefs").plain(), sort_keys=True) if resource.kind == "HTTPRoute" else class_of(resource)
    shown = trimmed if path.path_type in ("Prefix", "PathPrefix") else path.path
    return (resource.root, resource.kind, owner, path.host, shown, path.path_type, path.more, *marks)


def _counts(ingress: Resource) -> bool:
    if group_of(ingress.body) not in ("networking.k8s.io", "extensions", "gateway.networking.k8s.io"):
        return False
    return not any(ingress.at(f'metadata.annotations["{key}"]').present for key in _SHARED)
