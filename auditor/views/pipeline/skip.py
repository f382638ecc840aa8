"""Why a job does not run: its own condition, or a job that it needs."""

from __future__ import annotations

import re

from auditor.model.node import Node
from auditor.views.pipeline.model import Job, Need, Platform, Step
from auditor.views.pipeline.reading import items
from auditor.views.pipeline.runs import Situation, job_runs, situations
from auditor.views.pipeline.runs import github as on_github

_SWITCH = re.compile(r"\benv\.\w+")
"""A variable of the file in a condition: somebody turns it on for a run or two."""
_OFF = re.compile(r"\s*(?:\$\{\{)?\s*false\s*(?:&&|\}\}|$)", re.I)


def skipper(job: Job, situation: Situation) -> tuple[Need, Job] | None:
    """(need, skipped job) that make a job be skipped in a situation in which its own condition would let it run; None otherwise."""
    if own_answer(job, situation) is not True:
        return None
    for need, other in zip(job.needs, job.needed, strict=False):
        culprit = next(
            (it for it in (other, *other.upstream) if job_runs(it, situation) is False and own_answer(it, situation) is False), None
        )
        if culprit is not None:
            return need, culprit
    return None


def own_answer(job: Job, situation: Situation) -> bool | None:
    """What a job's own condition says when everything that it needs succeeds. Raises `Undecided`."""
    return on_github.own(job, situation)


def wanted(job: Job, situation: Situation) -> bool | None:
    """Whether the job is meant to run in a situation, even if a skipped job keeps it from running. Raises `Undecided`."""
    return own_answer(job, situation) if job.pipeline.platform is Platform.GITHUB else job_runs(job, situation)


def never_runs(job: Job) -> bool:
    """Whether a job is skipped in every situation."""
    found = situations(job.pipeline)
    return bool(found) and all(job_runs(job, it) is False for it in found)


def never_true(part: Job | Step) -> bool:
    """Whether the own condition of a job or step is false in every situation, also when something before it failed. Raises `Undecided`."""
    job = part if isinstance(part, Job) else part.job
    found = situations(job.pipeline)
    if not found:
        return False
    if job.pipeline.platform is Platform.GITHUB:
        return all(on_github.can_hold(part, situation) is False for situation in found)
    return isinstance(part, Job) and all(job_runs(part, situation) is False for situation in found)


def on_purpose(condition: Node) -> bool:
    """Whether somebody switched it off: `false`, a variable of the file, or a rule that always says never."""
    data = condition.value
    if isinstance(data, str):
        return _OFF.match(data) is not None or _SWITCH.search(data) is not None
    if isinstance(data, list):
        return any(
            isinstance(item.data, dict) and set(item.data) <= {"when"} and item.at("when").value == "never" for item in items(condition)[:1]
        )
    return data is False
