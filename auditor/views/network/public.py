"""Addresses of interfaces: of the internet or not, IPv4 and IPv6, and the private ones that are fixed."""

from __future__ import annotations

from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Facet, Resource
from auditor.model.value import MISSING, Value
from auditor.views.address_range import network
from auditor.views.iam.truth import Truth
from auditor.views.network import launched
from auditor.views.network.blocks import interval
from auditor.views.network.kinds import KINDS, Kind
from auditor.views.network.naming import holders
from auditor.views.network.packets import Interval
from auditor.views.network.subnet import Subnet
from auditor.views.provider import provider_major

_WITH_ADDRESS: Final = ("aws_instance", "aws_spot_instance_request", "aws_network_interface", "aws_nat_gateway")
_EXISTING: Final = frozenset({Facet.RECORDED, Facet.RUNNING})


def ipv4(resource: Resource, kind: Kind, subnet: Subnet | None, graph: Graph) -> Truth:
    """Whether an interface has an IPv4 address of the internet."""
    match resource.kind:
        case "aws_lb" | "aws_alb" | "aws_elb":
            return _of_balancer(resource)
        case "aws_nat_gateway":
            node = resource.at("connectivity_type")
            return None if node.unknown else node.data != "private"
        case "aws_network_interface":
            return elastic(resource, graph)
        case "aws_msk_cluster":
            node = resource.at("broker_node_group_info.connectivity_info.public_access.type")
            return None if node.unknown else node.data == "SERVICE_PROVIDED_EIPS"
        case "aws_transfer_server":
            node = resource.at("endpoint_details.address_allocation_ids")
            return None if node.unknown else bool(node.data)
        case "aws_redshift_cluster" if resource.at("publicly_accessible").data is None or not _written(resource.at("publicly_accessible")):
            return (provider_major(graph) or 6) < 6
        case name if name in launched.HOSTS:
            return _of_host(resource, subnet, graph)
        case _:
            return flag(resource.at(kind.public)) if kind.public else False


def switch(resource: Resource, family: int) -> Node:
    """Where a resource says whether it gets an address of the internet; the resource where it does not."""
    name = "internal" if resource.kind in _BALANCERS else KINDS[resource.kind].public or "associate_public_ip_address"
    if family == 6 and resource.kind not in _BALANCERS:
        name = "ipv6_address_count"
    node = resource.at(name)
    return node if node.unknown or node.data not in (None, MISSING) else Node(Value(MISSING, resource.body.value_.place), name)


_BALANCERS: Final = ("aws_lb", "aws_alb", "aws_elb")


def _written(node: Node) -> bool:
    return node.unknown or isinstance(node.data, (bool, str))


def flag(node: Node) -> Truth:
    """A flag that is false when it is not written."""
    return None if node.unknown else bool(node.flag)


def _of_balancer(resource: Resource) -> Truth:
    if resource.at("load_balancer_type").data == "gateway":
        return False
    if resource.at("ip_address_type").data == "dualstack-without-public-ipv4":
        return False
    internal = flag(resource.at("internal"))
    return None if internal is None else not internal


def _of_host(resource: Resource, subnet: Subnet | None, graph: Graph) -> Truth:
    existing = resource.at("public_ip").data if resource.facet in _EXISTING else None
    if isinstance(existing, str):
        return bool(existing)
    fixed = elastic(resource, graph)
    if fixed:
        return True
    asked = launched.given(resource, graph, "associate_public_ip_address", "network_interfaces.associate_public_ip_address")
    if asked:
        return _known(flag(asked[0]), fixed)
    if subnet is None or launched.unseen(resource, graph) is not None:
        return None
    by_subnet = subnet.resource.at("map_public_ip_on_launch")
    if subnet.resource.kind == "aws_default_subnet" and not _written(by_subnet):
        return True
    return _known(flag(by_subnet), fixed)


def _known(found: Truth, fixed: Truth) -> Truth:
    return None if found is False and fixed is None else found


def elastic(resource: Resource, graph: Graph) -> Truth:
    """Whether an Elastic IP is associated; None when one is, with something that is not known."""
    if resource.kind not in _WITH_ADDRESS:
        return False
    unsure = False
    for path, kind in (
        ("instance", "aws_eip"),
        ("network_interface", "aws_eip"),
        ("instance_id", "aws_eip_association"),
        ("network_interface_id", "aws_eip_association"),
    ):
        index = holders(graph, path, _WITH_ADDRESS, kind)
        if index.by.get(resource):
            return True
        unsure = unsure or bool(index.open)
    return None if unsure else False


def ipv6(resource: Resource, subnet: Subnet | None, graph: Graph) -> Truth:
    """Whether an interface has an IPv6 address, which is one of the internet."""
    if resource.kind in ("aws_lb", "aws_alb"):
        internal = flag(resource.at("internal"))
        dual = str(resource.at("ip_address_type").data).startswith("dualstack")
        return (None if internal is None else not internal) if dual else False
    if resource.kind == "aws_lambda_function":
        return flag(resource.at("vpc_config.ipv6_allowed_for_dual_stack"))
    if resource.kind not in (*launched.HOSTS, "aws_network_interface"):
        return False
    for node in launched.given(resource, graph, "ipv6_address_count", "network_interfaces.ipv6_address_count"):
        if node.unknown or node.number:
            return None if node.unknown else True
    for node in launched.given(resource, graph, "ipv6_addresses", "network_interfaces.ipv6_addresses"):
        return None if node.unknown else True
    if subnet is None:
        return None
    return flag(subnet.resource.at("assign_ipv6_address_on_creation"))


def fixed(resource: Resource) -> tuple[tuple[int, Interval], ...]:
    """The private addresses that are written or recorded."""
    found = []
    for path in ("private_ip", "private_ips", "ipv6_addresses"):
        nodes = list(resource.body.each(path))
        if len(nodes) == 1 and isinstance(nodes[0].data, str) and (block := network(nodes[0].data)) is not None:
            found.append((block.version, interval(block)))
    return tuple(dict(found).items())
