"""Where a subnet sends a packet: the longest prefix wins, what is made by hand before what is announced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from auditor.views.iam.truth import Truth
from auditor.views.network.blocks import A_NETWORK, prefix_length
from auditor.views.network.naming import Gap
from auditor.views.network.packets import Interval
from auditor.views.network.party import Party
from auditor.views.network.subnet import Subnet
from auditor.views.network.table import Way
from auditor.views.network.vpc import ranges

_INSIDE: Final = ("network_interface_id", "instance_id", "vpc_endpoint_id", "nat_gateway_id", "")
"""What a route inside of a VPC may lead to: AWS refuses others that are more specific than the VPC's own."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The route that a packet takes: `way` None is the VPC's own when `local`, else there is none. `gaps` say why it may be another one."""

    way: Way | None
    local: bool = False
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    addresses: tuple[Interval, ...]
    length: int
    way: Way | None
    propagated: bool = False

    @property
    def order(self) -> tuple[int, bool, bool]:
        """The longest first; the VPC's own before others, what is announced last."""
        return (-self.length, self.way is not None, self.propagated)


def lookup(subnet: Subnet, target: Party) -> Chosen:
    """The route that packets from a subnet to `target` take."""
    inside: Truth = target.vpc is not None and subnet.vpc.same(target.vpc)
    candidates, doubtful = _candidates(subnet, target, inside=inside is True)
    taken = _split(target.ranges, candidates)
    _, chosen = max(taken, key=lambda it: _size(it[0]), default=((), None))
    gaps = list(subnet.table.gaps)
    if inside is None and target.vpc is not None:
        gaps.append(Gap(target.vpc.where, f"whether {target.vpc.words} is {subnet.vpc.words} is not known"))
    if not target.majority and len({_way(candidate) for _, candidate in taken}) > 1:
        gaps.append(target.gap or Gap(subnet.table.where, f"which address {target.words} has decides over its route"))
    gaps += _overtaking(chosen, doubtful, target)
    if chosen is None:
        return Chosen(None, gaps=tuple(gaps))
    return Chosen(chosen.way, chosen.way is None, tuple(gaps))


@dataclass(frozen=True, slots=True)
class Shares:
    """Which of some addresses take which route (None: no route, or the VPC's own), and the routes that may take some of them."""

    taken: tuple[tuple[tuple[Interval, ...], Way | None], ...]
    doubtful: tuple[Way, ...]


def shares(subnet: Subnet, target: Party) -> Shares:
    """Where a subnet sends packets to the many addresses of `target`, which is outside of every VPC."""
    candidates, doubtful = _candidates(subnet, target, inside=False)
    taken = _split(target.ranges, candidates)
    found = tuple((addresses, None if candidate is None else candidate.way) for addresses, candidate in taken)
    return Shares(found, tuple(way for way in doubtful if not way.block.service))


def _size(addresses: tuple[Interval, ...]) -> int:
    return sum(last - first + 1 for first, last in addresses)


def _way(candidate: _Candidate | None) -> object:
    return None if candidate is None else (candidate.way.kind, candidate.way.target) if candidate.way is not None else "local"


def _candidates(subnet: Subnet, target: Party, *, inside: bool) -> tuple[list[_Candidate], list[Way]]:
    """The routes that fit, and those of which it is not known."""
    own, _ = ranges(subnet.vpc, subnet.graph, target.family)
    if inside:
        length = min((prefix_length(it, target.family) for it in own), default=A_NETWORK)
        found = [_Candidate(target.ranges, length, None)]
    else:
        found = [_Candidate((it,), prefix_length(it, target.family), None) for it in own] if target.vpc is None else []
    doubtful = []
    for way in subnet.table.ways:
        block = way.block
        if block.family not in (None, target.family):
            continue
        if inside and way.kind not in (*_INSIDE, "local"):
            continue
        if way.loose is not None:
            doubtful.append(way)
        elif block.addresses is not None:
            found.append(_Candidate((block.addresses,), block.length, None if way.kind == "local" else way, way.propagated))
        elif block.of is not None and block.of in target.networks:
            found.append(_Candidate(target.ranges, A_NETWORK, way, way.propagated))
        else:
            doubtful.append(way)
    return sorted(found, key=lambda it: it.order), doubtful


def _split(rest: tuple[Interval, ...], candidates: list[_Candidate]) -> list[tuple[tuple[Interval, ...], _Candidate | None]]:
    """Which of the addresses each route takes; at the end, those that no route takes."""
    found: list[tuple[tuple[Interval, ...], _Candidate | None]] = []
    left = rest
    for candidate in candidates:
        taken = tuple((max(a, c), min(b, d)) for a, b in left for c, d in candidate.addresses if max(a, c) <= min(b, d))
        if taken:
            found.append((taken, candidate))
            for other in candidate.addresses:
                left = tuple(piece for one in left for piece in _cut(one, other))
    return [*found, (left, None)] if left else found


def _cut(one: Interval, other: Interval) -> list[Interval]:
    low, high = max(one[0], other[0]), min(one[1], other[1])
    if low > high:
        return [one]
    return [it for it in ((one[0], low - 1), (high + 1, one[1])) if it[0] <= it[1]]


def _overtaking(chosen: _Candidate | None, doubtful: list[Way], target: Party) -> list[Gap]:
    """Routes that would take the packet if they are what they may be."""
    for way in doubtful:
        block = way.block
        if chosen is not None:
            if chosen.way is None and way.propagated:
                continue
            if target.majority and chosen.length <= 1:
                continue  # half of the internet goes where the default route leads, whatever is more specific
            if way.propagated and chosen.length == 32:
                continue
            if chosen.way is not None and _way(chosen) == (way.kind, way.target):
                continue
            if block.addresses is not None and block.length < chosen.length:
                continue
        if block.service and not (target.vpc is None and not target.majority and not target.outside):
            continue
        if block.addresses is not None and not any(_overlap(block.addresses, it) for it in target.ranges):
            continue
        return [way.loose or Gap(way.where, f"a route to {way.words} whose destination is not known: {block.reason}")]
    return []


def _overlap(one: Interval, other: Interval) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
