"""Ranges of ports as the smaller clouds write them: `22`, `20-30`, `1/65535`, `-1/-1`, `all`."""

from __future__ import annotations

import re
from typing import Final

from auditor.model.node import Node

LAST: Final = 65535

_RANGE = re.compile(r"\s*(-?\d+)\s*(?:[-/:]\s*(-?\d+)\s*)?")
_ALL = re.compile(r"(?:all|any|\*|-1/-1|-1)", re.IGNORECASE)


def port_range(node: Node) -> tuple[int, int] | None:
    """First and last port of a text or number; None when it is neither. Raises `Undecided` when it is unknown."""
    text = "" if node.missing else node.text or ""
    if _ALL.fullmatch(text.strip()):
        return (0, LAST)
    found = _RANGE.fullmatch(text)
    if not found:
        return None
    first = int(found[1])
    return (first, int(found[2]) if found[2] else first)


def includes(node: Node, port: int) -> bool:
    """Whether a range written as text contains the port."""
    found = port_range(node)
    return found is not None and found[0] <= port <= found[1]


def lies_between(first: Node, last: Node, port: int) -> bool:
    """Whether two ends contain the port; a missing pair is every port, a missing end is like the other one, as is -1."""
    if first.missing and last.missing:
        return True
    low = last if first.missing else first
    high = first if last.missing else last
    if low.number == -1:
        return True
    return low.number is not None and high.number is not None and low.number <= port <= high.number
