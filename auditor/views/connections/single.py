"""Whether one client alone, by its own scaling maximum, may open more connections than its database allows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.connections.budget import Share, share_of
from auditor.views.connections.client import Client, clients
from auditor.views.connections.endpoint import PROXY
from auditor.views.connections.limit import Limit, limit_of, reader_limit

_SCALED: Final = frozenset({"aws_lambda_function", "Deployment", "StatefulSet", "ReplicaSet", "Rollout", "DeploymentConfig"})
"""What has a maximum of its own, with a rule of its own where that is too large."""


def alone_above(share: Share, limit: Limit) -> bool:
    """Whether a function or a workload of Kubernetes needs more than everything, whoever else connects."""
    return share.client.resource.kind in _SCALED and share.replicas.where.present and share.most() > limit.connections


def overflows(resource: Resource, graph: Graph) -> Iterator[tuple[Share, Limit]]:
    """The databases that this client alone may fill, with what they allow. Raises `Undecided`."""
    for client in clients_from(resource, graph):
        share, limit = share_of(client, graph), _allowed(client, graph)
        if limit is not None and alone_above(share, limit):
            yield share, limit


def unbounded(resource: Resource, graph: Graph) -> Iterator[tuple[Share, Limit]]:
    """The databases that a client speaks to while nothing but the account limits its replicas. Raises `Undecided`."""
    for client in clients_from(resource, graph):
        share, limit = share_of(client, graph), _allowed(client, graph)
        if limit is not None and share.replicas.most is None:
            yield share, limit


def clients_from(resource: Resource, graph: Graph) -> tuple[Client, ...]:
    """The endpoints that this very service, function or workload names; one entry for each."""
    index: dict[Resource, list[Client]] = of_graph(graph, "clients-by-resource", lambda: _by_resource(graph))
    return tuple(index.get(resource, ()))


def _by_resource(graph: Graph) -> dict[Resource, list[Client]]:
    found: dict[Resource, list[Client]] = {}
    for client in clients(graph):
        found.setdefault(client.resource, []).append(client)
    return found


def _allowed(client: Client, graph: Graph) -> Limit | None:
    """What the endpoint allows; None for a proxy, which lets clients wait."""
    endpoint = client.endpoint
    if endpoint.resource.kind == PROXY:
        return None
    return reader_limit(endpoint.resource, graph) if endpoint.reads else limit_of(endpoint.resource, graph)
