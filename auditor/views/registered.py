"""What registers targets in a target group (auto scaling groups, ECS services, attachments), and in which zones the targets are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.cache import per_graph
from auditor.views.decide import given, undecided
from auditor.views.ecs_service import SERVICE, bound
from auditor.views.ecs_service import subnets as subnets_of_service
from auditor.views.load_balancer import ATTACHMENTS, TARGET_GROUPS
from auditor.views.scaling.group import GROUP, target_groups
from auditor.views.subnet import zone, zones


@dataclass(frozen=True, slots=True)
class Registered:
    """One resource that registers targets in a group."""

    resource: Resource
    graph: Graph

    @property
    def zones(self) -> frozenset[str]:
        """The availability zones in which its targets are; raises `Undecided` when they are not all known."""
        match self.resource.kind:
            case "aws_autoscaling_group":
                return _zones_of_fleet(self.resource, self.graph)
            case "aws_ecs_service":
                return zones(subnets_of_service(self.resource), self.graph)
            case _:
                return frozenset({_zone_of_instance(self.resource.at("target_id"), self.graph)})


def registered(group: Resource, graph: Graph) -> tuple[Registered, ...]:
    """What is known to register targets in a target group."""
    return tuple(Registered(resource, graph) for resource in _by_group(graph).get(group, ()))


@per_graph
def _by_group(graph: Graph) -> Mapping[Resource, list[Resource]]:
    found: dict[Resource, list[Resource]] = defaultdict(list)
    for group, resource in _pairs(graph):
        found[group].append(resource)
    return found


def _pairs(graph: Graph) -> Iterator[tuple[Resource, Resource]]:
    for fleet in graph.of(GROUP):
        for group in target_groups(fleet, graph):
            yield group, fleet
    for service in graph.of(SERVICE):
        for group in dict.fromkeys(group for binding in bound(service, graph) for group in binding.groups):
            yield group, service
    for attachment in graph.of(*ATTACHMENTS.split()):
        for group in graph.targets(attachment.at("target_group_arn"), *TARGET_GROUPS.split()):
            yield group, attachment


def _zones_of_fleet(fleet: Resource, graph: Graph) -> frozenset[str]:
    own = fleet.each("availability_zones")
    found = {node.text or "" for node in own} | zones(fleet.each("vpc_zone_identifier"), graph)
    if not found:
        raise undecided(fleet.body, "the zones of the group are not written")
    return frozenset(found)


def _zone_of_instance(target: Node, graph: Graph) -> str:
    instances = graph.targets(target, "aws_instance")
    if len(instances) != 1:
        raise undecided(target, "the target is not an instance that is declared here")
    own = instances[0].at("availability_zone")
    return (own.text or "") if given(own) else zone(instances[0].at("subnet_id"), graph)
