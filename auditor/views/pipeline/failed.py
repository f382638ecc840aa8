"""Whether a job runs although one that it needs has failed."""

from __future__ import annotations

import re

from auditor.model.node import Node
from auditor.views.github.expression import Partial, condition
from auditor.views.pipeline.model import Job, Platform, given
from auditor.views.pipeline.runs import situations

_STATUS = {
    "success": {"success": True, "failure": False, "cancelled": False, "always": True},
    "failure": {"success": False, "failure": True, "cancelled": False, "always": True},
}
_AZURE = re.compile(r"\b(always|succeededOrFailed)\s*\(\s*\)", re.I)
_AZURE_CHECKS = re.compile(r"\bsucceeded\s*\(|dependencies\.\S+\.result", re.I)


def runs_after_failure(job: Job) -> Node | None:
    """What lets the job run after a failure of every job that it needs; None when a failure stops it, or when that is open."""
    match job.pipeline.platform:
        case Platform.GITHUB:
            return _github(job)
        case Platform.GITLAB:
            return _gitlab(job)
        case Platform.AZURE:
            text = job.condition.data
            if isinstance(text, str) and _AZURE.search(text) and not _AZURE_CHECKS.search(text):
                return job.condition
        case _:
            pass
    return None


def _github(job: Job) -> Node | None:
    text = job.condition.value if given(job.condition) else None
    if not isinstance(text, str):
        return None
    for situation in situations(job.pipeline):
        passed, failed = (
            condition(text, {**situation.contexts, "needs": _results(job, result)}, _STATUS[result]) for result in ("success", "failure")
        )
        if not situation.stranger and failed is not False and failed is passed:
            return job.condition
    return None


def _results(job: Job, result: str) -> Partial:
    return Partial({other.key: Partial(result=result) for other in job.needed})


def _gitlab(job: Job) -> Node | None:
    if any(need.implied is False for need in job.needs) and not job.needed:
        return None
    if job.manual.data == "always":
        return job.manual
    rules = [rule for rule in job.condition.each() if isinstance(rule.data, dict)] if isinstance(job.condition.value, list) else []
    return next((rule.at("when") for rule in rules if rule.at("when").value == "always"), None)
