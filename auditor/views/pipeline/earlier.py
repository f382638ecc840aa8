"""What the earlier steps of a job have in common, gathered once for each job: a job may have thousands of steps."""

from __future__ import annotations

from collections.abc import Callable

from auditor.views.pipeline.model import Step


def earlier(step: Step, of: Callable[[Step], frozenset[str]]) -> frozenset[str]:
    """What `of` says of all earlier steps of the job, together."""
    name = f"_earlier {of.__module__}.{of.__qualname__}"
    known: dict[int, frozenset[str]] | None = step.job.__dict__.get(name)
    if known is None:
        known = step.job.__dict__[name] = {}
        together: frozenset[str] = frozenset()
        for other in sorted(step.job.steps, key=lambda it: it.index):
            known[other.index] = together
            own = of(other)
            together = together if own <= together else together | own
    return known[step.index]
