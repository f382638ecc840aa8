"""What of the internet reaches an interface: a question about sets, answered once for all interfaces that stand and are guarded alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.iam.truth import Truth, any_of
from auditor.views.ingress import Opening
from auditor.views.network import acl, groups
from auditor.views.network.blocks import words
from auditor.views.network.bounds import EMPTY, Bounds
from auditor.views.network.flow import flow, number
from auditor.views.network.gateways import addressed, allowed_by_account, through_internet_gateway
from auditor.views.network.groups import Groups
from auditor.views.network.interface import Interface
from auditor.views.network.kinds import ANY_CLIENT
from auditor.views.network.naming import Gap
from auditor.views.network.packets import ADDRESSES, NOTHING, NUMBERS, PORTS, PROTOCOLS, Box, Interval, Packets
from auditor.views.network.party import INTERNET, Internet, party, public_addresses
from auditor.views.network.routing import shares
from auditor.views.network.served import served
from auditor.views.network.subnet import Subnet
from auditor.views.network.table import Way
from auditor.views.network.trace import Blocker, Trace
from auditor.views.network.traffic import ECHO, ECHO_REPLY, ICMP

_NAMES: Final = {value: name for name, value in NUMBERS.items() if name != "ipv6-icmp"}
_GATEWAYS: Final = ("aws_internet_gateway", "aws_internet_gateway_attachment")


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


@dataclass(frozen=True, slots=True)
class _Part:
    """The exposure in one IP family."""

    family: int
    connections: Bounds
    """Address by address."""
    most: Bounds
    """The same for the internet as a whole; see `_Routed`."""
    gaps: tuple[Gap, ...] = ()
    opened: tuple[Opened, ...] = ()


@dataclass(frozen=True, slots=True)
class Exposure:
    """What of the internet reaches an interface, and gets an answer."""

    interface: Interface
    graph: Graph = field(compare=False, repr=False)
    parts: tuple[_Part, ...] = field(compare=False, repr=False)

    @property
    def opened(self) -> tuple[Opened, ...]:
        """What arrives, rule by rule."""
        return tuple(it for part in self.parts for it in part.opened)

    @property
    def truth(self) -> Truth:
        """Whether anything at all of the internet arrives."""
        return any_of(True if part.connections.sure else None if part.connections.may else False for part in self.parts)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What is not known."""
        return tuple(it for part in self.parts for it in part.gaps)

    @property
    def missing(self) -> tuple[Blocker, ...]:
        """What keeps the internet away altogether: no address, no gateway, no route, no rule; empty where something may arrive."""
        if self.truth is not False:
            return ()
        families = [family for family in (4, 6) if family == 4 or self.interface.has(6) is not False]
        return tuple(it for family in families for it in flow(self.graph, INTERNET, self.interface, "tcp", None, family).blockers)

    def world(self, protocol: str, port: int, family: int | None = None) -> Truth:
        """Whether the whole internet, or half of it, gets an answer from a port."""
        return any_of(_reached(part, protocol, port, whole=True) for part in self.parts if family in (None, part.family))

    def some(self, protocol: str, port: int, family: int | None = None) -> Truth:
        """Whether any address of the internet gets an answer from a port."""
        return any_of(_reached(part, protocol, port, whole=False) for part in self.parts if family in (None, part.family))

    def ports(self, protocol: str = "tcp", family: int | None = None) -> tuple[Interval, ...]:
        """The ports that are certainly open to the whole internet."""
        found = [it for part in self.parts if family in (None, part.family) for it in _open_ports(part, number(protocol, part.family))]
        return _joined(found)

    def because(self, protocol: str, port: int) -> tuple[Node, ...]:
        """The places that open a port: what gives the address, the gateway, the entries, the rule, the route of the answers."""
        found = flow(self.graph, INTERNET, self.interface, protocol, port)
        return (self.interface.where, *dict.fromkeys(hop.where for hop in found.hops))


def exposure(graph: Graph, interface: Interface) -> Exposure:
    """What of the internet reaches an interface."""
    if interface.subnet is None:
        families = [family for family in (4, 6) if interface.has(family) is not False]
        gap = interface.gaps[0] if interface.gaps else Gap(interface.where, "its subnet is not known")
        return Exposure(interface, graph, tuple(_Part(family, _anything(family), _anything(family), (gap,)) for family in families))
    return Exposure(interface, graph, _parts(graph, interface, interface.subnet))


def _anything(family: int) -> Bounds:
    return Bounds(NOTHING, Packets(((PROTOCOLS, ADDRESSES[family], PORTS, PORTS),)))


def _parts(graph: Graph, interface: Interface, subnet: Subnet) -> tuple[_Part, ...]:
    cache = graph.__dict__.setdefault("_network_exposure", {})
    own = interface.resource if served(graph, interface.resource) is not None else None
    key = (subnet.resource, interface.groups, interface.public, interface.ipv6, own)
    if key not in cache:
        cache[key] = tuple(_part(graph, interface, subnet, family) for family in (4, 6))
    found: tuple[_Part, ...] = cache[key]
    return found


def _part(graph: Graph, interface: Interface, subnet: Subnet, family: int) -> _Part:
    trace = Trace(graph, NUMBERS["tcp"], family, PORTS)
    through_internet_gateway(trace, subnet)
    addressed(trace, party(interface, family, graph))
    allowed_by_account(trace, subnet, inbound=True)
    if trace.blockers:
        return _Part(family, EMPTY, EMPTY)
    routed = _routed(subnet, family)
    guards, back = (acl.permits(subnet.acl, graph, direction, family, (), ()) for direction in ("ingress", "egress"))
    admitted = groups.permits(interface.groups, graph, "ingress", family)
    found = guards & admitted & back.answers & _clients(family)
    if (serves := served(graph, interface.resource)) is not None:
        found &= serves.bounds(family)
        trace.unknown(*serves.gaps)
    if trace.gaps:
        found = Bounds(NOTHING, found.may)
    exact, most = found & routed.exact, found & routed.most
    gaps = (*trace.gaps, *routed.gaps, *subnet.acl.gaps, *interface.groups.gaps)
    return _Part(family, exact, most, gaps if exact.sure != exact.may else (), tuple(_opened(graph, interface.groups, family, most)))


@dataclass(frozen=True, slots=True)
class _Routed:
    """The connections whose answers go to an internet gateway: `exact` address by address, `most` as far as half of the internet goes.

    A route whose destination is not known takes at most half of what a default route has.
    """

    exact: Bounds
    most: Bounds
    gaps: tuple[Gap, ...]


def _routed(subnet: Subnet, family: int) -> _Routed:
    found = shares(subnet, party(INTERNET, family, subnet.graph))
    whole = Packets(((PROTOCOLS, ADDRESSES[family], PORTS, PORTS),))
    gaps = list(subnet.table.gaps)
    sure, may = NOTHING, whole if gaps else NOTHING
    for addresses, way in found.taken:
        boxes = Packets(tuple((PROTOCOLS, it, PORTS, PORTS) for it in addresses))
        public = _is_public(way) if way is not None else False
        sure |= boxes if public else NOTHING
        may |= boxes if public is not False else NOTHING
        if public is None and way is not None:
            gaps += way.target.gaps or (Gap(way.where, f"what lies behind {way.words} is not declared here"),)
    if subnet.table.gaps:
        sure = NOTHING
    exact = sure
    for way in found.doubtful:
        block = way.block
        boxes = whole if block.addresses is None else Packets(((PROTOCOLS, block.addresses, PORTS, PORTS),))
        public = _is_public(way)
        exact -= NOTHING if public else boxes
        may |= NOTHING if public is False else boxes
        gaps.append(way.loose or Gap(way.where, f"a route to {way.words} whose destination is not known: {block.reason}"))
    return _Routed(Bounds(exact, may), Bounds(sure, may), tuple(gaps))


def _is_public(way: Way) -> Truth:
    """Whether a route leads to an internet gateway."""
    if way.dead or way.kind not in ("gateway_id", ""):
        return False
    if any(it.kind in _GATEWAYS for it in way.target.declared):
        return True
    return False if way.target.one is not None else None


@lru_cache(maxsize=2)
def _clients(family: int) -> Bounds:
    """Connections as hosts of the internet open them, seen from the interface: from ephemeral ports, an echo's answer with its own type."""
    icmp = ICMP[family]
    made: list[Box] = []
    for addresses in public_addresses(family):
        made += [((one, one), addresses, ANY_CLIENT, PORTS) for one in (6, 17)]
        made.append(((icmp, icmp), addresses, (ECHO_REPLY[family],) * 2, (ECHO[family],) * 2))
        made += [((low, high), addresses, PORTS, PORTS) for low, high in _without((6, 17, icmp))]
    found = Packets(tuple(made))
    return Bounds(found, found)


def _without(taken: Iterable[int]) -> list[Interval]:
    edges = [-1, *sorted(taken), 256]
    return [(low + 1, high - 1) for low, high in pairwise(edges) if low + 1 <= high - 1]


def _reached(part: _Part, protocol: str, port: int, *, whole: bool) -> Truth:
    of = number(protocol, part.family)
    if of == ICMP[part.family]:
        port = ECHO[part.family]
    enough, found = (_enough(part.family), part.most) if whole else (1, part.connections)
    if _most(found.sure, of, port) >= enough:
        return True
    return None if _most(found.may, of, port) >= enough else False


def _enough(family: int) -> int:
    return (sum(last - first + 1 for first, last in public_addresses(family)) + 1) // 2


def _most(packets: Packets, protocol: int, port: int) -> int:
    """How many addresses, at the best source port, reach a port."""
    fitting = Packets(tuple(it for it in packets.boxes if it[0][0] <= protocol <= it[0][1] and it[3][0] <= port <= it[3][1]))
    return max((size for _, size in fitting.answers.by_port(PORTS)), default=0)


def _open_ports(part: _Part, protocol: int) -> list[Interval]:
    sure = part.most.sure
    edges = sorted({edge for it in sure.boxes for edge in (it[3][0], it[3][1] + 1)})
    enough = _enough(part.family)
    return [(low, after - 1) for low, after in pairwise(edges) if _most(sure, protocol, low) >= enough]


def _opened(graph: Graph, held: Groups, family: int, found: Bounds) -> Iterable[Opened]:
    if held.none:
        yield from _summed(family, found, None, None)
    for it in groups.all_passes(held, graph, "ingress"):
        matched = groups.matched(it, family, groups.NOBODY)
        part = Bounds(found.sure & Packets.of(matched.inner), found.may & Packets.of(matched.outer))
        yield from _summed(family, part, it.opening, it.holder)


def _summed(family: int, found: Bounds, opening: Opening | None, holder: Resource | None) -> Iterable[Opened]:
    """One entry for each protocol and range of ports."""
    for sure, packets in ((True, found.sure), (False, found.may - found.sure)):
        grouped: dict[tuple[str, Interval], set[Interval]] = {}
        for (low, high), addresses, _, ports in packets.boxes:
            name = _NAMES.get(low, str(low)) if low == high else "all" if (low, high) == PROTOCOLS else ""
            if name or low == 0:
                grouped.setdefault((name or "all", ports), set()).add(addresses)
        for (name, ports), addresses_of in sorted(grouped.items()):
            size = sum(last - first + 1 for first, last in addresses_of)
            yield Opened(family, name, ports, _sources(opening, family, addresses_of), size >= _enough(family), sure, opening, holder)


def _sources(opening: Opening | None, family: int, addresses: set[Interval]) -> str:
    if opening is not None and isinstance(opening.peer.data, str):
        return opening.peer_words
    if sum(last - first + 1 for first, last in addresses) >= _enough(family):
        return "0.0.0.0/0" if family == 4 else "::/0"
    return ", ".join(words(family, it) for it in sorted(addresses)) if opening is None else opening.kind


def _joined(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    found: list[Interval] = []
    for low, high in sorted(intervals):
        if found and found[-1][1] + 1 >= low:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return tuple(found)


__all__ = ["Exposure", "Internet", "Opened", "exposure"]
