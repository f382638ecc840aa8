"""The clients of databases: services, functions, machines and pods that are given an endpoint, with what each of them may open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.connections.endpoint import Endpoint, endpoints_in
from auditor.views.started import Settings, started


@dataclass(frozen=True, slots=True)
class Client:
    """Something that runs and names an endpoint. `address` is the value that names it, `name` says which container of it."""

    resource: Resource
    endpoint: Endpoint
    address: Node
    settings: Settings
    name: str = ""


def clients(graph: Graph) -> tuple[Client, ...]:
    """Every client of a database or proxy that the graph shows."""
    return of_graph(graph, "database-clients", lambda: tuple(_all(graph)))


def clients_of(database: Resource, graph: Graph) -> tuple[Client, ...]:
    """The clients that name the endpoint of this very database or proxy."""
    index: dict[Resource, list[Client]] = of_graph(graph, "clients-by-database", lambda: _by_database(graph))
    return tuple(index.get(database, ()))


def _by_database(graph: Graph) -> dict[Resource, list[Client]]:
    found: dict[Resource, list[Client]] = {}
    for client in clients(graph):
        found.setdefault(client.endpoint.resource, []).append(client)
    return found


def _all(graph: Graph) -> Iterator[Client]:
    for it in started(graph):
        settings, seen = it.settings, set[Endpoint]()
        doubt = () if settings.doubt is None else (settings.doubt,)  # a plan may know no more than that an endpoint goes into it
        for node in (*(node for _, node in settings.variables), *settings.words, *settings.files, *doubt):
            for endpoint in endpoints_in(node, graph):
                if endpoint not in seen:
                    seen.add(endpoint)
                    yield Client(it.resource, endpoint, node, settings, it.name)
