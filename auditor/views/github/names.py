"""Names that are nearly right."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?` when one of the known names is close, else nothing."""
    found = closest(name, known)
    return f"; did you mean {found!r}?" if found else ""


def closest(name: str, known: Iterable[str]) -> str:
    """The known name that differs least from a name; empty when none is close."""
    wanted = name.lower()
    limit = 1 if len(wanted) < 5 else 2 if len(wanted) < 10 else 3
    best, distance = "", limit + 1
    for other in sorted(known):
        if abs(len(other) - len(wanted)) <= limit:
            now = _distance(wanted, other.lower(), distance)
            if now < distance:
                best, distance = other, now
    return best


def _distance(left: str, right: str, limit: int) -> int:
    """How many letters have to be changed, added, left out or swapped with their neighbour; at most `limit` counts."""
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
