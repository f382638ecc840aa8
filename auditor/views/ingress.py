"""What security groups let in and out: one record for each rule and source, however the rule is written.

Inline `ingress` and `egress` blocks, `aws_security_group_rule`, `aws_vpc_security_group_{ingress,egress}_rule` and the default
group are the same thing here. A rule is read where it stands, whether or not the group that it names is in sight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final, Literal, TypeAlias

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Facet, Resource
from auditor.model.value import Unknown
from auditor.views.address_range import is_anywhere
from auditor.views.decide import every, some, undecided

Direction: TypeAlias = Literal["ingress", "egress"]
PeerKind: TypeAlias = Literal["range", "group", "prefix list", "self"]

GROUPS: Final = "aws_security_group aws_default_security_group"
INBOUND: Final = f"{GROUPS} aws_security_group_rule aws_vpc_security_group_ingress_rule"
OUTBOUND: Final = f"{GROUPS} aws_security_group_rule aws_vpc_security_group_egress_rule"
RULE_KINDS: Final = ("aws_security_group_rule", "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule")

ALL_PORTS: Final = (0, 65535)
_PROTOCOLS: Final = {"-1": "all", "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}
_PEERS: Final[tuple[tuple[str, PeerKind], ...]] = (
    ("cidr_blocks", "range"),
    ("ipv6_cidr_blocks", "range"),
    ("cidr_ipv4", "range"),
    ("cidr_ipv6", "range"),
    ("security_groups", "group"),
    ("source_security_group_id", "group"),
    ("referenced_security_group_id", "group"),
    ("prefix_list_ids", "prefix list"),
    ("prefix_list_id", "prefix list"),
    ("self", "self"),
)


@dataclass(frozen=True, slots=True)
class Traffic:
    """The protocol and ports of a rule: a table with `protocol` (or `ip_protocol`), `from_port` and `to_port`."""

    rule: Node

    @property
    def protocol(self) -> str:
        """`tcp`, `udp`, `icmp`, `icmpv6`, `all`, another one's number; empty when none is written."""
        node = self.rule.at("protocol")
        if not node.unknown and node.missing:
            node = self.rule.at("ip_protocol")
        text = "" if not node.unknown and node.missing else (node.text or "").lower()
        return _PROTOCOLS.get(text, text)

    def ports(self, protocol: str) -> tuple[int, int] | None:
        """First and last port that the rule opens for `tcp` or `udp`; None when it is about another protocol.

        AWS ignores the ports of a rule for all protocols; a rule without ports is for all of them.
        """
        own = self.protocol
        if own == "all":
            return ALL_PORTS
        if own not in (protocol, ""):
            return None
        first, last = self.rule.at("from_port").number, self.rule.at("to_port").number
        if first is None or last is None:
            only = last if first is None else first
            return ALL_PORTS if only is None else (int(only), int(only))
        return ALL_PORTS if first == last == -1 else (int(first), int(last))

    def lets(self, protocol: str, port: int) -> bool:
        """Whether the rule is about that port."""
        ports = self.ports(protocol)
        return ports is not None and ports[0] <= port <= ports[1]

    @property
    def all_ports(self) -> bool:
        """Whether every port of TCP or UDP is meant."""
        return any(ports is not None and ports[0] <= 1 and ports[1] >= ALL_PORTS[1] for ports in map(self.ports, ("tcp", "udp")))

    @property
    def words(self) -> str:
        """`all traffic`, `every tcp port`, `tcp 22`, `udp 1000-2000`; for messages about what is known."""
        own = self.protocol
        if own == "all":
            return "all traffic"
        first, last = self.ports(own) or ALL_PORTS
        if (first, last) == ALL_PORTS:
            return f"every {own} port" if own else "every port"
        return f"{own} {first}" if first == last else f"{own} {first}-{last}".strip()


@dataclass(frozen=True, slots=True)
class Opening:
    """What one rule lets through between the group and one peer."""

    traffic: Traffic
    peer: Node
    """Where the peer is written: an address range, the id of a group or prefix list, or the flag `self`."""
    kind: PeerKind
    graph: Graph

    @property
    def where(self) -> Node:
        """The place of the opening."""
        return self.peer

    @property
    def anywhere(self) -> bool:
        """Whether the peer is the whole internet, IPv4 or IPv6."""
        match self.kind:
            case "range":
                return not _is_own_range(self.peer) and is_anywhere(self.peer.text)
            case "prefix list":
                return _is_anywhere(self.peer, self.graph)
            case _:
                return False

    @property
    def peer_words(self) -> str:
        """The peer as text, for messages."""
        return f"prefix list {self.peer.text}" if self.kind == "prefix list" else self.peer.text or self.kind

    def world(self, protocol: str, port: int) -> bool:
        """Whether the whole internet may use that port."""
        return every(lambda: self.anywhere, lambda: self.traffic.lets(protocol, port))


def _is_own_range(peer: Node) -> bool:
    """Whether a range that is not known is that of a VPC or a subnet, or a part of it: whatever it is, it is not the internet."""
    unknown = peer.data
    return (
        isinstance(unknown, Unknown)
        and bool(peer.refs)
        and all(
            "cidr_block" in ref.attribute and _NETWORK.match(ref.address.name) and unknown.reason.startswith(ref.address.text)
            for ref in peer.refs
        )
    )


_NETWORK: Final = re.compile(r"aws_(?:default_)?(?:vpc|subnet)\.")  # not of a data source: what it finds was not made by this code


def named_ports(opening: Opening, names: Mapping[int, str]) -> str:
    """Those of the TCP ports that the whole internet may use, as text: `Redis (TCP 6379)`; empty when there is none, or all are open."""

    def found() -> list[int]:
        ports = opening.traffic.ports("tcp")
        return [port for port in sorted(names) if ports is not None and ports[0] <= port <= ports[1]]

    if not every(lambda: bool(found()), lambda: not opening.traffic.all_ports, lambda: opening.anywhere):
        return ""
    return ", ".join(f"{names[port]} (TCP {port})" for port in found())


def inbound(resource: Resource, graph: Graph) -> tuple[Opening, ...]:
    """What a group, or a rule of its own, lets in."""
    return _openings(resource, graph, "ingress")


def outbound(resource: Resource, graph: Graph) -> tuple[Opening, ...]:
    """What a group, or a rule of its own, lets out."""
    return _openings(resource, graph, "egress")


def rules(resource: Resource, direction: Direction) -> Iterator[Node]:
    """The tables that hold the rules of one direction: the blocks of a group, or the body of a rule."""
    match resource.kind:
        case "aws_security_group" | "aws_default_security_group":
            yield from resource.body.each(direction)
        case "aws_security_group_rule":
            if resource.at("type").text == direction:
                yield resource.body
        case "aws_vpc_security_group_ingress_rule" if direction == "ingress":
            yield resource.body
        case "aws_vpc_security_group_egress_rule" if direction == "egress":
            yield resource.body
        case _:
            return


@lru_cache(maxsize=8)  # all rules ask for one resource after the other
def _openings(resource: Resource, graph: Graph, direction: Direction) -> tuple[Opening, ...]:
    return tuple(_found(resource, graph, direction))


def _found(resource: Resource, graph: Graph, direction: Direction) -> Iterator[Opening]:
    repeated = _separate(resource, graph, direction) if resource.facet in _REPEATING and resource.kind in GROUPS.split() else frozenset()
    for rule in rules(resource, direction):
        traffic = Traffic(rule)
        if rule.unknown:
            yield Opening(traffic, rule, "range", graph)
            continue
        for attribute, kind in _PEERS:
            for peer in rule.each(attribute):
                if repeated and _key(traffic, peer) in repeated:
                    continue
                if kind != "self" or peer.unknown or peer.flag:
                    yield Opening(traffic, peer, kind, graph)


_REPEATING: Final = frozenset({Facet.PLANNED, Facet.RECORDED})
"""A plan and a state list in a group what its separate rules add; there the rules speak for themselves."""


def _separate(group: Resource, graph: Graph, direction: Direction) -> frozenset[tuple[object, ...]]:
    try:
        attached = graph.attached(group, "security_group_id", *RULE_KINDS)
    except Undecided:
        return frozenset()
    found: set[tuple[object, ...]] = set()
    for resource in attached:
        if direction in (resource.at("type").data, resource.kind.split("_")[-2]):
            rule = resource.body
            found.update(_key(Traffic(rule), peer) for attribute, _ in _PEERS for peer in rule.each(attribute))
    return frozenset(found)


def _key(traffic: Traffic, peer: Node) -> tuple[object, ...]:
    """What two spellings of one opening have in common; for something unknown, nothing."""
    try:
        protocol = traffic.protocol
        return (protocol, traffic.ports(protocol) if protocol in ("tcp", "udp") else None, peer.text)
    except Undecided:
        return (peer,)


def _is_anywhere(prefix_list: Node, graph: Graph) -> bool:
    lists = graph.targets(prefix_list, "aws_ec2_managed_prefix_list", "data.aws_ec2_managed_prefix_list", "data.aws_prefix_list")
    if not lists:
        raise undecided(prefix_list, "the entries of the prefix list are not known here")
    return some(*(partial(_holds_anywhere, found, prefix_list) for found in lists))


def _holds_anywhere(prefix_list: Resource, asked: Node) -> bool:
    if prefix_list.kind == "aws_ec2_managed_prefix_list":
        return some(*(partial(_node_is_anywhere, entry) for entry in prefix_list.body.each("entry.cidr")))
    if (prefix_list.at("name").text or "").startswith("com.amazonaws."):
        return False  # the ranges of one AWS service
    raise undecided(asked, "the entries of the prefix list are not known here")


def _node_is_anywhere(node: Node) -> bool:
    return is_anywhere(node.text)
