"""What of the internet reaches an interface: a question about sets, answered once for all interfaces that stand and are guarded alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import pairwise
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.views.cache import of_graph, per_graph
from auditor.views.iam.truth import Truth, any_of
from auditor.views.ingress import Direction
from auditor.views.network import acl, groups
from auditor.views.network.bounds import EMPTY, Bounds
from auditor.views.network.flow import flow, number
from auditor.views.network.gates import doubts
from auditor.views.network.gateways import addressed, allowed_by_account, through_internet_gateway
from auditor.views.network.groups import Groups
from auditor.views.network.interface import Interface
from auditor.views.network.kinds import ANY_CLIENT
from auditor.views.network.naming import Gap
from auditor.views.network.opened import Opened, half, internet, opened, public_size
from auditor.views.network.packets import ADDRESSES, NOTHING, NUMBERS, PORTS, PROTOCOLS, Box, Interval, Packets, joined
from auditor.views.network.party import INTERNET, party
from auditor.views.network.routing import shares
from auditor.views.network.served import served
from auditor.views.network.subnet import Subnet
from auditor.views.network.table import Way
from auditor.views.network.trace import Blocker, Trace
from auditor.views.network.traffic import ECHO, ECHO_REPLY, ICMP

_GATEWAYS: Final = ("aws_internet_gateway", "aws_internet_gateway_attachment", "aws_default_vpc")


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """The exposure in one IP family."""

    family: int
    connections: Bounds
    """Address by address; also private ones, which count for nothing."""
    most: Bounds
    """The same for the internet as a whole; see `_Routed`."""
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class Exposure:
    """What of the internet reaches an interface, and gets an answer."""

    interface: Interface
    graph: Graph = field(compare=False, repr=False)
    parts: tuple[_Part, ...] = field(compare=False, repr=False)

    @property
    def opened(self) -> tuple[Opened, ...]:
        """What arrives, rule by rule."""
        return tuple(it for part in self.parts for it in _opened(part, self.interface.groups, self.graph))

    @property
    def truth(self) -> Truth:
        """Whether anything at all of the internet arrives."""
        return any_of(_any(part) for part in self.parts)

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
        return joined(found)

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
    cache: dict[object, tuple[_Part, ...]] = of_graph(graph, f"{__name__}._parts", dict)
    own = interface.resource if served(graph, interface.resource) is not None else None
    key = (subnet.resource, interface.groups, interface.public, interface.ipv6, own)
    if key not in cache:
        cache[key] = tuple(_part(graph, interface, subnet, family) for family in (4, 6))
    return cache[key]


def _part(graph: Graph, interface: Interface, subnet: Subnet, family: int) -> _Part:
    trace = Trace(graph, NUMBERS["tcp"], family, PORTS)
    through_internet_gateway(trace, subnet)
    addressed(trace, party(interface, family, graph))
    allowed_by_account(trace, subnet, inbound=True)
    if trace.blockers:
        return _Part(family, EMPTY, EMPTY)
    routed, passing = _passing(graph, subnet, family)
    found = passing & groups.permits(interface.groups, graph, "ingress", family)
    if (serves := served(graph, interface.resource)) is not None:
        found &= serves.bounds(family)
        trace.unknown(*serves.gaps)
    if trace.gaps:
        found = Bounds(NOTHING, found.may)
    exact = found & routed.exact
    most = exact if routed.most == routed.exact else found & routed.most
    gaps: tuple[Gap, ...] = ()
    if exact.sure != exact.may:
        gaps = (*trace.gaps, *routed.gaps, *doubts(graph, interface, subnet, family))
    return _Part(family, exact, most, gaps)


@per_graph
def _passing(graph: Graph, subnet: Subnet, family: int) -> tuple[_Routed, Bounds]:
    """The connections that the ACL of a subnet lets through both ways, for all of its interfaces."""
    there, back = (acl.permits(subnet.acl, graph, direction, family, (), ()) for direction in _DIRECTIONS)
    return _routed(subnet, family), there & back.answers & _clients(family)


_DIRECTIONS: Final[tuple[Direction, Direction]] = ("ingress", "egress")


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
    if sure == may:
        sure = may  # one object: nothing is left open
    return _Routed(Bounds(sure if exact == sure else exact, may), Bounds(sure, may), tuple(gaps))


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
    icmp, every = ICMP[family], ADDRESSES[family]
    made: list[Box] = [((one, one), every, ANY_CLIENT, PORTS) for one in (6, 17)]
    made.append(((icmp, icmp), every, (ECHO_REPLY[family],) * 2, (ECHO[family],) * 2))
    made += [((low, high), every, PORTS, PORTS) for low, high in _without((6, 17, icmp))]
    found = Packets(tuple(made))
    return Bounds(found, found)


def _without(taken: Iterable[int]) -> list[Interval]:
    edges = [-1, *sorted(taken), 256]
    return [(low + 1, high - 1) for low, high in pairwise(edges) if low + 1 <= high - 1]


@per_graph
def _opened(part: _Part, held: Groups, graph: Graph) -> tuple[Opened, ...]:
    return tuple(opened(graph, held, part.family, part.most))


def _any(part: _Part) -> Truth:
    everybody = internet(part.family)
    return True if part.connections.sure & everybody else None if part.connections.may & everybody else False


def _reached(part: _Part, protocol: str, port: int, *, whole: bool) -> Truth:
    of = number(protocol, part.family)
    if of == ICMP[part.family]:
        port = ECHO[part.family]
    enough, found = (half(part.family), part.most) if whole else (1, part.connections)
    if _most(found.sure, of, port, part.family) >= enough:
        return True
    return None if _most(found.may, of, port, part.family) >= enough else False


def _most(packets: Packets, protocol: int, port: int, family: int) -> int:
    """How many addresses, at the best source port, reach a port."""
    fitting = Packets(tuple(it for it in packets.boxes if it[0][0] <= protocol <= it[0][1] and it[3][0] <= port <= it[3][1]))
    return max((size for _, size in fitting.answers.by_port(PORTS, partial(public_size, family))), default=0)


def _open_ports(part: _Part, protocol: int) -> list[Interval]:
    sure = part.most.sure
    edges = sorted({edge for it in sure.boxes for edge in (it[3][0], it[3][1] + 1)})
    enough = half(part.family)
    return [(low, after - 1) for low, after in pairwise(edges) if _most(sure, protocol, low, part.family) >= enough]


__all__ = ["Exposure", "Opened", "exposure"]
