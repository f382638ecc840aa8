"""Which rules of security groups let the internet in, of what really arrives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.ingress import Opening
from auditor.views.network import groups
from auditor.views.network.blocks import words
from auditor.views.network.bounds import Bounds
from auditor.views.network.groups import Groups
from auditor.views.network.packets import NOTHING, NUMBERS, PORTS, PROTOCOLS, Interval, Packets
from auditor.views.network.party import public_addresses

_NAMES: Final = {value: name for name, value in NUMBERS.items() if name != "ipv6-icmp"}


@dataclass(frozen=True, slots=True)
class Opened:
    """What one rule of a security group lets in that really arrives: ports of a protocol for addresses of the internet."""

    family: int
    protocol: str
    """`tcp`, `udp`, `icmp` ..., `all`, or a number."""
    ports: Interval
    sources: str
    anywhere: bool
    """Whether it is half of the internet or more."""
    sure: bool
    opening: Opening | None = field(compare=False)
    holder: Resource | None = None
    """The resource in which the rule is written."""


@lru_cache(maxsize=2)
def internet(family: int) -> Packets:
    """All packets of the internet."""
    return Packets(tuple((PROTOCOLS, it, PORTS, PORTS) for it in public_addresses(family)))


@lru_cache(maxsize=65536)
def public_size(family: int, addresses: Interval) -> int:
    """How many of some addresses are of the internet."""
    low, high = addresses
    return sum(max(0, min(high, last) - max(low, first) + 1) for first, last in public_addresses(family))


@lru_cache(maxsize=2)
def half(family: int) -> int:
    """How many addresses are the internet, for all that it matters."""
    return (sum(last - first + 1 for first, last in public_addresses(family)) + 1) // 2


def opened(graph: Graph, held: Groups, family: int, found: Bounds) -> Iterator[Opened]:
    """What arrives, rule by rule of the groups of an interface."""
    everybody = internet(family)
    if held.none:
        yield from _summed(family, Bounds(found.sure & everybody, found.may & everybody), None, None)
    for it in groups.all_passes(held, graph, "ingress"):
        matched = groups.matched(it, family, groups.NOBODY)
        inner, outer = Packets.of(matched.inner) & everybody, Packets.of(matched.outer) & everybody
        yield from _summed(family, Bounds(found.sure & inner, found.may & outer), it.opening, it.holder)


def _summed(family: int, found: Bounds, opening: Opening | None, holder: Resource | None) -> Iterator[Opened]:
    """One entry for each protocol and range of ports."""
    for sure, packets in ((True, found.sure), (False, NOTHING if found.sure == found.may else found.may - found.sure)):
        grouped: dict[tuple[str, Interval], set[Interval]] = {}
        for (low, high), addresses, _, ports in packets.boxes:
            name = _NAMES.get(low, str(low)) if low == high else "all" if low == 0 else ""
            if name:
                grouped.setdefault((name, ports), set()).add(addresses)
        for (name, ports), addresses_of in sorted(grouped.items()):
            anywhere = sum(last - first + 1 for first, last in addresses_of) >= half(family)
            yield Opened(family, name, ports, _sources(opening, family, addresses_of, anywhere=anywhere), anywhere, sure, opening, holder)


def _sources(opening: Opening | None, family: int, addresses: set[Interval], *, anywhere: bool) -> str:
    if opening is not None and isinstance(opening.peer.data, str):
        return opening.peer_words
    if anywhere:
        return "0.0.0.0/0" if family == 4 else "::/0"
    return ", ".join(words(family, it) for it in sorted(addresses)) if opening is None else opening.kind
