"""Code of strangers in runs that have the repository's rights: where it is checked out, what runs it, and who lets it through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.github.mentions import mentions
from auditor.views.pipeline import jobs
from auditor.views.pipeline.execution import PULL, fetches, loads, runner
from auditor.views.pipeline.model import Job, Step, given
from auditor.views.pipeline.reading import field, text
from auditor.views.pipeline.runs import situations, step_runs
from auditor.views.pipeline.shell import commands
from auditor.views.shell.invocation import Invocation

WITH_RIGHTS: Final = frozenset({"pull_request_target", "issue_comment", "workflow_run", "issues", "discussion", "discussion_comment"})
"""Events that strangers cause and whose runs have secrets and a token that can write."""
_HEAD: Final = re.compile(
    r"^github\.(?:head_ref|event\.pull_request\.(?:head\..*|merge_commit_sha)"
    r"|event\.workflow_run\.(?:head_(?:sha|branch|commit\..*|repository\..*)|pull_requests\..*head.*))$"
)
_NUMBER: Final = re.compile(r"^github\.event\.(?:(?:pull_request|issue)\.)?number$")
_OUTPUT: Final = re.compile(
    r"(?:^|[_.-])(?:head|pr|pull)[_-]?(?:ref|sha|branch|number|repo)|(?:^|[_.-])(?:head|merge)_?(?:sha|ref|commit)", re.I
)
_BY_HASH: Final = re.compile(r"(?:sha|head_commit\.id|_oid)$", re.I)
_GUARD: Final = re.compile(
    r"author_association|permission|head\.repo\.(?:full_name|fork|owner)|head_repository|sender\.login|user\.login|github\.(?:triggering_)?actor"
    r"|is[_-]?(?:member|collaborator|fork|trusted)|membership|collaborator|maintainer|allowed|authori[sz]ed|merged\b",
    re.I,
)
_APPROVAL: Final = re.compile(r"label|github\.event\.review|comment\.body", re.I)


@dataclass(frozen=True, slots=True, eq=False)
class StrangeCode:
    """A checkout of a stranger's code in a run with rights.

    `runner`: what later runs something of it, None where nothing does; `guarded`: who the stranger is is looked at;
    `approved`: by a label, a comment or an environment; `fixed`: a commit is checked out, not what a name stands for by then.
    """

    where: Node
    step: Step
    runner: Node | None
    guarded: bool
    approved: bool
    fixed: bool
    powerful: bool


def strange_code(resource: Resource, graph: Graph) -> Iterator[StrangeCode]:
    """A place function: the checkouts of strangers' code in runs with rights."""
    for job in jobs(resource, graph):
        if not any(trigger.name in WITH_RIGHTS for trigger in job.pipeline.triggers):
            continue
        for step in job.steps:
            for where, fixed, folder in _checkouts(step):
                if _may_be_strange(step):
                    yield StrangeCode(where, step, runner(step, folder), _guarded(step), _approved(step), fixed, has_power(job))


def _may_be_strange(step: Step) -> bool:
    found = [it for it in situations(step.job.pipeline) if it.stranger and it.trigger.name in WITH_RIGHTS]
    return any(step_runs(step, it) is not False for it in found)


def _checkouts(step: Step) -> Iterator[tuple[Node, bool, str]]:
    """(what is checked out, whether it is a commit, the folder that it goes to)."""
    if step.calls("actions/checkout") and step.uses:
        inputs = step.uses.inputs
        nodes = [field(inputs, "ref"), field(inputs, "repository")]
        strange = [node for node in nodes if _is_strange(node)]
        if strange:
            paths = [".".join(it.path) for it in mentions(nodes[0], flowing=True)]
            yield strange[0], bool(paths) and all(_BY_HASH.search(path) for path in paths), text(field(inputs, "path"))
    made = commands(step)
    for call in made.invocations if made else ():
        if made and fetches(call):
            fixed = any(it.start > call.start and _at_commit(it) for it in made.invocations)
            yield made.at(call.start, call.end), fixed, ""


def _at_commit(call: Invocation) -> bool:
    """Whether a command of git goes to one commit."""
    return (
        call.tool == "git"
        and {"checkout", "reset", "switch"} & set(call.subcommand) != set()
        and any(re.search(r"sha|commit", word.text, re.I) for word in call.words[2:])
    )


def _is_strange(node: Node) -> bool:
    data = node.value
    if not isinstance(data, str):
        return False
    for mention in mentions(node, flowing=True):
        name = ".".join(mention.path)
        if _HEAD.match(name) or (PULL.search(data) and (_NUMBER.match(name) or mention.path[0] in ("steps", "needs", "inputs", "env"))):
            return True
        if mention.path[0] in ("steps", "needs") and _OUTPUT.search(mention.path[-1]):
            return True
    return False


# -- who lets it through


def _conditions(step: Step) -> list[str]:
    written = [step.condition.data, *(job.condition.data for job in (step.job, *step.job.upstream))]
    return [it for it in written if isinstance(it, str)]


def _asked(step: Step) -> str:
    """What a step itself may ask who somebody is with: the name of its action, its script when it can stop the job."""
    if step.uses is not None and not step.calls("actions/checkout"):
        return f"{step.uses.name} {text(field(step.uses.inputs, 'script')) if step.calls('actions/github-script') else ''}"
    texts = " ".join(str(node.data) for node in step.script.texts if isinstance(node.data, str)) if step.script else ""
    return texts if "exit" in texts else ""


def _first_question(job: Job) -> float:
    """The index of the first step that asks who somebody is; infinite where none does."""
    known: dict[str, float] = job.__dict__
    if _QUESTION not in known:
        known[_QUESTION] = next((it.index for it in job.steps if _GUARD.search(_asked(it))), float("inf"))
    return known[_QUESTION]


_QUESTION: Final = "_first_question"


def _guarded(step: Step) -> bool:
    if any(_GUARD.search(it) for it in _conditions(step)) or _first_question(step.job) < step.index:
        return True
    return any(_first_question(job) < float("inf") for job in step.job.upstream)


def _approved(step: Step) -> bool:
    if any(given(job.environment) for job in (step.job, *step.job.upstream)):
        return True
    return any(_APPROVAL.search(it) for it in _conditions(step)) or any(
        "labeled" in [node.data for node in trigger.types] and len(trigger.types) == 1 for trigger in step.job.pipeline.triggers
    )


def has_power(job: Job) -> bool:
    """Whether a job can do harm: it may write with its token, or gets secrets."""
    written = job.permissions if given(job.permissions) else job.pipeline.permissions
    if not given(written):
        return True
    if isinstance(written.data, dict) and all(level.data != "write" for _, level in written.entries()):
        return any(it.path[:1] == ("secrets",) and it.path[1:] != ("github_token",) for it in mentions(job.where)) or any(
            it.path[:1] == ("secrets",) for it in mentions(job.pipeline.variables)
        )
    return bool(written.data != "read-all")


def uses_secrets(job: Job) -> bool:
    """Whether a job reads a secret other than the token that every run has."""
    return any(it.path[:1] == ("secrets",) and it.path[1:] != ("github_token",) for it in mentions(job.where))


def asks_who(job: Job) -> bool:
    """Whether the conditions of a job, or a step of it or before it, look at who caused the run."""
    texts = [part.condition.data for part in (job, *job.upstream)]
    return any(isinstance(it, str) and _GUARD.search(it) for it in texts) or any(_guarded(step) for step in job.steps[-1:])


_DOWNLOADS: Final = ("dawidd6/action-download-artifact", "actions/download-artifact", "legit-labs/action-download-artifact")


def strange_artifacts(resource: Resource, graph: Graph) -> Iterator[StrangeCode]:
    """A place function: downloads of what a run of strangers' code left, in workflows that run at its end."""
    for job in jobs(resource, graph):
        if job.pipeline.on("workflow_run") is None or not has_power(job):
            continue
        for step in job.steps:
            found = _download(step)
            if found is not None and not _from_push(step):
                where, folder = found
                used = None if folder.startswith(("${{", "/")) else loads(step, folder)
                yield StrangeCode(where, step, used, _guarded(step), _approved(step), False, powerful=True)


def _download(step: Step) -> tuple[Node, str] | None:
    if step.uses is not None and step.calls(*_DOWNLOADS):
        inputs = step.uses.inputs
        run = text(field(inputs, "run-id")) or text(field(inputs, "run_id"))
        other = "workflow_run.id" in run or (not step.calls("actions/download-artifact") and given(inputs))
        return (step.uses.where, text(field(inputs, "path"))) if other else None
    made = commands(step)
    for call in made.invocations if made else ():
        if made and call.is_("gh", "run", "download"):
            words = [word.text for word in call.words]
            folder = next((words[index + 1] for index, word in enumerate(words[:-1]) if word in ("-D", "--dir")), "")
            return made.at(call.start, call.end), folder
    return None


def _from_push(step: Step) -> bool:
    """Whether the job takes only runs that no pull request caused."""
    return any(re.search(r"workflow_run\.event\s*==\s*'(?:push|release|schedule)'", it) for it in _conditions(step))
