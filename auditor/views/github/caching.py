"""Caches that a run restores which makes what others install."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.github.action_tables import rows, version_at
from auditor.views.github.expression import Partial, fences, is_whole, truth_of
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.model import NONE, Event, Pipeline, Step, given
from auditor.views.pipeline.reading import field, text

_PUBLISHERS: Final = (
    *("pypa/gh-action-pypi-publish", "softprops/action-gh-release", "goreleaser/goreleaser-action", "rubygems/release-gem"),
    *("docker/build-push-action", "cloudflare/wrangler-action", "aws-actions/amazon-ecs-deploy-task-definition", "azure/webapps-deploy"),
    *("google-github-actions/deploy-cloudrun", "rust-lang/crates-io-auth-action", "js-devtools/npm-publish"),
)
"""Actions that publish what was built. State: November 2026."""


@dataclass(frozen=True, slots=True, eq=False)
class RestoredCache:
    """A step that restores a cache in a run that publishes; `because` is what makes it such a run."""

    where: Node
    action: str
    because: Node


def restored_caches(resource: Resource, graph: Graph) -> Iterator[RestoredCache]:
    """A place function: caches that releases are made with."""
    for pipeline in pipelines(resource, graph):
        release = _release_trigger(pipeline)
        for job in pipeline.jobs:
            because = release or next((_publishes(step) for step in job.steps if _publishes(step) is not None), None)
            for step in job.steps if because is not None else ():
                if step.uses is not None and because is not None and _restores(step, pipeline):
                    yield RestoredCache(step.uses.where, step.uses.name, because)


def _release_trigger(pipeline: Pipeline) -> Node | None:
    for trigger in pipeline.triggers:
        branches = [node.data for node in trigger.branches.include if isinstance(node.data, str)]
        if trigger.event is Event.RELEASE or (trigger.name == "push" and (trigger.tags.include or any("release" in it for it in branches))):
            return trigger.where
    return None


def _publishes(step: Step) -> Node | None:
    if step.uses is None or not step.calls(*_PUBLISHERS):
        return None
    if step.calls("docker/build-push-action") and field(step.uses.inputs, "push").data in (False, "false"):
        return None
    return step.uses.where


def _restores(step: Step, pipeline: Pipeline) -> bool:
    if step.uses is None or step.uses.inputs.unknown:
        return False
    switches = rows("caching_actions").get(step.uses.name.lower())
    if switches is None:
        return False
    if any(not given(field(step.uses.inputs, name[1:])) for name in switches.split() if name[0] == "?"):
        return False
    answers = [_answer(switch, step, pipeline) for switch in switches.split() if switch[0] != "?"]
    return not answers or True in answers


def _answer(switch: str, step: Step, pipeline: Pipeline) -> bool | None:
    """Whether an input switches the cache on in a release; None where that is open."""
    name, _, before = switch[1:].partition("<")
    node = field(step.uses.inputs, name) if step.uses else NONE
    if not given(node) or node.data == "auto":
        return None if switch[0] == "+" or (before and _major(step, pipeline) >= int(before)) else True
    value = _value(node, pipeline)
    if value is None:
        return None
    return not value if switch[0] == "-" else value


def _major(step: Step, pipeline: Pipeline) -> float:
    """The major version of an action, as it or the comment behind its commit says; 0 where nothing does."""
    version = version_at(step.uses.where, step.uses.version, pipeline.resource) if step.uses else None
    return version[0] if version else 0


def _value(node: Node, pipeline: Pipeline) -> bool | None:
    data = node.data
    if isinstance(data, bool):
        return data
    if not isinstance(data, str):
        return None if node.unknown else bool(data)
    if not fences(data):
        return data.strip().lower() not in ("", "false", "no", "off", "0")
    if not is_whole(data):
        return None
    found = [(github["ref_type"], truth_of(fences(data)[0].source, {"github": Partial(github)})) for github in _releases(pipeline)]
    of_tags = {answer for kind, answer in found if kind == "tag"}  # a tag and its release come together
    if ("branch", True) in found or of_tags == {True}:
        return True
    return False if {answer for _, answer in found} == {False} else None


def _releases(pipeline: Pipeline) -> Iterator[dict[str, str]]:
    for trigger in pipeline.triggers:
        tag = {"ref": "refs/tags/v1.0.0", "ref_type": "tag", "ref_name": "v1.0.0"}
        if trigger.event is Event.RELEASE or (trigger.name == "push" and trigger.tags.include):
            yield {**tag, "event_name": trigger.name}
        for branch in trigger.branches.include if trigger.name == "push" else ():
            if re.search("release", text(branch)):
                yield {"ref": f"refs/heads/{text(branch)}", "ref_type": "branch", "ref_name": text(branch), "event_name": "push"}
