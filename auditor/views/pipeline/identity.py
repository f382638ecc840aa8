"""Whether a role of AWS lets a job of GitHub log in: the subject of its identity token against the role's trust policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.pipeline.model import Event, Job, given
from auditor.views.pipeline.reading import text
from auditor.views.pipeline.runs import Situation, job_runs, situations
from auditor.views.policy import trust_statements
from auditor.views.statement import glob

ISSUER = "token.actions.githubusercontent.com"
_ROLE = re.compile(r"arn:aws[\w-]*:iam::\d{12}:role/(?:[^${}]*/)?([\w+=,.@-]+)$")


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What a job's token says after `repo:OWNER/NAME:`, in one situation; None where that is open."""

    situation: Situation
    claim: str | None


def role_of(written: Node, graph: Graph) -> Resource | None:
    """The role that an ARN names, where Terraform declares it."""
    found = _ROLE.match(text(written))
    roles = [it for it in (*graph.resources, *graph.context) if it.kind == "aws_iam_role"] if found else []
    return next((role for role in roles if found and role.at("name").data == found[1]), None)


def subjects(job: Job) -> Iterator[Subject]:
    """The subjects of a job's tokens, in every situation in which it may run."""
    for situation in situations(job.pipeline):
        if job_runs(job, situation) is not False and situation.secrets:
            yield Subject(situation, _claim(job, situation))


def _claim(job: Job, situation: Situation) -> str | None:
    if given(job.environment):
        name = text(job.environment)
        return f"environment:{name}" if name and "${{" not in name else None
    if situation.trigger.event is Event.PULL_REQUEST:
        return "pull_request" if situation.trigger.name == "pull_request" else None
    github = situation.contexts.get("github", {})
    reference = github.get("ref") if isinstance(github, dict) else None
    return f"ref:{reference}" if isinstance(reference, str) else None


def claims(role: Resource, graph: Graph) -> tuple[Node, ...] | None:
    """The patterns of subjects that a role trusts; None when it trusts GitHub's tokens whatever their subject, or not at all."""
    found: list[Node] = []
    for statement in trust_statements(role, graph):
        if not statement.allows or not any(ISSUER in (principal.where.text or "") for principal in statement.principals):
            continue
        limits = [it for it in statement.conditions if it.key.lower() == f"{ISSUER}:sub"]
        if not limits:
            return None
        found += (value for limit in limits for value in limit.values)
    return tuple(found) or None


def accepts(pattern: Node, claim: str) -> bool:
    """Whether a pattern of subjects (`repo:acme/shop:ref:refs/heads/main`) fits a claim, whatever the repository."""
    parts = (pattern.text or "").split(":", 2)
    if len(parts) < 3 or parts[0] != "repo":
        return True
    return glob(parts[2]).fullmatch(claim) is not None
