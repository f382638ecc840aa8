"""What is noted on the way of a packet: hops, everything that blocks it, and what is not known."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.value import MISSING, Value
from auditor.views.iam.truth import Truth
from auditor.views.network.naming import Gap
from auditor.views.network.packets import Interval

Way: TypeAlias = Literal["forward", "return"]


class Code(enum.StrEnum):
    """What kind of thing blocks."""

    GROUP_EGRESS = "group-egress"
    GROUP_INGRESS = "group-ingress"
    ACL_EGRESS = "acl-egress"
    ACL_INGRESS = "acl-ingress"
    NO_ROUTE = "no-route"
    WRONG_ROUTE = "wrong-route"
    BLACKHOLE = "blackhole"
    NO_PUBLIC_ADDRESS = "no-public-address"
    NO_GATEWAY = "no-gateway"
    GATEWAY_ELSEWHERE = "gateway-elsewhere"
    NAT_WITHOUT_WAY_OUT = "nat-without-way-out"
    PEERING_NOT_ACTIVE = "peering-not-active"
    NO_TRANSIT = "no-transit"
    TGW_NOT_ATTACHED = "tgw-not-attached"
    TGW_ZONE_MISSING = "tgw-zone-missing"
    TGW_NOT_ASSOCIATED = "tgw-not-associated"
    TGW_NO_ROUTE = "tgw-no-route"
    CHECK_ON = "check-on"
    PUBLIC_ACCESS_BLOCKED = "public-access-blocked"
    EGRESS_ONLY = "egress-only"
    LOOP = "loop"
    NO_LISTENER = "no-listener"


@dataclass(frozen=True, slots=True)
class Hop:
    """Something that the packet passes; `resource` is None for what AWS made and for the internet."""

    resource: Resource | None
    where: Node = field(compare=False)
    words: str
    direction: Way


@dataclass(frozen=True, slots=True)
class Blocker:
    """Something that stops the packet, or (`partial`) some of the connections."""

    resource: Resource | None
    where: Node = field(compare=False)
    direction: Way
    code: Code
    reason: str
    fix: str
    partial: bool = False


def lacking(resource: Resource, attribute: str) -> Node:
    """Where something should be written and is not: the attribute, at the block that lacks it."""
    return Node(Value(MISSING, resource.body.value_.place), attribute)


@dataclass
class Trace:
    """The notes of one walk, in one direction."""

    graph: Graph
    protocol: int
    family: int
    ports: Interval
    direction: Way = "forward"
    any_port: bool = False
    hops: list[Hop] = field(default_factory=list)
    blockers: list[Blocker] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def passes(self, resource: Resource | None, where: Node, words: str) -> None:
        """Note a hop."""
        self.hops.append(Hop(resource, where, words, self.direction))

    def blocked(self, resource: Resource | None, where: Node, code: Code, reason: str, fix: str, *, partial: bool = False) -> None:
        """Note what blocks; the walk goes on as if it did not."""
        self.blockers.append(Blocker(resource, where, self.direction, code, reason, fix, partial))

    def unknown(self, *gaps: Gap) -> None:
        """Note what is not known."""
        self.gaps += gaps

    @property
    def truth(self) -> Truth:
        """Whether the packet arrives."""
        if any(not it.partial for it in self.blockers):
            return False
        return None if self.gaps else True

    def words(self, ports: Interval | None = None) -> str:
        """The protocol and ports for people."""
        low, high = ports or self.ports
        name = {6: "tcp", 17: "udp", 1: "icmp", 58: "icmpv6"}.get(self.protocol, f"protocol {self.protocol}")
        if self.protocol not in (6, 17) or (low, high) == (0, 65535):
            return name
        return f"{name} {low}" if low == high else f"{name} {low}-{high}"
