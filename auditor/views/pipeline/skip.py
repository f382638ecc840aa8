"""Why a job does not run: its own condition, or a job that it needs."""

from __future__ import annotations

from auditor.views.pipeline.model import Job, Need
from auditor.views.pipeline.runs import Situation, job_runs, situations
from auditor.views.pipeline.runs import github as on_github


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


def never_runs(job: Job) -> bool:
    """Whether a job is skipped in every situation."""
    found = situations(job.pipeline)
    return bool(found) and all(job_runs(job, it) is False for it in found)
