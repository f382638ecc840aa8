"""What keeps runs apart: whether the name of a lock is the same for two runs, and whether a new run ends the old one."""

from __future__ import annotations

import re
from typing import Final

from auditor.views.github.expression import Failed, Open, interpolate, truth
from auditor.views.pipeline.model import Concurrency, Job, Platform, given
from auditor.views.pipeline.runs import Situation

_EVERY_RUN: Final = frozenset(
    {
        *("github.run_id", "github.run_number", "github.run_attempt", "github.sha", "github.event.after", "github.event.head_commit.id"),
        *("github.event.before", "github.event.head_commit.timestamp"),
        *("CI_PIPELINE_ID", "CI_PIPELINE_IID", "CI_JOB_ID", "CI_COMMIT_SHA", "CI_COMMIT_SHORT_SHA", "CI_JOB_STARTED_AT"),
    }
)
"""What is different in every run, or for every commit."""
_VARIABLE: Final = re.compile(r"\$\{?([A-Za-z_]\w*)\}?")


def locks(job: Job) -> tuple[Concurrency, ...]:
    """The locks that hold while a job runs: its own and its pipeline's."""
    return tuple(it for it in (job.concurrency, job.pipeline.concurrency) if it is not None)


def serialised(job: Job) -> bool:
    """Whether something keeps two runs of a job apart: a lock, or a platform that does it by itself."""
    platform = job.pipeline.platform
    return bool(locks(job)) or (platform is Platform.BITBUCKET and given(job.environment))


def changing(lock: Concurrency, situation: Situation, platform: Platform) -> frozenset[str]:
    """What makes the lock's name another one in every run of a situation; empty when nothing is known to."""
    text = lock.group.data
    if not isinstance(text, str):
        return frozenset()
    if platform is not Platform.GITHUB:
        return frozenset(_VARIABLE.findall(text)) & _EVERY_RUN
    try:
        name = interpolate(text, situation.contexts)
    except Failed:
        return frozenset()
    return name.sources & _EVERY_RUN if isinstance(name, Open) else frozenset()


def cancels(lock: Concurrency, situation: Situation, platform: Platform) -> bool | None:
    """Whether a new run ends the one that holds the lock; None when that is open."""
    data = lock.cancels.data
    if isinstance(data, bool):
        return data
    if not given(lock.cancels):
        return False
    if not isinstance(data, str) or platform is not Platform.GITHUB:
        return None
    try:
        value = interpolate(data, situation.contexts)
    except Failed:
        return None
    return value.lower() == "true" if isinstance(value, str) else truth(value)
