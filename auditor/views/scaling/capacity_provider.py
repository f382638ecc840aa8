"""ECS capacity providers: the Auto Scaling groups that a service's tasks are placed on."""

from __future__ import annotations

from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.decide import undecided
from auditor.views.scaling.group import GROUP

PROVIDER: Final = "aws_ecs_capacity_provider"
_DEFAULTS: Final = "aws_ecs_cluster_capacity_providers"


def groups(service: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The groups that the tasks of a service are placed on; empty when it uses none, or Fargate as well. Raises `Undecided`."""
    names = _strategy(service, graph)
    if any(not name.unknown and (name.text or "").startswith("FARGATE") for name in names):
        return ()
    return tuple(dict.fromkeys(group for name in names for group in _groups_of(name, graph)))


def _strategy(service: Resource, graph: Graph) -> list[Node]:
    """The capacity providers that a service names, or else its cluster's. Raises `Undecided`."""
    own = list(service.body.each("capacity_provider_strategy.capacity_provider"))
    return own or (_of_cluster(service, graph) if service.at("launch_type").missing else [])


def _of_cluster(service: Resource, graph: Graph) -> list[Node]:
    """The strategy that the cluster has for services that name none."""
    clusters = graph.targets(service.at("cluster"), "aws_ecs_cluster")
    if not clusters:
        return []
    defaults = graph.attached(clusters[0], "cluster_name", _DEFAULTS)
    return [name for it in defaults for name in it.body.each("default_capacity_provider_strategy.capacity_provider")]


def _groups_of(name: Node, graph: Graph) -> tuple[Resource, ...]:
    providers = graph.targets(name, PROVIDER)
    found = tuple(
        group
        for provider in providers
        for arn in provider.body.each("auto_scaling_group_provider.auto_scaling_group_arn")
        for group in graph.targets(arn, GROUP)
    )
    if not found:
        raise undecided(name, "the group behind the capacity provider is not declared here")
    return found


def services(provider: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The services that are known to place tasks on a capacity provider."""
    index: dict[Resource, list[Resource]] = of_graph(graph, "services-by-capacity-provider", lambda: _by_provider(graph))
    return tuple(index.get(provider, ()))


def _by_provider(graph: Graph) -> dict[Resource, list[Resource]]:
    found: dict[Resource, list[Resource]] = {}
    for service in graph.of("aws_ecs_service"):
        for provider in _known(service, graph):
            found.setdefault(provider, []).append(service)
    return found


def _known(service: Resource, graph: Graph) -> tuple[Resource, ...]:
    try:
        return tuple(provider for name in _strategy(service, graph) for provider in graph.targets(name, PROVIDER))
    except Undecided:
        return ()
