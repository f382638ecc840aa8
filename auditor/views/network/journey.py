"""The state of a packet on its way: between whom, across which borders, and with which addresses so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from auditor.views.network.gates import through_acl
from auditor.views.network.naming import Gap
from auditor.views.network.party import Party
from auditor.views.network.subnet import Subnet
from auditor.views.network.table import Way
from auditor.views.network.trace import Code, Trace

Next: TypeAlias = "Subnet | None"
"""The subnet from which the packet goes on; None when it has arrived, or is lost."""


@dataclass(frozen=True, slots=True)
class Leg:
    """A part of the way on which the packet keeps its source address; it begins in the subnet `start`, or outside of every VPC."""

    source: Party
    start: Subnet | None


@dataclass
class Journey:
    """One packet. `crossed` are the kinds of borders behind it; `legs` the parts into which NAT cut its way."""

    trace: Trace
    source: Party
    target: Party
    crossed: list[str] = field(default_factory=list)
    legs: list[Leg] = field(default_factory=list)

    @property
    def back(self) -> bool:
        """Whether it is an answer."""
        return self.trace.direction == "return"

    @property
    def out(self) -> bool:
        """Whether it goes to the internet."""
        return self.target.subnet is None and not self.target.outside

    def enter(self, subnet: Subnet, here: Subnet) -> None:
        """Into a subnet, through its ACL unless it is the one where the packet is."""
        if subnet.resource != here.resource:
            through_acl(self.trace, subnet, "ingress", self.source)

    def deliver(self) -> Next:
        """Into the subnet of the target, from another one."""
        if self.target.subnet is not None:
            through_acl(self.trace, self.target.subnet, "ingress", self.source)
        return None

    def lost(self, *gaps: Gap) -> Next:
        """Nobody knows where it is; what is certain about its target is noted still."""
        self.trace.unknown(*gaps[:1])
        return self.deliver()

    def wrong(self, here: Subnet, way: Way, reason: str) -> Next:
        """The route leads where the target is not."""
        fix = f"add a more specific route to {self.target.addressed} to {here.table.words}"
        self.trace.blocked(way.resource, way.where, Code.WRONG_ROUTE, reason, fix)
        return self.deliver()
