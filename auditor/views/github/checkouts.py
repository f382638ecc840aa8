"""Where a checkout leaves its token, and which later steps need it or carry it out."""

from __future__ import annotations

import re
from typing import Final

from auditor.views.github.actions import parse_uses
from auditor.views.pipeline.model import Step
from auditor.views.pipeline.reading import field, text
from auditor.views.pipeline.shell import calls

_NEEDS: Final = frozenset({"push", "fetch", "pull", "submodule", "lfs", "remote", "ls-remote"})
_PUSHING: Final = re.compile(r"(?:git-)?(?:auto-)?commit|push|create-pull-request|gh-pages|release|semantic|changesets|bump|deploy", re.I)
_PUSHING_TOOLS: Final = frozenset({"semantic-release", "release-it", "lerna", "standard-version", "mike", "ghp-import", "cz", "goreleaser"})
_WHOLE: Final = re.compile(r"^(?:\./?|\.\./?|\*\*(?:/\*)?|\*|\.git/?|\$\{\{\s*github\.workspace\s*\}\}/?)$", re.M)


def keeps_token(step: Step) -> bool:
    """Whether it is a checkout that stores its token because nothing else is said. Raises `Undecided`."""
    if not step.calls("actions/checkout") or step.uses is None:
        return False
    setting = field(step.uses.inputs, "persist-credentials")
    return setting.missing and not step.uses.inputs.unknown


def used_later(step: Step) -> bool:
    """Whether a later step may use git with the stored token."""
    known: dict[str, int] = step.job.__dict__
    if _LAST not in known:
        known[_LAST] = max((it.index for it in step.job.steps if _needs_token(it)), default=-1)
    return known[_LAST] > step.index


_LAST: Final = "_last_use_of_token"


def _needs_token(step: Step) -> bool:
    """Whether a step pushes, fetches, or runs something that does."""
    if step.uses is not None:
        return _PUSHING.search(step.uses.name) is not None and not step.calls("actions/upload-artifact")
    for call in calls(step):
        spoken = [*call.subcommand, *(word.text for word in call.operands[:2])]
        if call.tool == "git" and _NEEDS & set(spoken[:1]):
            return True
        if call.tool in _PUSHING_TOOLS or _PUSHING_TOOLS & set(spoken):
            return True
    return False


def keeps_token_in_folder(step: Step) -> bool:
    """Whether the token lies in `.git` of the checkout: from version 6 on it lies elsewhere."""
    if not step.calls("actions/checkout") or step.uses is None or field(step.uses.inputs, "persist-credentials").value in (False, "false"):
        return False
    reference = parse_uses(text(step.uses.where))
    return reference is not None and reference.major is not None and reference.major < 6


def uploads_folder(step: Step) -> bool:
    """Whether a step makes an artifact of the whole folder, hidden files included (left out since 4.4 unless asked for)."""
    if not step.calls("actions/upload-artifact") or step.uses is None:
        return False
    inputs = step.uses.inputs
    if not _WHOLE.search(text(field(inputs, "path"))):
        return False
    reference = parse_uses(text(step.uses.where))
    old = reference is not None and (reference.major or 4) < 4
    return old or field(inputs, "include-hidden-files").value in (True, "true")
