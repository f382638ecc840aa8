"""The whole way of a request, step by step: each step has to give up before the one that waits for it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.timeouts.call import Call, calls_to

_LONGEST: Final = 6
_MOST: Final = 16
"""So many ways to one place are shown."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The calls from the outermost client inwards."""

    steps: tuple[Call, ...]

    def said(self) -> str:
        """For messages: every step with the time that it waits, as `aws_cloudfront_distribution.shop 30 s, then ...`."""
        return ", then ".join(f"{step.caller.address.text} waits {step.waits.seconds:g} s" for step in self.steps)

    @property
    def shortest(self) -> Call:
        """The caller that gives up first; the innermost of several with the same time."""
        return min(reversed(self.steps), key=lambda step: step.waits.seconds)


def ladders_to(callee: Resource, graph: Graph) -> tuple[Ladder, ...]:
    """The ways on which requests reach something, each from where nobody in the graph calls any more."""
    found: list[Ladder] = []
    pending: list[tuple[Call, ...]] = [(call,) for call in calls_to(callee, graph)]
    while pending and len(found) < _MOST:
        steps = pending.pop(0)
        before = [call for call in calls_to(steps[0].caller, graph) if all(call.caller is not step.caller for step in steps)]
        if before and len(steps) < _LONGEST:
            pending += [(call, *steps) for call in before]
        else:
            found.append(Ladder(steps))
    return tuple(found)
