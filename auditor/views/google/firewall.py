"""Firewall rules of Google Cloud, of VPC networks and of firewall policies: what they open, and to whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.node import Node, Undecided
from auditor.views.address_range import is_anywhere

KINDS: Final = (
    "google_compute_firewall google_compute_firewall_policy_rule"
    " google_compute_network_firewall_policy_rule google_compute_region_network_firewall_policy_rule"
)

_ANY_WRITTEN: Final = frozenset({"0.0.0.0", "::", "::0"})  # noqa: S104 - nothing binds to it
"""What people write for everywhere and forget the prefix of."""
_TCP: Final = frozenset({"tcp", "6", "all"})
_LAST_PORT: Final = 65535


@dataclass(frozen=True, slots=True)
class Ports:
    """The ports `first` to `last` of a protocol, and the node that says so."""

    node: Node
    protocol: str
    first: int
    last: int

    @property
    def count(self) -> int:
        """How many ports it spans."""
        return self.last - self.first + 1

    @property
    def carries_tcp(self) -> bool:
        """Whether TCP is among what it opens."""
        return self.protocol in _TCP

    @property
    def all(self) -> bool:
        """Whether it leaves no port out."""
        return self.first <= 1 and self.last >= _LAST_PORT


@dataclass(frozen=True, slots=True)
class Firewall:
    """A firewall rule, or a rule of a firewall policy, which says the same in a `match` block. Readers may raise `Undecided`."""

    body: Node

    @property
    def enforced(self) -> bool:
        """Whether it is in force: a disabled rule is kept, and does nothing."""
        return self.body.at("disabled").missing or self.body.at("disabled").flag is not True

    @property
    def incoming(self) -> bool:
        """Whether it is about traffic to the machines; that is what a rule without a direction is."""
        direction = self.body.at("direction")
        return direction.missing or (direction.text or "INGRESS").upper() != "EGRESS"

    @property
    def allows(self) -> bool:
        """Whether it lets anything through."""
        return self.body.at("allow").present or self._policy_allows

    @property
    def _policy_allows(self) -> bool:
        return self.body.at("match").present and self.body.at("action").text == "allow"

    @property
    def targeted(self) -> bool:
        """Whether it holds for chosen machines only, not for all of the network."""
        return any(self.body.at(path).present for path in ("target_tags", "target_service_accounts", "target_secure_tags"))

    @property
    def on_every_machine(self) -> bool:
        """Whether it certainly holds for all of the network; never undecided, so that a rule for the others need not be."""
        try:
            return not self.targeted
        except Undecided:
            return False

    def anywhere(self) -> Iterator[Node]:
        """The source ranges (destination ranges of an outgoing rule) that are the whole internet; those that are known first."""
        paths = ("source_ranges", "match.src_ip_ranges") if self.incoming else ("destination_ranges", "match.dest_ip_ranges")
        for path in paths:
            yield from (node for node in self.body.each(path) if node.text in _ANY_WRITTEN or is_anywhere(node.text))

    def allowed(self) -> Iterator[Ports]:
        """What it opens."""
        for block in self.body.each("allow"):
            yield from _opened(block, block.at("protocol"))
        if self._policy_allows:
            for block in self.body.each("match.layer4_configs"):
                yield from _opened(block, block.at("ip_protocol"))

    def opens(self, port: int) -> Iterator[Ports]:
        """What of it lets a TCP connection to that port in, apart from what leaves no port out: rules of their own tell that."""
        return (ports for ports in self.allowed() if ports.carries_tcp and not ports.all and ports.first <= port <= ports.last)

    def opens_all(self) -> Iterator[Ports]:
        """What of it lets TCP connections to every port in."""
        return (ports for ports in self.allowed() if ports.carries_tcp and ports.all)


def open_to_world(body: Node) -> Node | None:
    """The source range that is the whole internet, of an incoming rule that is in force; None for any other rule."""
    firewall = Firewall(body)
    if not firewall.incoming or not firewall.allows:
        return None
    source = next(firewall.anywhere(), None)
    return source if source is not None and firewall.enforced else None


def _opened(block: Node, named: Node) -> Iterator[Ports]:
    """What a block opens: its ports, or all of its protocol where it lists none."""
    protocol, listed = (named.text or "").lower(), block.at("ports")
    if not protocol:
        return
    if listed.missing:
        yield Ports(named, protocol, 0, _LAST_PORT)
        return
    for node in listed.each():
        yield from _ports(node, protocol)


def _ports(node: Node, protocol: str) -> Iterator[Ports]:
    """A port or a range of ports as text or number; nothing for any other text."""
    first, _, last = (node.text or "").partition("-")
    if first.strip().isdigit() and (not last or last.strip().isdigit()):
        yield Ports(node, protocol, int(first), int(last or first))
