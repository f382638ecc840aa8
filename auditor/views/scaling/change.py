"""By how much a policy changes a capacity: the arithmetic of EC2 and Application Auto Scaling, without any graph."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

INFINITY = math.inf


@dataclass(frozen=True, slots=True)
class Bounds:
    """The smallest and largest capacity."""

    least: int
    most: int

    def within(self, capacity: int) -> int:
        """The nearest capacity that is allowed."""
        return max(self.least, min(self.most, capacity))


@dataclass(frozen=True, slots=True)
class Change:
    """An adjustment: ChangeInCapacity, PercentChangeInCapacity or ExactCapacity; `magnitude` is the fewest that a percentage moves."""

    kind: str
    amount: Fraction
    magnitude: int = 1

    def after(self, capacity: int, bounds: Bounds) -> int:
        """The capacity that it leaves. A percentage is cut to a whole number, and at least one instance is added or taken."""
        if self.kind == "ExactCapacity":
            return bounds.within(int(self.amount))
        if self.kind != "PercentChangeInCapacity":
            return bounds.within(capacity + int(self.amount))
        step = int(capacity * self.amount / 100)
        if self.amount and abs(step) < self.magnitude:
            step = self.magnitude if self.amount > 0 else -self.magnitude
        return bounds.within(capacity + step)


@dataclass(frozen=True, slots=True)
class Step:
    """A change that holds while the metric is between two distances from the alarm's threshold."""

    lower: Fraction | float
    upper: Fraction | float
    change: Change


@dataclass(frozen=True, slots=True)
class Side:
    """A policy with the alarm that starts it: `rising` when the alarm rings above its threshold."""

    threshold: Fraction
    rising: bool
    steps: tuple[Step, ...]

    def rings(self, metric: Fraction) -> bool:
        """Whether the alarm rings. The threshold itself counts: a metric that hovers there passes it."""
        return metric >= self.threshold if self.rising else metric <= self.threshold

    def change(self, metric: Fraction) -> Change | None:
        """What the policy does at that value; None where no step covers it."""
        distance = metric - self.threshold
        for step in self.steps:
            inside = step.lower <= distance < step.upper if self.rising else step.lower < distance <= step.upper
            if inside:
                return step.change
        return None

    def breaks(self) -> tuple[Fraction, ...]:
        """The values of the metric at which the answer changes."""
        ends = {end for step in self.steps for end in (step.lower, step.upper) if isinstance(end, Fraction)}
        return tuple(sorted({self.threshold, *(self.threshold + end for end in ends)}))
