"""How many addresses of a subnet everything that stands in it takes when it has grown to its largest size."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.application_scaling import TARGET
from auditor.views.cache import per_graph
from auditor.views.decide import given
from auditor.views.instance_type import InstanceType, instance_type
from auditor.views.load_balancer import BALANCERS, balancer_type
from auditor.views.network.interface import Interface, interfaces

BALANCER: Final = 8
"""Free addresses that an application load balancer needs in each subnet (AWS: User Guide for Application Load Balancers)."""
_DEFAULT_NODE: Final = "t3.medium"
_WARM_INTERFACES: Final = 2
"""The VPC CNI keeps a whole interface of addresses in reserve, so that a node with a pod has two."""
_SETTINGS: Final = "configuration_values"


@dataclass(frozen=True, slots=True)
class Demand:
    """What one resource takes of one subnet: `count` pieces of `each` addresses."""

    resource: Resource
    count: int
    each: int
    why: str = ""
    """What makes it more than one address."""

    @property
    def total(self) -> int:
        """Addresses."""
        return self.count * self.each

    @property
    def words(self) -> str:
        """`aws_autoscaling_group.web: 20`, with the multiplication where there is one."""
        how = f"{self.count} x {self.each} ({self.why}) = {self.total}" if self.each > 1 and self.why else str(self.total)
        return f"{self.resource.address.text}: {how}"


@dataclass(frozen=True, slots=True)
class Demands:
    """All of a subnet; `doubt` is why something is missing from it."""

    known: tuple[Demand, ...]
    doubt: Undecided | None


def demands(subnet: Resource, graph: Graph) -> Demands:
    """What is known to stand in a subnet."""
    found = _by_subnet(graph).get(subnet, ())
    known: list[Demand] = []
    doubt: Undecided | None = None
    for interface, share in found:
        try:
            known.append(_demand(interface.resource, share, graph))
        except Undecided as reason:
            doubt = doubt or reason
    return Demands(tuple(known), doubt)


@per_graph
def _by_subnet(graph: Graph) -> Mapping[Resource, list[tuple[Interface, int]]]:
    """Each subnet's interfaces, with the number of subnets over which their resource is spread."""
    every: dict[Resource, list[Interface]] = defaultdict(list)
    for interface in interfaces(graph):
        every[interface.resource].append(interface)
    found: dict[Resource, list[tuple[Interface, int]]] = defaultdict(list)
    for theirs in every.values():
        for interface in theirs:
            if interface.subnet is not None and not interface.resource.doubt:
                found[interface.subnet.resource].append((interface, len(theirs)))
    return found


def _demand(resource: Resource, subnets: int, graph: Graph) -> Demand:
    match resource.kind:
        case "aws_autoscaling_group":
            return Demand(resource, _share(resource.at("max_size"), subnets), 1)
        case "aws_eks_node_group":
            each, why = _of_node(resource, graph)
            return Demand(resource, _share(resource.at("scaling_config.max_size"), subnets), each, why)
        case "aws_ecs_service":
            return Demand(resource, math.ceil(_most_tasks(resource, graph) / subnets), 1)
        case kind if kind in BALANCERS.split() and balancer_type(resource.body) == "application":
            return Demand(resource, 1, BALANCER, "the free addresses that it needs")
        case _:
            return Demand(resource, 1, 1)


def _share(most: Node, subnets: int) -> int:
    """The part of a maximum that one of several subnets gets."""
    return math.ceil((most.number or 0) / subnets) if given(most) else 0


def _most_tasks(service: Resource, graph: Graph) -> float:
    """The tasks of a service while it is deployed at its largest size."""
    desired = service.at("desired_count")
    most = (desired.number or 0) if given(desired) and not desired.unknown else 0
    for target in graph.of(TARGET):
        if service in _scaled(target, graph) and (limit := target.at("max_capacity").number):
            most = max(most, limit)
    percent = service.at("deployment_maximum_percent")
    return most * ((percent.number or 200) if given(percent) else 200) / 100


def _scaled(target: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The services that a scaling target is for: `service/CLUSTER/NAME`."""
    node = target.at("resource_id")
    found = graph.targets(node, "aws_ecs_service")
    if found or not isinstance(node.data, str) or not node.data.startswith("service/"):
        return found
    name = node.data.rpartition("/")[2]
    return tuple(it for it in graph.of("aws_ecs_service") if it.at("name").data == name)


def _of_node(group: Resource, graph: Graph) -> tuple[int, str]:
    """Addresses of one node with the default settings of the VPC CNI, whose pods have addresses of the subnet; 1 with others."""
    clusters = graph.targets(group.at("cluster_name"), "aws_eks_cluster")
    if any(cluster.at("kubernetes_network_config.ip_family").text == "ipv6" for cluster in clusters) or not _default_cni(graph):
        return 1, ""
    types = [node.text or "" for node in group.body.each("instance_types")] or [_DEFAULT_NODE]
    known = [found for name in types if (found := instance_type(name)) is not None]
    if len(known) < len(types):
        return 1, ""
    smallest = min(known, key=_warm)
    return _warm(smallest), f"{_WARM_INTERFACES} interfaces with {smallest.ipv4_per_interface} addresses each on {smallest.name}"


def _default_cni(graph: Graph) -> bool:
    """Whether nothing here changes how the VPC CNI takes addresses (prefixes, a smaller reserve, other subnets for pods)."""
    settings = [addon.at(_SETTINGS) for addon in graph.of("aws_eks_addon") if addon.at("addon_name").data == "vpc-cni"]
    return all(not node.unknown and node.missing for node in settings)


def _warm(node: InstanceType) -> int:
    return min(_WARM_INTERFACES, node.interfaces) * node.ipv4_per_interface
