"""Entries of network ACLs that never decide, because earlier ones together fit all of their traffic."""

from __future__ import annotations

from auditor.model.node import Undecided
from auditor.views.address_range import network
from auditor.views.network.blocks import interval
from auditor.views.network.packets import NOTHING, Box, Packets
from auditor.views.network.traffic import spread
from auditor.views.network_acl import Entry, Listed


def hidden_by(listed: Listed) -> tuple[Entry, ...]:
    """The earlier entries that together fit all traffic of an entry, no more of them than needed; none when a part of it is left.

    Raises `Undecided` when the entry itself is not known; an earlier one that is not known hides nothing.
    """
    mine = _packets(listed.entry)
    earlier = sorted(_earlier(listed.others, listed.entry.number), key=lambda pair: pair[0].number)
    needed = [(entry, packets) for entry, packets in earlier if mine & packets]
    if not mine or _left(mine, needed):
        return ()
    for pair in tuple(needed):
        others = [other for other in needed if other is not pair]
        if not _left(mine, others):
            needed = others
    return tuple(entry for entry, _ in needed)


def _left(packets: Packets, taken: list[tuple[Entry, Packets]]) -> Packets:
    for _, part in taken:
        packets = packets - part
    return packets


def _earlier(others: tuple[Entry, ...], number: float) -> list[tuple[Entry, Packets]]:
    found = []
    for entry in others:
        try:
            if entry.number < number and (packets := _packets(entry)):
                found.append((entry, packets))
        except Undecided:
            continue
    return found


def _packets(entry: Entry) -> Packets:
    """What an entry is about."""
    block = network(entry.range.text)
    if block is None:
        return NOTHING
    addresses = interval(block)
    made = spread(entry.table, icmp=("icmp_type",))
    if made.gaps:
        raise made.gaps[0].undecided
    family = block.version  # addresses of IPv4 and IPv6 never meet: those of IPv6 stand above
    shift = 0 if family == 4 else 2**32
    sides = made.inner(family)
    boxes: list[Box] = [(side[0], (addresses[0] + shift, addresses[1] + shift), side[1], side[2]) for side in sides]
    return Packets.of(boxes)
