"""When GitHub runs a job: its events with what they put into the contexts, conditions, and skips that spread along `needs`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.model.node import Node
from auditor.views.github.expression import Failed, Open, Partial, condition, interpolate, truth_of
from auditor.views.pipeline.model import Job, Patterns, Pipeline, Platform, Step, Trigger, given
from auditor.views.pipeline.runs import Situation
from auditor.views.pipeline.runs import job_runs as runs

PLATFORM = Platform.GITHUB

_GLOB = frozenset("*?[]+!")
_PULL_REQUESTS = frozenset({"pull_request", "pull_request_target", "pull_request_review", "pull_request_review_comment"})
_ON_DEFAULT_BRANCH = frozenset(
    {"schedule", "issue_comment", "issues", "workflow_run", "repository_dispatch", "watch", "fork", "discussion"}
)
_ACTIONS = {
    "pull_request": ("opened", "synchronize", "reopened"),
    "pull_request_target": ("opened", "synchronize", "reopened"),
}


def situations(pipeline: Pipeline) -> tuple[Situation, ...]:
    """Every event with every kind of ref that its filters let through."""
    return tuple(situation for trigger in pipeline.triggers for situation in _of(trigger, pipeline))


def _of(trigger: Trigger, pipeline: Pipeline) -> Iterator[Situation]:
    name = trigger.name
    if name == "push":
        yield from _pushes(trigger)
    elif name in _PULL_REQUESTS:
        yield from _pull_requests(trigger)
    elif name in ("workflow_call", "action"):
        inputs = _inputs(pipeline.where.at("on.workflow_call.inputs"))
        yield Situation("a call by another workflow", trigger, {"inputs": inputs})
    elif name == "workflow_dispatch":
        inputs = _inputs(pipeline.where.at("on.workflow_dispatch.inputs"))
        yield Situation("a start by hand", trigger, {"github": _github(trigger, event=Partial(inputs=inputs)), "inputs": inputs})
    elif name == "release":
        github = _github(trigger, ref_type="tag", event=Partial(action=_action(trigger)))
        yield Situation("a release", trigger, {"github": github, "inputs": {}})
    else:
        github = _github(trigger, event=Partial(action=_action(trigger)))
        stranger = trigger.privileged
        yield Situation(_WORDS.get(name, f"the event {name}"), trigger, {"github": github, "inputs": {}}, stranger=stranger)


_WORDS = {"schedule": "its schedule", "workflow_run": "the end of another workflow", "merge_group": "a merge queue"}


def _pushes(trigger: Trigger) -> Iterator[Situation]:
    branches, tags = trigger.branches, trigger.tags
    if branches or not tags:
        names, open_ended = _names(branches)
        for name in names:
            yield _push(trigger, f"a push to {name}", f"refs/heads/{name}", name)
        if open_ended:
            yield _push(trigger, "a push to a branch", Open(True, frozenset({"github.ref"})), "")
    if tags or not branches:
        names, open_ended = _names(tags)
        for name in names:
            yield _push(trigger, f"a push of the tag {name}", f"refs/tags/{name}", "", "tag", name)
        if open_ended:
            yield _push(trigger, "a push of a tag", Open(True, frozenset({"github.ref"})), "", "tag")


def _names(patterns: Patterns) -> tuple[list[str], bool]:
    """(names that are written out, whether others may come too)."""
    written = [node.data for node in patterns.include]
    names = [name for name in written if isinstance(name, str) and not _GLOB & set(name)]
    return names, not written or len(names) < len(written)


def _push(trigger: Trigger, text: str, ref: Any, branch: str, kind: str = "branch", name: str = "") -> Situation:
    short = name or branch or Open(True, frozenset({"github.ref_name"}))
    github = _github(trigger, ref=ref, ref_name=short, ref_type=kind, head_ref=None, base_ref=None)
    return Situation(text, trigger, {"github": github, "inputs": {}}, branch)


def _pull_requests(trigger: Trigger) -> Iterator[Situation]:
    names, open_ended = _names(trigger.branches)
    targets: list[Any] = [*names, *([Open(True, frozenset({"github.base_ref"}))] if open_ended else [])]
    for fork in (False, True):
        for target in targets:
            event = Partial(action=_action(trigger), pull_request=Partial(head=Partial(repo=Partial(fork=fork)), base=Partial(ref=target)))
            head = Open(True, frozenset({"github.head_ref"}))
            github = _github(trigger, head_ref=head, base_ref=target, ref_type="branch", event=event)
            contexts: dict[str, Any] = {"github": github, "inputs": {}}
            secrets = trigger.name == "pull_request_target" or not fork
            if not secrets:
                contexts["secrets"] = {"GITHUB_TOKEN": Open(True, frozenset({"secrets.github_token"}))}
            where = "a pull request from a fork" if fork else "a pull request"
            yield Situation(where, trigger, contexts, stranger=fork, secrets=secrets)


def _action(trigger: Trigger) -> Any:
    """`github.event.action`: known when only one type of activity is listened to."""
    written = [node.data for node in trigger.types] or list(_ACTIONS.get(trigger.name, ()))
    return written[0] if len(written) == 1 and isinstance(written[0], str) else Open(None, frozenset({"github.event.action"}))


def _github(trigger: Trigger, **known: Any) -> Partial:
    found = Partial(event_name=trigger.name, **known)
    found.setdefault("event", Partial())
    if trigger.name in _ON_DEFAULT_BRANCH:
        found |= {"head_ref": None, "base_ref": None, "ref_type": "branch"}
    elif trigger.name not in _PULL_REQUESTS and trigger.name != "merge_group":
        found.setdefault("head_ref", None)
        found.setdefault("base_ref", None)
    return Partial(found)


def _inputs(declared: Node) -> Any:
    """The inputs that a caller or a person gives: open, but what is not declared is null."""
    if not isinstance(declared.data, dict):
        return {}
    return {name: Open(None, frozenset({f"inputs.{name.lower()}"})) for name, _ in declared.entries()}


def job_runs(job: Job, situation: Situation) -> bool | None:
    """Whether the job runs, if all that run before it succeed. A skipped job skips all that come after it, unless they ask for a status."""
    above = [runs(other, situation) for other in job.upstream]
    success = False if False in above else None if None in above else True
    needs = Partial({other.key: _result(runs(other, situation)) for other in job.needed})
    return _holds(job.condition, {**situation.contexts, "needs": needs}, success)


def own(job: Job, situation: Situation) -> bool | None:
    """What the job's own condition says when everything that it needs succeeds."""
    needs = Partial({other.key: _result(ran=True) for other in job.needed})
    return _holds(job.condition, {**situation.contexts, "needs": needs}, success=True)


def can_hold(part: Job | Step, situation: Situation) -> bool | None:
    """Whether the own condition of a job or step can be true, whatever became of what ran before it."""
    job = part if isinstance(part, Job) else part.job
    contexts = {**situation.contexts, "needs": Partial()}
    if isinstance(part, Step):
        contexts["env"] = environment(job, situation)
    if not given(part.condition):
        return True
    text = part.condition.value
    return truth_of(text, contexts, {"always": True}) if isinstance(text, str) else text if isinstance(text, bool) else None


def _result(ran: bool | None) -> Partial:
    words = {True: "success", False: "skipped"}
    return Partial(result=words[ran]) if ran is not None else Partial()


def step_runs(step: Step, situation: Situation) -> bool | None:
    """Whether the step runs, if its job does and all steps before it succeed."""
    contexts = {**situation.contexts, "env": environment(step.job, situation)}
    return _holds(step.condition, contexts, success=True)


def _holds(node: Node, contexts: dict[str, Any], success: bool | None) -> bool | None:
    if not given(node):
        return success
    status = {"success": success, "failure": False, "cancelled": False, "always": True}
    if isinstance(node.data, bool):
        return node.data if not node.data else success
    if not isinstance(node.value, str):
        return None
    return condition(node.data, contexts, {key: value for key, value in status.items() if value is not None})


def environment(job: Job, situation: Situation) -> Partial:
    """What `env` holds for the steps of a job, as far as it is written."""
    found = Partial()
    for table in (job.pipeline.variables, job.variables):
        if isinstance(table.data, dict):
            for name, node in table.entries():
                found[name] = _text(node, {**situation.contexts, "env": Partial(found)})
    return found


def _text(node: Node, contexts: dict[str, Any]) -> Any:
    if not isinstance(node.data, str):
        return node.text if node.data is not None and not node.unknown else Open()
    try:
        return interpolate(node.data, contexts)
    except Failed:
        return Open()
