"""Network ACLs: entries in the order in which AWS tries them, inline and separate ones together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.address_range import covers, is_anywhere
from auditor.views.decide import every, given, some
from auditor.views.ingress import Direction, Traffic

ACLS: Final = "aws_network_acl aws_default_network_acl"
ENTRIES: Final = f"{ACLS} aws_network_acl_rule"
_EPHEMERAL: Final = (1024, 65535)
_LINUX: Final = (32768, 60999)


@dataclass(frozen=True, slots=True)
class Entry:
    """One numbered entry; `table` is its block, or the body of an `aws_network_acl_rule`."""

    table: Node
    direction: Direction

    @property
    def traffic(self) -> Traffic:
        """Its protocol and ports."""
        return Traffic(self.table)

    @property
    def range(self) -> Node:
        """The address range, IPv4 or IPv6."""
        four = self.table.at("cidr_block")
        return four if four.unknown or given(four) else self.table.at("ipv6_cidr_block")

    @property
    def where(self) -> Node:
        """The place of the entry: its address range."""
        return self.range

    @property
    def allows(self) -> bool:
        """Whether it lets traffic through."""
        action = self.table.at("action")
        return (self.table.at("rule_action") if not action.unknown and action.missing else action).text == "allow"

    @property
    def number(self) -> float:
        """Its place in the order; the smallest is tried first."""
        node = self.table.at("rule_no")
        return (self.table.at("rule_number") if not node.unknown and node.missing else node).number or 0

    @property
    def anywhere(self) -> bool:
        """Whether it is about the whole internet."""
        return is_anywhere(self.range.text)


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry among all those of its list and direction."""

    entry: Entry
    others: tuple[Entry, ...]

    @property
    def where(self) -> Node:
        """The place of the entry."""
        return self.entry.range

    def admits_world(self, protocol: str, port: int) -> bool:
        """Whether the entry lets the internet reach that port, and no entry before it refuses that."""
        entry = self.entry
        return every(
            lambda: entry.anywhere,
            lambda: entry.allows,
            lambda: entry.traffic.lets(protocol, port),
            lambda: not some(*(partial(self._refused_by, other, protocol, port) for other in self.others)),
        )

    @property
    def takes_answers(self) -> bool:
        """Whether the ports are those that clients choose, all from 1024 or from 32768 up: answers come back to them."""
        ports = self.entry.traffic.ports("tcp")
        return ports is not None and _EPHEMERAL[0] <= ports[0] <= _LINUX[0] and ports[1] >= _LINUX[1]

    def _refused_by(self, other: Entry, protocol: str, port: int) -> bool:
        return every(
            lambda: not other.allows,
            lambda: other.number < self.entry.number,
            lambda: other.traffic.lets(protocol, port),
            lambda: covers(other.range.text, self.entry.range.text),
        )


def entries(resource: Resource, direction: Direction) -> Iterator[Entry]:
    """The entries that a resource itself holds: the blocks of an ACL, or the one of an `aws_network_acl_rule`."""
    if resource.kind == "aws_network_acl_rule":
        egress = resource.at("egress").flag or False
        if egress is (direction == "egress"):
            yield Entry(resource.body, direction)
        return
    for table in resource.body.each(direction):
        yield Entry(table, direction)


def inbound(resource: Resource, graph: Graph) -> Iterator[Listed]:
    """The inbound entries that a resource holds, each with all of the same list."""
    return _listed(resource, graph, "ingress")


def outbound(resource: Resource, graph: Graph) -> Iterator[Listed]:
    """The outbound entries that a resource holds, each with all of the same list."""
    return _listed(resource, graph, "egress")


def entries_of_list(acl: Resource, graph: Graph, direction: Direction) -> tuple[Entry, ...]:
    """All entries of an ACL: its blocks, and the separate ones that are known to name it."""
    try:
        separate = graph.attached(acl, "network_acl_id", "aws_network_acl_rule")
    except Undecided:
        separate = ()
    return tuple(entry for resource in (acl, *separate) for entry in entries(resource, direction))


def _listed(resource: Resource, graph: Graph, direction: Direction) -> Iterator[Listed]:
    own = tuple(entries(resource, direction))
    if not own:
        return
    every_one = own
    if resource.kind != "aws_network_acl_rule":
        every_one = entries_of_list(resource, graph, direction)
    else:
        for acl in graph.targets(resource.at("network_acl_id"), *ACLS.split()):
            every_one += tuple(e for e in entries_of_list(acl, graph, direction) if e.table is not resource.body)
    for entry in own:
        yield Listed(entry, tuple(other for other in every_one if other is not entry))


def lets_answers(entry: Entry, peer: str | None) -> bool:
    """Whether an entry of the way back lets answers to (or from) clients in `peer` through, at least some of them."""
    return every(
        lambda: entry.allows,
        lambda: covers(entry.range.text, peer) or covers(peer, entry.range.text),
        lambda: (ports := entry.traffic.ports("tcp")) is not None and ports[0] <= _EPHEMERAL[1] and ports[1] >= _EPHEMERAL[0],
    )
