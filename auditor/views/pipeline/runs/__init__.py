"""Which jobs and steps run in which situation: three-valued, so that only what is certain is said.

One module for each platform that can tell, with `PLATFORM`, `situations(pipeline)`, `job_runs(job, situation)` and
`step_runs(step, situation)`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol, cast

from auditor.model.node import Undecided
from auditor.views.pipeline.model import Job, Pipeline, Platform, Step, Trigger


@dataclass(frozen=True, eq=False)
class Situation:
    """One way to start a pipeline: a push to main, a pull request from a fork.

    `contexts` is what the platform's expressions see; `stranger`: whoever caused it may have no rights here; `secrets`: whether
    the run has the repository's secrets; `branch` the branch that it runs for, empty when that is open. `known` remembers answers.
    """

    text: str
    trigger: Trigger
    contexts: Mapping[str, Any] = field(default_factory=dict)
    branch: str = ""
    stranger: bool = False
    secrets: bool = True
    known: dict[int, bool | None] = field(default_factory=dict, repr=False)


class Runs(Protocol):
    """What a module of this package offers."""

    PLATFORM: Platform

    def situations(self, pipeline: Pipeline) -> tuple[Situation, ...]:
        """Every way to start the pipeline that makes a difference."""

    def job_runs(self, job: Job, situation: Situation) -> bool | None:
        """Whether the job runs, if everything before it succeeds; None when that is open."""

    def step_runs(self, step: Step, situation: Situation) -> bool | None:
        """Whether the step runs, if its job does and everything before it succeeds; None when that is open."""


@cache
def _by_platform() -> dict[Platform, Runs]:
    modules = (cast(Runs, importlib.import_module(f"{__name__}.{info.name}")) for info in pkgutil.iter_modules(__path__))
    return {module.PLATFORM: module for module in modules}


_SITUATIONS = "_situations"


def situations(pipeline: Pipeline) -> tuple[Situation, ...]:
    """Every way to start the pipeline that makes a difference; none where that cannot be told."""
    known: tuple[Situation, ...] | None = pipeline.__dict__.get(_SITUATIONS)
    if known is None:
        module = _by_platform().get(pipeline.platform)
        known = module.situations(pipeline) if module else ()
        pipeline.__dict__[_SITUATIONS] = known
    return known


def job_runs(job: Job, situation: Situation) -> bool | None:
    """Whether the job runs in a situation, if everything before it succeeds; None when that is open.

    Raises `Undecided` where a condition itself is not known.
    """
    if id(job) not in situation.known:
        situation.known[id(job)] = None  # what depends on itself is open
        module = _by_platform().get(job.pipeline.platform)
        try:
            situation.known[id(job)] = module.job_runs(job, situation) if module else None
        except Undecided:
            del situation.known[id(job)]
            raise
    return situation.known[id(job)]


def step_runs(step: Step, situation: Situation) -> bool | None:
    """Whether the step runs in a situation, if everything before it succeeds; None when that is open."""
    job = job_runs(step.job, situation)
    if job is False:
        return False
    module = _by_platform().get(step.job.pipeline.platform)
    own = module.step_runs(step, situation) if module else None
    return False if own is False else None if job is None or own is None else True


def may_run(job: Job) -> tuple[Situation, ...]:
    """The situations in which the job is not certain to be skipped."""
    return tuple(it for it in situations(job.pipeline) if job_runs(job, it) is not False)
