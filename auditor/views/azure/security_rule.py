"""Rules of network security groups, one record for each rule and address, whether written inside of the group or beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.address_range import is_anywhere
from auditor.views.decide import every, some
from auditor.views.ports import KNOWN, RDP, SSH, WEB

RULES: Final = "azurerm_network_security_group azurerm_network_security_rule"
HTTP: Final = 80
INTERNAL: Final = tuple(sorted({*KNOWN, 25, 53, 110, 143, 161, 389, 636} - {SSH, RDP, *WEB}))
"""Ports of services that are made for internal networks: databases, file sharing, consoles, mail, names, directories."""

_FAR_APART: Final = (1, 1024, 30000, 65535)
_EVERYBODY: Final = frozenset({"*", "internet", "any", "0.0.0.0", "/0"})  # noqa: S104 - addresses to look for, not to listen on


@dataclass(frozen=True, slots=True)
class Opening:
    """What one rule allows between the group and one address, service tag or `*`."""

    rule: Node
    peer: Node
    outbound: bool = False

    @property
    def where(self) -> Node:
        """The place of the opening."""
        return self.peer

    @property
    def allowed(self) -> bool:
        """Whether the rule allows traffic in the direction that was asked for."""
        direction = "outbound" if self.outbound else "inbound"
        return every(lambda: _word(self.rule, "access") == "allow", lambda: _word(self.rule, "direction") == direction)

    @property
    def anywhere(self) -> bool:
        """Whether the peer is the whole internet."""
        return is_everybody(self.peer.text)

    def about(self, *protocols: str) -> bool:
        """Whether the rule is about one of these protocols, or about all."""
        return _word(self.rule, "protocol") in (*protocols, "*", "any", "")

    def lets(self, port: int) -> bool:
        """Whether the rule is about a port of the destination."""
        return some(*(lambda node=node: _covers(node.text or "", port) for node in _ports(self.rule)))

    @property
    def every_port(self) -> bool:
        """Whether the rule allows the whole internet to use every TCP port."""
        return every(
            lambda: self.allowed,
            lambda: self.anywhere,
            lambda: self.about("tcp"),
            lambda: all(self.lets(port) for port in _FAR_APART),
        )

    @property
    def only_udp(self) -> bool:
        """Whether the rule allows the whole internet to use UDP and nothing else."""
        return every(lambda: self.allowed, lambda: self.anywhere, lambda: _word(self.rule, "protocol") == "udp")

    def world(self, protocol: str, *ports: int) -> bool:
        """Whether the rule allows the whole internet to use one of these ports."""
        return every(
            lambda: self.allowed,
            lambda: self.anywhere,
            lambda: self.about(protocol),
            lambda: some(*(lambda port=port: self.lets(port) for port in ports)),
        )


def is_everybody(address: str | None) -> bool:
    """Whether an address, range or service tag stands for the whole internet."""
    text = (address or "").lower()
    return text in _EVERYBODY or is_anywhere(text)


def inbound(resource: Resource, _graph: Graph) -> Iterator[Opening]:
    """The rules with the addresses that they let in."""
    for rule in _rules(resource):
        for peer in _peers(rule, "source"):
            yield Opening(rule, peer)


def outbound(resource: Resource, _graph: Graph) -> Iterator[Opening]:
    """The rules with the addresses that they let out to."""
    for rule in _rules(resource):
        for peer in _peers(rule, "destination"):
            yield Opening(rule, peer, outbound=True)


def _rules(resource: Resource) -> Iterator[Node]:
    if resource.kind == "azurerm_network_security_rule":
        yield resource.body
    else:
        yield from resource.body.each("security_rule")


def _peers(rule: Node, side: str) -> Iterator[Node]:
    if rule.unknown:
        yield rule
        return
    for name in (f"{side}_address_prefix", f"{side}_address_prefixes"):
        yield from rule.each(name)


def _ports(rule: Node) -> Iterator[Node]:
    for name in ("destination_port_range", "destination_port_ranges"):
        yield from rule.each(name)


def _word(rule: Node, name: str) -> str:
    return (rule.at(name).text or "").lower()


def _covers(ports: str, port: int) -> bool:
    """Whether `*`, `22` or `20-25` holds a port."""
    if ports == "*":
        return True
    first, _, last = ports.replace(" ", "").partition("-")
    return first.isdigit() and (last or first).isdigit() and int(first) <= port <= int(last or first)
