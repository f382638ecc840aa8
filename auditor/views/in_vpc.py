"""What is known to stand in a VPC: its subnets and interfaces, found once for each graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from auditor.model.graph import Graph
from auditor.views.cache import per_graph
from auditor.views.network.interface import Interface, interfaces
from auditor.views.network.subnet import Subnet, subnets
from auditor.views.network.vpc import Vpc


def subnets_in(vpc: Vpc, graph: Graph) -> tuple[Subnet, ...]:
    """The subnets that are known to be in a VPC."""
    return _subnets(graph).get(vpc.key, ()) if vpc.key else ()


def interfaces_in(vpc: Vpc, graph: Graph) -> tuple[Interface, ...]:
    """The interfaces that are known to be in a VPC."""
    return _interfaces(graph).get(vpc.key, ()) if vpc.key else ()


def unplaced(graph: Graph) -> tuple[Interface, ...]:
    """The interfaces of which it is not known in which VPC they are."""
    return _interfaces(graph).get("", ())


@per_graph
def _subnets(graph: Graph) -> Mapping[str, tuple[Subnet, ...]]:
    found: dict[str, list[Subnet]] = defaultdict(list)
    for subnet in subnets(graph):
        found[subnet.vpc.key].append(subnet)
    return {key: tuple(its) for key, its in found.items()}


@per_graph
def _interfaces(graph: Graph) -> Mapping[str, tuple[Interface, ...]]:
    found: dict[str, list[Interface]] = defaultdict(list)
    for interface in interfaces(graph):
        found[interface.vpc.key if interface.vpc is not None else ""].append(interface)
    return {key: tuple(its) for key, its in found.items()}
