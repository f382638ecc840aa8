"""Names that are nearly right."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice

SEEN = 500
COMPARED = 50
"""Of more known names than `SEEN`, and of more that begin alike than `COMPARED`, only so many are looked at."""


def nearest(name: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?` when one of the known names is close, else nothing."""
    found = closest(name, known)
    return f"; did you mean {found!r}?" if found else ""


def closest(name: str, known: Iterable[str]) -> str:
    """The known name that differs least from a name, and begins alike; empty when none is close."""
    wanted = name.lower()
    limit = 1 if len(wanted) < 5 else 2 if len(wanted) < 10 else 3
    alike = (other for other in islice(known, SEEN) if abs(len(other) - len(wanted)) <= limit and _begins_alike(wanted, other.lower()))
    best, distance = "", limit + 1
    for other in sorted(islice(alike, COMPARED)):
        now = _distance(wanted, other.lower(), distance)
        if now < distance:
            best, distance = other, now
    return best


def _begins_alike(left: str, right: str) -> bool:
    return left[:1] == right[:1] or left[:1] == right[1:2] or left[1:2] == right[:1]


def one_of(known: Collection[str]) -> str:
    """The known names in words: how many, where they are too many to list."""
    if not known:
        return ""
    return f"one of {', '.join(sorted(known))}" if len(known) <= 50 else f"one of {len(known)} names"


def _distance(left: str, right: str, limit: int) -> int:
    """How many letters have to be changed, added, left out or swapped with their neighbour; at most `limit` counts."""
    while left and right and left[0] == right[0]:
        left, right = left[1:], right[1:]
    while left and right and left[-1] == right[-1]:
        left, right = left[:-1], right[:-1]
    if not left or not right or max(len(left), len(right)) == 1:
        return min(max(len(left), len(right)), limit)
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        new = [i]
        for j, b in enumerate(right, 1):
            cost = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            new.append(cost)
        if min(new) >= limit:
            return limit
        before, row = row, new
    return row[-1]
