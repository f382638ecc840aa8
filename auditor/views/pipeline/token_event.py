"""Events that a job causes with GitHub's default token, for which GitHub starts no other workflow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.node import Node
from auditor.views.pipeline.model import Event, Job, Step, given
from auditor.views.pipeline.reading import field, text
from auditor.views.pipeline.shell import commands
from auditor.views.shell.invocation import Invocation

_RELEASING = ("softprops/action-gh-release", "ncipollo/release-action", "actions/create-release", "marvinpinto/action-automatic-releases")
_TAGGING = ("mathieudutour/github-tag-action", "anothrnick/github-tag-action", "rickstaa/action-create-tag")


@dataclass(frozen=True, slots=True, eq=False)
class Caused:
    """One event. `event` is `push` or `release`; `tag`: the push is one of a tag; `text` says what is done."""

    where: Node
    event: str
    text: str
    tag: bool = False


def caused(job: Job) -> Iterator[Caused]:
    """The pushes of tags and the releases of a job that uses no other token for them."""
    own_token = any(_has_token(step) for step in job.steps if step.calls("actions/checkout"))
    for step in job.steps:
        if step.uses is not None and not _has_token(step):
            if step.calls(*_RELEASING):
                if not step.job.pipeline.events <= {Event.RELEASE, Event.CALL}:  # else it adds files to the release that started it
                    yield Caused(step.uses.where, "release", "a release that is made")
                if not _has_tag(step):
                    yield Caused(step.uses.where, "push", "a tag that is made", tag=True)
            elif step.calls(*_TAGGING):
                yield Caused(step.uses.where, "push", "a tag that is pushed", tag=True)
        made = commands(step)
        for call in made.invocations if made else ():
            if made and call.is_("git", "push") and not own_token and not _elsewhere(call) and _pushes_tag(call):
                yield Caused(made.at(call.start, call.end), "push", "a tag that is pushed", tag=True)
            elif made and call.is_("gh", "release", "create") and _default_token(step):
                yield Caused(made.at(call.start, call.end), "release", "a release that is made")
                if not _has_tag(step):
                    yield Caused(made.at(call.start, call.end), "push", "a tag that is made", tag=True)


def _has_tag(step: Step) -> bool:
    """Whether the tag of a release is there already: the step runs for a tag."""
    conditions = [node.text or "" for node in (step.condition, step.job.condition, *(need.condition for need in step.job.upstream))]
    if any("refs/tags" in text or "ref_type" in text for text in conditions):
        return True
    if step.job.pipeline.events <= {Event.RELEASE, Event.CALL}:
        return True
    pushes = [it for it in step.job.pipeline.triggers if it.event is Event.PUSH]
    return bool(pushes) and all(it.tags.include and not it.branches for it in pushes)


def _has_token(step: Step) -> bool:
    inputs = step.uses.inputs if step.uses else step.where
    names = ("token", "ssh-key", "github_token", "github-token", "repo-token", "custom_tag_token")
    written = [field(inputs, name) for name in names]
    return any(given(it) and "GITHUB_TOKEN" not in text(it).upper() and "github.token" not in text(it) for it in written) or any(
        name in ("GITHUB_TOKEN", "GH_TOKEN") and "GITHUB_TOKEN" not in text(value).upper() and "github.token" not in text(value)
        for name, value in (step.variables.entries() if isinstance(step.variables.data, dict) else ())
    )


def _default_token(step: Step) -> bool:
    """Whether `gh` works with the default token, for certain."""
    for table in (step.variables, step.job.variables, step.job.pipeline.variables):
        for name in ("GH_TOKEN", "GITHUB_TOKEN"):
            value = text(field(table, name)) if isinstance(table.data, dict) else ""
            if value:
                return "secrets.github_token" in value.lower() or "github.token" in value.lower()
    return False


def _elsewhere(call: Invocation) -> bool:
    """Whether it pushes to an address of its own, which may hold another token."""
    return any("://" in word.text or "@" in word.text or "$" in word.text.partition("/")[0] for word in call.operands[1:2])


def _pushes_tag(call: Invocation) -> bool:
    return call.has("--tags", "--follow-tags") or any(
        word.text.startswith(("refs/tags/", "v$", "v${")) or word.text == "tag" for word in call.operands
    )
