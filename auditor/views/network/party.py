"""The two sides of a connection, as routes, ACLs and groups see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, TypeAlias

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.address_range import PRIVATE, network
from auditor.views.cache import per_graph
from auditor.views.network.blocks import interval, service_of, whole, words
from auditor.views.network.groups import FarEnd, Groups
from auditor.views.network.interface import Interface, interfaces
from auditor.views.network.kinds import ANY_CLIENT
from auditor.views.network.naming import Gap, named
from auditor.views.network.packets import Interval
from auditor.views.network.subnet import Subnet, subnets
from auditor.views.network.vpc import Vpc


@dataclass(frozen=True, slots=True)
class Internet:
    """Any host of the internet."""

    @property
    def words(self) -> str:
        """Its name for people."""
        return "the internet"


@dataclass(frozen=True, slots=True)
class Host:
    """One address, whoever has it."""

    address: str

    @property
    def words(self) -> str:
        """Its name for people."""
        return self.address


@dataclass(frozen=True, slots=True)
class Service:
    """A service of AWS that has a gateway endpoint: hosts of the internet, and a way of their own."""

    endpoint: Resource

    @property
    def words(self) -> str:
        """Its name for people."""
        return self.endpoint.address.text


INTERNET: Final = Internet()
End: TypeAlias = "Interface | Subnet | Internet | Host | Service"


def host(address: str) -> Host:
    """The host with an IP address. Raises `ValueError` for a text that is none."""
    found = network(address)
    if found is None or found.num_addresses != 1:
        raise ValueError(f"{address!r} is no IP address")
    return Host(str(found.network_address))


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a connection in one IP family.

    `ranges` is where its address lies. `majority` is set for the internet: what holds for half of it holds for it. `subnet` is None for
    what is outside of every VPC; `outside` tells the internet from a private network that is not here.
    """

    end: End
    family: int
    ranges: tuple[Interval, ...]
    subnet: Subnet | None = None
    interface: Interface | None = None
    majority: bool = False
    outside: bool = False
    client: Interval = ANY_CLIENT
    gap: Gap | None = field(default=None, compare=False)
    """Why its addresses are not known; `ranges` is everything then."""
    hidden: bool = False
    """Whether something on the way has replaced its address, or passes it on: its groups cannot be seen then."""

    @property
    def vpc(self) -> Vpc | None:
        """Its VPC; None outside of every one."""
        return self.subnet.vpc if self.subnet is not None else None

    @property
    def groups(self) -> Groups | None:
        """Its security groups as the other side sees them."""
        return self.interface.groups if self.interface is not None and not self.hidden else None

    @property
    def far(self) -> FarEnd:
        """What a security group sees of it."""
        service = service_of(self.end.endpoint) if isinstance(self.end, Service) else ""
        return FarEnd(self.networks, self.ranges, self.groups, service)

    @property
    def networks(self) -> tuple[Resource, ...]:
        """The VPC and the subnet that it is in."""
        if self.subnet is None:
            return ()
        owner = self.subnet.vpc.resource
        return (self.subnet.resource,) if owner is None else (self.subnet.resource, owner)

    @property
    def words(self) -> str:
        """Its name for people."""
        return self.end.words

    @property
    def addressed(self) -> str:
        """Its name with its addresses, for what has to be written."""
        if self.majority or self.gap is not None or isinstance(self.end, Host):
            return self.words
        return f"{self.words} ({', '.join(words(self.family, it) for it in self.ranges)})"


def party(end: End, family: int, graph: Graph) -> Party:
    """A side of a connection. A host is the interface that is known to have its address, else a part of the subnet that holds it."""
    match end:
        case Internet() | Service():
            return Party(end, family, public_addresses(family), majority=True)
        case Host(address):
            return _of_host(end, address, family, graph)
        case Subnet():
            return _inside(end, end, None, family)
        case Interface():
            return _inside(end, end.subnet, end, family)


def _inside(end: End, subnet: Subnet | None, interface: Interface | None, family: int) -> Party:
    client = interface.client if interface is not None else ANY_CLIENT
    fixed = tuple(found for version, found in interface.addresses if version == family) if interface is not None else ()
    if fixed:
        return Party(end, family, fixed, subnet, interface, client=client)
    found = subnet.ranges(family) if subnet is not None else ()
    if found:
        return Party(end, family, found, subnet, interface, client=client)
    if subnet is not None:
        gap = subnet.range_gap(family)
    else:
        assert interface is not None
        gap = interface.gaps[0] if interface.gaps else Gap(interface.where, "its subnet is not known")
    return Party(end, family, (whole(family),), subnet, interface, client=client, gap=gap)


def _of_host(end: Host, address: str, family: int, graph: Graph) -> Party:
    found = network(address)
    assert found is not None
    block = interval(found)
    for interface in interfaces(graph):
        if (family, block) in interface.addresses or address in _public_ips(graph).get(interface.resource, ()):
            block = next((it for version, it in interface.addresses if version == family), block)
            return Party(end, family, (block,), interface.subnet, interface, client=interface.client)
    for subnet in subnets(graph):
        if any(first <= block[0] <= last for first, last in subnet.ranges(family)) and subnet.resource.at("cidr_block").data:
            return Party(end, family, (block,), subnet)
    return Party(end, family, (block,), outside=not is_public(block, family))


@per_graph
def _public_ips(graph: Graph) -> Mapping[Resource, set[str]]:
    """The addresses of the internet that states and live data know of resources."""
    found: dict[Resource, set[str]] = defaultdict(set)
    for resource in graph.of("aws_instance", "aws_network_interface", "aws_nat_gateway", "aws_spot_instance_request"):
        if isinstance(data := resource.at("public_ip").data, str) and data:
            found[resource].add(data)
    for address in graph.of("aws_eip"):
        if isinstance(data := address.at("public_ip").data, str) and data:
            nodes = (address.at("instance"), address.at("network_interface"))
            for holder in named(graph, nodes, "aws_instance", "aws_network_interface").declared:
                found[holder].add(data)
    return found


def is_public(addresses: Interval, family: int) -> bool:
    """Whether addresses are of the internet."""
    return any(first <= addresses[0] and addresses[1] <= last for first, last in public_addresses(family))


@lru_cache(maxsize=2)
def public_addresses(family: int) -> tuple[Interval, ...]:
    """The addresses of the internet."""
    if family == 6:
        unicast = network("2000::/3")
        assert unicast is not None
        return (interval(unicast),)
    taken = sorted(interval(found) for text in (*PRIVATE, *_NOBODYS) if (found := network(text)) is not None and found.version == 4)
    made, start = [], 0
    for first, last in taken:
        if start < first:
            made.append((start, first - 1))
        start = max(start, last + 1)
    return (*made, (start, whole(4)[1])) if start <= whole(4)[1] else tuple(made)


_NOBODYS: Final = ("0.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4")
"""Addresses that no host of the internet has."""


def hidden(one: Party) -> Party:
    """The same side behind something that passes its packets on."""
    return replace(one, hidden=True)
