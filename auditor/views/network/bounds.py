"""Packet sets of which only bounds are known: what is surely in, and what may be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.views.iam.truth import Truth
from auditor.views.network.packets import NOTHING, Box, Interval, Packets, everything, joined


@dataclass(frozen=True, slots=True)
class Bounds:
    """`sure` is part of the set, and the set is part of `may`."""

    sure: Packets
    may: Packets

    @property
    def exact(self) -> bool:
        """Whether everything is known."""
        return self.sure is self.may

    def __and__(self, other: Bounds) -> Bounds:
        sure = self.sure & other.sure
        return Bounds(sure, sure if self.exact and other.exact else self.may & other.may)

    def __or__(self, other: Bounds) -> Bounds:
        sure = self.sure | other.sure
        return Bounds(sure, sure if self.exact and other.exact else self.may | other.may)

    @property
    def answers(self) -> Bounds:
        """The packets that go back."""
        sure = self.sure.answers
        return Bounds(sure, sure if self.exact else self.may.answers)


EMPTY = Bounds(NOTHING, NOTHING)


def all_packets(family: int) -> Bounds:
    """Everything, surely."""
    found = everything(family)
    return Bounds(found, found)


def any_packets(family: int) -> Bounds:
    """Nothing is known."""
    return Bounds(NOTHING, everything(family))


@dataclass(frozen=True, slots=True)
class Matched:
    """The packets that one rule is about: `inner` surely, nothing beyond `outer`."""

    inner: tuple[Box, ...]
    outer: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Ordered:
    """One numbered rule; `allows` is None when its action is not known, `number` when its place is not."""

    matched: Matched
    allows: Truth
    number: float | None = None


def union(allowed: Iterable[Matched]) -> Bounds:
    """What several rules let through together, as a security group does."""
    found = tuple(allowed)
    sure = Packets.of(box for it in found for box in it.inner)
    return Bounds(sure, sure if all(it.inner == it.outer for it in found) else Packets.of(box for it in found for box in it.outer))


def first_match(rules: Iterable[Ordered], family: int) -> Bounds:
    """What numbered rules let through when the first that fits decides and the end refuses, as a network ACL does."""
    found = sorted(rules, key=lambda it: -1 if it.number is None else it.number)
    rest_sure = rest_may = everything(family)
    sure = may = NOTHING
    for rule in found:
        inner, outer = Packets.of(rule.matched.inner), Packets.of(rule.matched.outer)
        if rule.allows is not False:
            may |= rest_may & outer
        if not rule.allows:
            rest_sure -= outer
        elif rule.number is not None:
            sure |= rest_sure & inner
            rest_sure -= inner
        if rule.number is not None:
            rest_may -= inner
    certain = all(it.matched.inner == it.matched.outer and it.allows is not None and it.number is not None for it in found)
    return Bounds(sure, sure if certain else may)


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether packets get through; `partial`: some of the ports that may be used certainly do not."""

    truth: Truth
    partial: tuple[Interval, ...] = ()


_NOTICEABLE = 100
"""One refused port in so many is worth a word: an entry against 3389 alone stops one connection in thousands."""


def judge(bounds: Bounds, asked: Packets, ports: Interval, *, any_port: bool, majority: bool) -> Judged:
    """Whether the asked packets, of one protocol, get through.

    Their addresses are where one host may be: all have to get through for a certain yes, none for a certain no. With `majority` they are
    the internet, of which half decides. With `any_port` the connection is content with any of the ports, otherwise it needs all.
    """
    total = sum(last - first + 1 for _, (first, last), _, _ in asked.boxes)
    sure = dict((bounds.sure & asked).by_port(ports))
    may = dict((bounds.may & asked).by_port(ports))
    enough = (total + 1) // 2 if majority else total
    little = enough if majority else 1
    passes = [size >= enough for size in sure.values()]
    refused = tuple(interval for interval, size in may.items() if size < little)
    if all(passes):
        return Judged(True)
    if any_port and any(passes):
        many = sum(last - first + 1 for first, last in refused) * _NOTICEABLE >= ports[1] - ports[0] + 1
        return Judged(True, joined(refused) if many else ())
    hopeless = len(refused) == len(may) if any_port else bool(refused)
    return Judged(False if hopeless else None)
