"""The clients of Redis and Valkey groups: who is given which of their endpoints, and as what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.started import Started, started, text_of

GROUP: Final = "aws_elasticache_replication_group"
ENDPOINTS: Final = ("primary_endpoint_address", "reader_endpoint_address", "configuration_endpoint_address")
_HOST = re.compile(r"[a-z0-9][a-z0-9.-]*\.cache\.amazonaws\.com", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CacheClient:
    """Something that runs and is given an endpoint of a group: `address` is the value of the variable `name`."""

    started: Started
    group: Resource
    endpoint: str
    name: str
    address: Node

    @property
    def scheme(self) -> str:
        """The scheme of the URL that the endpoint is a part of: `redis`, `rediss`; empty where it is none, or not known."""
        head, found, _ = text_of(self.address).partition("://")
        return head.lower() if found else ""


def cache_clients(group: Resource, graph: Graph) -> tuple[CacheClient, ...]:
    """The clients of a group."""
    index: dict[Resource, list[CacheClient]] = of_graph(graph, "cache-clients", lambda: _index(graph))
    return tuple(index.get(group, ()))


def _index(graph: Graph) -> dict[Resource, list[CacheClient]]:
    hosts = _hosts(graph)
    found: dict[Resource, list[CacheClient]] = {}
    for it in started(graph):
        for name, node in it.settings.variables:
            for group, endpoint in dict.fromkeys(_named(node, graph, hosts)):
                found.setdefault(group, []).append(CacheClient(it, group, endpoint, name, node))
    return found


def _named(node: Node, graph: Graph, hosts: dict[str, tuple[Resource, str]]) -> Iterator[tuple[Resource, str]]:
    for ref in node.refs:
        for group in graph.find(ref.address) if ref.attribute in ENDPOINTS else ():
            if group.kind == GROUP:
                yield group, ref.attribute
    if isinstance(node.data, str) and ".cache." in node.data:
        for host in _HOST.findall(node.data):
            if host.lower() in hosts:
                yield hosts[host.lower()]


def _hosts(graph: Graph) -> dict[str, tuple[Resource, str]]:
    found: dict[str, tuple[Resource, str]] = {}
    for group in graph.of(GROUP):
        for endpoint in ENDPOINTS:
            text = group.at(endpoint).data
            if isinstance(text, str) and text:
                found[text.lower()] = (group, endpoint)
    return found
