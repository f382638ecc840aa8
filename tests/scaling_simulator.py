"""A naive Auto Scaling group, minute by minute: written from the AWS guide, and without the code that it checks."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Policy:
    """A policy with its alarm. `steps` are (from, to, amount), by the distance of the metric from the threshold."""

    threshold: int
    rising: bool
    kind: str
    steps: tuple[tuple[float, float, int], ...]
    magnitude: int = 1

    def rings(self, metric: float) -> bool:
        return metric >= self.threshold if self.rising else metric <= self.threshold

    def wish(self, size: int, metric: float) -> int:
        """The size that the policy asks for. Percentages: 12.7 is 12, 0.67 is 1, -0.58 is -1, -6.67 is -6 (AWS guide)."""
        distance = metric - self.threshold
        for start, end, amount in self.steps:
            if start <= distance < end if self.rising else start < distance <= end:
                return self._after(size, amount)
        return size

    def _after(self, size: int, amount: int) -> int:
        if self.kind == "ExactCapacity":
            return amount
        if self.kind == "ChangeInCapacity":
            return size + amount
        exact = size * amount / 100
        whole = math.floor(exact) if exact >= 0 else math.ceil(exact)
        if 0 < exact < 1 or -1 < exact < 0:
            whole = 1 if exact > 0 else -1
        if exact and abs(whole) < self.magnitude:
            whole = self.magnitude if exact > 0 else -self.magnitude
        return size + whole


@dataclass(frozen=True)
class Group:
    """A group with two policies; the metric is the load divided by the number of instances."""

    least: int
    most: int
    policies: tuple[Policy, ...]

    def minute(self, size: int, load: float) -> int:
        """The size one evaluation later."""
        wishes = [policy.wish(size, load / size) for policy in self.policies if policy.rings(load / size)]
        return min(self.most, max(self.least, 1, *wishes)) if wishes else size

    def rests(self, load: float, start: int) -> bool:
        """Whether the size stops changing. After so many minutes every size was there, or the group goes round."""
        size = start
        for _ in range(2 * (self.most - self.least) + 4):
            size = self.minute(size, load)
        return self.minute(size, load) == size
