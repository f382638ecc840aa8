"""Sets of packets: disjoint boxes over protocol, address, source port and destination port, of one IP family.

The address is that of the far end: who sends what comes in, who gets what goes out. The ports of ICMP are its types: what asks has its
type as destination port. Other protocols have every port.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

Interval: TypeAlias = tuple[int, int]
"""First and last, both part of it."""
Box: TypeAlias = tuple[Interval, Interval, Interval, Interval]
"""Protocols, addresses, source ports, destination ports."""

PROTOCOLS: Final = (0, 255)
PORTS: Final = (0, 65535)
ADDRESSES: Final = {4: (0, 2**32 - 1), 6: (0, 2**128 - 1)}
NUMBERS: Final = {
    "icmp": 1,
    "igmp": 2,
    "ipip": 4,
    "tcp": 6,
    "udp": 17,
    "gre": 47,
    "esp": 50,
    "ah": 51,
    "icmpv6": 58,
    "ipv6-icmp": 58,
    "sctp": 132,
}


def size_of(interval: Interval) -> int:
    """How many numbers are in an interval."""
    return interval[1] - interval[0] + 1


def joined(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The same numbers in as few intervals as possible."""
    found: list[Interval] = []
    for low, high in sorted(intervals):
        if found and found[-1][1] + 1 >= low:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return tuple(found)


def intersection(one: Box, other: Box) -> Box | None:
    """What two boxes have in common; None when that is nothing.

    Most boxes have nothing in common, and mostly it is the ports or the addresses that tell.
    """
    for dimension in (3, 1, 0, 2):
        (low, high), (first, last) = one[dimension], other[dimension]
        if low > last or first > high:
            return None
    (a, b, c, d), (e, f, g, h) = one, other
    return (_both(a, e), _both(b, f), _both(c, g), _both(d, h))


def _both(one: Interval, other: Interval) -> Interval:
    return (max(one[0], other[0]), min(one[1], other[1]))


def difference(one: Box, other: Box) -> list[Box]:
    """What is in `one` and not in `other`, in at most two pieces for each dimension."""
    common = intersection(one, other)
    if common is None:
        return [one]
    pieces: list[Box] = []
    rest = list(one)
    for dimension, (low, high) in enumerate(common):
        first, last = rest[dimension]
        for piece in ((first, low - 1), (high + 1, last)):
            if piece[0] <= piece[1]:
                cut = [*rest]
                cut[dimension] = piece
                pieces.append((cut[0], cut[1], cut[2], cut[3]))
        rest[dimension] = (low, high)
    return pieces


@dataclass(frozen=True, slots=True)
class Packets:
    """A set of packets: boxes that have nothing in common."""

    boxes: tuple[Box, ...] = ()

    @classmethod
    def of(cls, boxes: Iterable[Box]) -> Packets:
        """The union of boxes that may overlap."""
        made: list[Box] = []
        for box in boxes:
            made += _without([box], made)
        return cls(tuple(made))

    def __bool__(self) -> bool:
        return bool(self.boxes)

    def __and__(self, other: Packets) -> Packets:
        return Packets(tuple(box for a in self.boxes for b in other.boxes if (box := intersection(a, b)) is not None))

    def __sub__(self, other: Packets) -> Packets:
        return Packets(tuple(_without(self.boxes, other.boxes)))

    def __or__(self, other: Packets) -> Packets:
        return Packets((*self.boxes, *_without(other.boxes, self.boxes)))

    def __contains__(self, packet: tuple[int, int, int, int]) -> bool:
        return any(all(low <= part <= high for part, (low, high) in zip(packet, box, strict=True)) for box in self.boxes)

    def covers(self, other: Packets) -> bool:
        """Whether every packet of `other` is in this set."""
        return not other - self

    @property
    def answers(self) -> Packets:
        """The packets that go back: ports exchanged, the far end the same."""
        return Packets(tuple((protocol, address, there, here) for protocol, address, here, there in self.boxes))

    def by_port(self, within: Interval, size: Callable[[Interval], int] = size_of) -> Iterator[tuple[Interval, int]]:
        """(destination ports, how many addresses they have) for intervals of ports over which that is the same.

        For sets of one protocol whose source ports do not differ. `size` counts addresses.
        """
        boxes = [(max(low, within[0]), min(high, within[1]), size(addresses)) for _, addresses, _, (low, high) in self.boxes]
        boxes = [box for box in boxes if box[0] <= box[1]]
        edges = sorted({within[0], within[1] + 1, *(low for low, _, _ in boxes), *(high + 1 for _, high, _ in boxes)})
        for low, after in pairwise(edges):
            yield (low, after - 1), sum(count for first, last, count in boxes if first <= low <= last)


def _without(boxes: Iterable[Box], taken: Iterable[Box]) -> list[Box]:
    rest = list(boxes)
    for box in taken:
        rest = [piece for one in rest for piece in difference(one, box)]
    return rest


def box(protocol: Interval, addresses: Interval, ports: Interval = PORTS) -> Box:
    """The packets of these protocols from or to these addresses, to these ports."""
    return (protocol, addresses, PORTS, ports)


def everything(family: int) -> Packets:
    """All packets of IPv4 (4) or IPv6 (6)."""
    return Packets((box(PROTOCOLS, ADDRESSES[family]),))


NOTHING: Final = Packets()
