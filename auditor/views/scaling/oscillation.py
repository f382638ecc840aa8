"""Whether a group under a load that does not change finds a size, or goes to and fro for ever."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Final

from auditor.views.scaling.change import Bounds, Side

WINDOW: Final = 24
"""So many sizes above the minimum are looked at: a step weighs most in a small group."""


@dataclass(frozen=True, slots=True)
class Oscillation:
    """A load under which the group never rests, and the sizes that it goes through: from the smallest up and back."""

    load: Fraction
    sizes: tuple[int, ...]

    @property
    def smallest(self) -> int:
        """The smallest size of the round."""
        return min(self.sizes)

    @property
    def largest(self) -> int:
        """The largest size of the round."""
        return max(self.sizes)


@lru_cache(maxsize=4096)
def oscillation(out: Side, back: Side, bounds: Bounds) -> Oscillation | None:
    """The first load that no size carries in peace, of a metric that is the load divided by the size; None when each has one.

    The answer changes only at the loads where an alarm or a step begins or ends for some size, so these and one load between
    each two of them are all that has to be tried.
    """
    sizes = range(max(bounds.least, 1), min(bounds.most, max(bounds.least, 1) + WINDOW) + 1)
    for load in _loads(out, back, sizes):
        if found := _round(out, back, bounds, load, sizes):
            return Oscillation(load, found)
    return None


def following(out: Side, back: Side, bounds: Bounds, load: Fraction, size: int) -> int:
    """The size after one look at the metric; where both policies would act, AWS takes the one that leaves more."""
    metric = load / size
    choices = [change.after(size, bounds) for side in (out, back) if side.rings(metric) and (change := side.change(metric)) is not None]
    return max(choices, default=size)


def _loads(out: Side, back: Side, sizes: range) -> Iterator[Fraction]:
    points = sorted({value * size for value in (*out.breaks(), *back.breaks()) for size in sizes if value > 0})
    for one, other in pairwise(points):
        yield one
        yield (one + other) / 2
    yield from points[-1:]


def _round(out: Side, back: Side, bounds: Bounds, load: Fraction, sizes: range) -> tuple[int, ...]:
    """The sizes of a round of more than one that a group gets into under that load; empty when there is none."""
    seen: set[int] = set()
    for start in sizes:
        way: dict[int, int] = {}
        size = start
        while size not in way and size not in seen:
            way[size] = len(way)
            size = max(following(out, back, bounds, load, size), 1)
        if size in way and len(way) - way[size] > 1:
            found = [number for number, at in way.items() if at >= way[size]]
            turn = found.index(min(found))
            return tuple(found[turn:] + found[:turn])
        seen.update(way)
    return ()
