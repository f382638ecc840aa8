"""CIDR blocks: what one covers, and whether it is the whole internet."""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from typing import Final, TypeAlias

Network: TypeAlias = "ipaddress.IPv4Network | ipaddress.IPv6Network"

WIDEST: Final = 1
"""A prefix of at most this length is taken as the internet: two halves are a well-known way around `/0`."""


@lru_cache(maxsize=4096)
def network(text: str | None) -> Network | None:
    """The network that a CIDR block or an address stands for, host bits ignored as AWS does; None for any other text."""
    try:
        return ipaddress.ip_network(text.strip(), strict=False) if text else None
    except ValueError:
        return None


def is_anywhere(text: str | None) -> bool:
    """Whether the block is the internet, or half of it."""
    found = network(text)
    return found is not None and found.prefixlen <= WIDEST


def covers(outer: str | None, inner: str | None) -> bool:
    """Whether all of `inner` lies in `outer`; false for texts that are no blocks, and between IPv4 and IPv6."""
    a, b = network(outer), network(inner)
    if isinstance(a, ipaddress.IPv4Network) and isinstance(b, ipaddress.IPv4Network):
        return b.subnet_of(a)
    if isinstance(a, ipaddress.IPv6Network) and isinstance(b, ipaddress.IPv6Network):
        return b.subnet_of(a)
    return False


def overlap(one: str | None, other: str | None) -> bool:
    """Whether the blocks have an address in common."""
    return covers(one, other) or covers(other, one)


def is_public(text: str | None) -> bool:
    """Whether an address or block lies outside of the ranges that are never routed on the internet."""
    return network(text) is not None and not any(overlap(text, block) for block in PRIVATE)


PRIVATE: Final = (
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "fc00::/7",
    "fe80::/10",
    "::1/128",
)
