"""When GitLab adds a job to a pipeline: `workflow:rules`, `rules`, `only` and `except` in each kind of pipeline.

A job that is not added is not skipped: one that needs it makes the whole pipeline fail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from auditor.model.node import Node
from auditor.views.gitlab.condition import Compare, Mistake, Open, Pattern, Text, Variable, Variables, comparisons, holds, parse
from auditor.views.pipeline.model import Event, Job, Pipeline, Platform, Step, Trigger, given
from auditor.views.pipeline.reading import items
from auditor.views.pipeline.runs import Situation
from auditor.views.pipeline.runs import job_runs as runs

PLATFORM = Platform.GITLAB

_BRANCH = ("CI_COMMIT_BRANCH", "CI_COMMIT_REF_NAME")
_TAG = ("CI_COMMIT_TAG",)
_MERGE_REQUEST = (
    *("CI_MERGE_REQUEST_ID", "CI_MERGE_REQUEST_IID", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME"),
    *("CI_MERGE_REQUEST_TITLE", "CI_MERGE_REQUEST_EVENT_TYPE", "CI_MERGE_REQUEST_PROJECT_PATH", "CI_MERGE_REQUEST_SOURCE_PROJECT_PATH"),
)
_KEYWORDS = {
    "merge_requests": "merge_request_event",
    "schedules": "schedule",
    "pushes": "push",
    "web": "web",
    "api": "api",
    "triggers": "trigger",
    "pipelines": "pipeline",
}


def situations(pipeline: Pipeline) -> tuple[Situation, ...]:
    """The kinds of pipelines that `workflow:rules` let come about."""
    return tuple(it for it in _all(pipeline) if _created(pipeline, it) is not False)


def _created(pipeline: Pipeline, situation: Situation) -> bool | None:
    rules = pipeline.where.at("workflow.rules")
    return _first(rules, situation.contexts) if isinstance(rules.data, list) else True


def _all(pipeline: Pipeline) -> Iterator[Situation]:
    by_event = {trigger.event: trigger for trigger in pipeline.triggers}
    names = _branches(pipeline)
    default = next((name for name in names if name in ("main", "master")), "main")
    for name in dict.fromkeys((default, *names)):
        text = "a push to the default branch" if name == default else f"a push to {name}"
        yield _branch(by_event[Event.PUSH], text, name, default, "push")
    yield _branch(by_event[Event.PUSH], "a push to another branch", "", default, "push")
    yield _situation(by_event[Event.PUSH], "a push of a tag", "push", default, dict.fromkeys(_TAG, Open(given=True)))
    merge = {**dict.fromkeys(_MERGE_REQUEST, Open(given=True)), "CI_OPEN_MERGE_REQUESTS": Open(given=True)}
    yield _situation(by_event[Event.PULL_REQUEST], "a merge request", "merge_request_event", default, merge, stranger=True)
    yield _branch(by_event[Event.SCHEDULE], "its schedule", default, default, "schedule")
    yield _branch(by_event[Event.MANUAL], "a start by hand", default, default, "web")


def _branch(trigger: Trigger, text: str, name: str, default: str, source: str) -> Situation:
    return _situation(trigger, text, source, default, dict.fromkeys(_BRANCH, name or Open(given=True, never=frozenset({default}))), name)


def _situation(
    trigger: Trigger,
    text: str,
    source: str,
    default: str,
    more: Mapping[str, str | Open | None],
    branch: str = "",
    *,
    stranger: bool = False,
) -> Situation:
    known: dict[str, str | Open | None] = dict.fromkeys((*_BRANCH, *_TAG, *_MERGE_REQUEST))
    known |= {"CI_PIPELINE_SOURCE": source, "CI_DEFAULT_BRANCH": default, "CI": "true", "GITLAB_CI": "true", **more}
    if known["CI_COMMIT_REF_NAME"] is None:
        known["CI_COMMIT_REF_NAME"] = Open(given=True)
    known["CI_COMMIT_REF_SLUG"] = known["CI_COMMIT_SHA"] = known["CI_COMMIT_MESSAGE"] = Open(given=True)
    return Situation(text, trigger, known, branch, stranger)


def _branches(pipeline: Pipeline) -> list[str]:
    """The branches that conditions name."""
    found: dict[str, None] = {}
    for node in _conditions(pipeline):
        tree = parse(node.data) if isinstance(node.data, str) else Mistake("", 0)
        for compare in () if isinstance(tree, Mistake) else comparisons(tree):
            if name := _branch_in(compare):
                found[name] = None
    return list(found)


def _branch_in(compare: Compare) -> str:
    sides = (compare.left, compare.right)
    if compare.operator in ("==", "!=") and any(isinstance(it, Variable) and it.name in _BRANCH for it in sides):
        return next((it.value or "" for it in sides if isinstance(it, Text)), "")
    if compare.operator == "=~" and isinstance(compare.left, Variable) and compare.left.name in _BRANCH:
        exact = re.fullmatch(r"\^([\w.-]+)\$", compare.right.source) if isinstance(compare.right, Pattern) else None
        return exact[1] if exact else ""
    return ""


def _conditions(pipeline: Pipeline) -> Iterator[Node]:
    for rules in (pipeline.where.at("workflow.rules"), *(job.condition for job in pipeline.jobs)):
        yield from (rule.at("if") for rule in rules.each() if isinstance(rule.data, dict)) if isinstance(rules.data, list) else ()


def job_runs(job: Job, situation: Situation) -> bool | None:
    """Whether the job is part of the pipeline."""
    known = _with_variables(job, situation.contexts)
    if isinstance(job.condition.data, list):
        return _first(job.condition, known)
    if job.condition.present:
        return None
    if job.where.at("when").data == "never":
        return False
    return _legacy(job, situation, known)


def step_runs(step: Step, situation: Situation) -> bool | None:
    """Whether the script runs: when its job does."""
    return runs(step.job, situation)


def _with_variables(job: Job, known: Variables) -> Variables:
    found: dict[str, str | Open | None] = {}
    for table in (job.pipeline.variables, job.variables):
        if isinstance(table.data, dict):
            for name, node in table.entries():
                value = node.at("value") if isinstance(node.data, dict) else node
                plain = not value.unknown and isinstance(value.text, str) and "$" not in (value.text or "")
                found[name] = value.text if plain else Open()
    return {**found, **known}


def _first(rules: Node, known: Variables) -> bool | None:
    """What the first rule that applies says; nothing applies: no."""
    answer: bool | None = False
    for rule in reversed(list(_rules(rules))):
        applies, adds = _applies(rule, known), rule.at("when").value != "never"
        answer = adds if applies else answer if applies is False else (adds if adds is answer else None)
    return answer


def _rules(rules: Node) -> Iterator[Node]:
    for item in items(rules):
        if isinstance(item.value, list):
            yield from _rules(item)
        elif isinstance(item.data, dict):
            yield item


def _applies(rule: Node, known: Variables) -> bool | None:
    text = rule.at("if")
    answer: bool | None = True
    if given(text):
        tree = parse(text.value) if isinstance(text.value, str) else Mistake("", 0)
        answer = None if isinstance(tree, Mistake) else holds(tree, known)
    if answer is not False and (given(rule.at("changes")) or given(rule.at("exists"))):
        return None
    return answer


def _legacy(job: Job, situation: Situation, known: Variables) -> bool | None:
    only, excluded = job.where.at("only"), job.where.at("except")
    if not given(only):
        wanted: bool | None = situation.contexts.get("CI_PIPELINE_SOURCE") != "merge_request_event"
    else:
        wanted = _listed(only, known)
    refused = _listed(excluded, known) if given(excluded) else False
    if wanted is False or refused is True:
        return False
    return None if wanted is None or refused is None else True


def _listed(node: Node, known: Variables) -> bool | None:
    """Whether a pipeline is one of those that `only` or `except` name."""
    if isinstance(node.data, dict):
        if any(given(node.at(key)) for key in ("changes", "variables", "kubernetes")):
            return None
        node = node.at("refs")
    answers = [_names(item.text or "", known) for item in node.each()] if isinstance(node.data, list) else [_names(str(node.data), known)]
    return True if True in answers else None if None in answers else False


def _names(word: str, known: Variables) -> bool | None:
    source, branch, tag = known.get("CI_PIPELINE_SOURCE"), known.get("CI_COMMIT_BRANCH"), known.get("CI_COMMIT_TAG")
    if word == "branches":
        return branch is not None
    if word == "tags":
        return tag is not None
    if word in _KEYWORDS:
        return source == _KEYWORDS[word]
    if word.startswith("/"):
        return None
    return holds(Compare("==", Variable("CI_COMMIT_BRANCH", 0, 0), Text(word)), known)
