"""Whether two alarms with their policies undo each other."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from auditor.model.node import Node
from auditor.views.scaling.alarm import FALLING, RISING, is_shared, metric
from auditor.views.scaling.change import Bounds, Side, Step
from auditor.views.scaling.oscillation import Oscillation, oscillation


@dataclass(frozen=True, slots=True)
class Clash:
    """The thresholds, and the round that the group goes; None where both alarms ring at once, whatever the size."""

    high: float
    low: float
    round: Oscillation | None

    @property
    def words(self) -> str:
        """What happens, with the numbers."""
        if self.round is None:
            return f"between {self.high:g} and {self.low:g} both alarms ring, and the group only grows"
        first, then = self.round.sizes[0], self.round.sizes[1]
        before, after = float(self.round.load / first), float(self.round.load / then)
        first_move = f"at {before:.3g} the size goes from {first} to {then}, which leaves {after:.3g}"
        return f"{first_move}; scale-in at {self.low:g} takes it back to {first}, and so on for ever"

    def remedy(self, margin: float) -> float:
        """A threshold for scale-in that leaves a margin below what a scale-out brings the metric to."""
        share = 1.0 if self.round is None else self.round.sizes[0] / self.round.sizes[1]
        return self.high * share * margin


def clash(high: Node, out: tuple[Step, ...], low: Node, back: tuple[Step, ...], bounds: Bounds) -> Clash | None:
    """How a scale-out alarm `high` and a scale-in alarm `low` undo each other with what they do; None when they do not.

    Alarms on different metrics, metric math and percentiles are not compared. Raises `Undecided`.
    """
    if high.at("comparison_operator").text not in RISING or low.at("comparison_operator").text not in FALLING:
        return None
    watched, upper, lower = metric(high), high.at("threshold").number, low.at("threshold").number
    if watched is None or watched != metric(low) or upper is None or lower is None:
        return None
    if not is_shared(watched):
        return Clash(upper, lower, None) if lower > upper else None
    found = oscillation(_side(upper, out, rising=True), _side(lower, back, rising=False), bounds)
    return Clash(upper, lower, found) if found else None


def _side(threshold: float, steps: tuple[Step, ...], *, rising: bool) -> Side:
    return Side(Fraction(str(threshold)), rising, steps)
