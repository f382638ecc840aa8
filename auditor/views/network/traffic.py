"""Protocols and ports of rules as sides of boxes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from auditor.model.node import Node, Undecided
from auditor.views.ingress import Traffic
from auditor.views.network.naming import Gap
from auditor.views.network.packets import NUMBERS, PORTS, PROTOCOLS, Interval

Side: TypeAlias = tuple[Interval, Interval, Interval]
"""Protocols, source ports, destination ports."""
ICMP: Final = {4: 1, 6: 58}
ECHO: Final = {4: 8, 6: 128}
ECHO_REPLY: Final = {4: 0, 6: 129}


@dataclass(frozen=True, slots=True)
class Spread:
    """The protocols and ports of a rule: `sure` those that it certainly has, `may` those that it may have."""

    sure: tuple[Side, ...]
    may: tuple[Side, ...]
    gaps: tuple[Gap, ...] = ()

    def inner(self, family: int) -> tuple[Side, ...]:
        """Those that it certainly has."""
        return tuple(side for side in self.sure if _fits(side, family))

    def outer(self, family: int) -> tuple[Side, ...]:
        """Those that it may have."""
        return tuple(side for side in self.may if _fits(side, family))


def _fits(side: Side, family: int) -> bool:
    return side[0] not in ((1, 1), (58, 58)) or side[0][0] == ICMP[family]


def spread(rule: Node, icmp: Iterable[str] = ("from_port",)) -> Spread:
    """The protocols and ports of a rule; `icmp` names the attribute that holds the type of ICMP."""
    traffic = Traffic(rule)
    try:
        name = traffic.protocol
    except Undecided as reason:
        return Spread((), ((PROTOCOLS, PORTS, PORTS),), (Gap(reason.node, str(reason)),))
    if name == "all":
        every = ((PROTOCOLS, PORTS, PORTS),)
        return Spread(every, every)
    numbers = [6, 17] if not name else [NUMBERS[name]] if name in NUMBERS else [int(name)] if name.isdigit() and int(name) < 256 else []
    if not numbers:
        return Spread((), ((PROTOCOLS, PORTS, PORTS),), (Gap(rule, f"the protocol {name!r} is not known"),))
    try:
        ports = _types(rule, icmp) if numbers[0] in (1, 58) else (traffic.ports(name or "tcp") or PORTS) if numbers[0] in (6, 17) else PORTS
    except Undecided as reason:
        return Spread((), tuple(((n, n), PORTS, PORTS) for n in numbers), (Gap(reason.node, str(reason)),))
    sides = tuple(((n, n), PORTS, ports) for n in numbers if ports[0] <= ports[1])
    return Spread(sides, sides)


def _types(rule: Node, names: Iterable[str]) -> Interval:
    """The type of ICMP that a rule is about; -1, or none, for all."""
    for name in names:
        number = rule.at(name).number
        if number is not None and number >= 0:
            return (int(number), int(number))
    return PORTS
