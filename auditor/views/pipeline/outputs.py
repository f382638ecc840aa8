"""What a script gives to the steps after it."""

from __future__ import annotations

import re

from auditor.views.pipeline.model import Step
from auditor.views.pipeline.shell import commands
from auditor.views.shell.environment_file import entries
from auditor.views.shell.invocation import Invocation

_OLD = re.compile(r"::set-output\s+name=([^:\s]+)::")
_WORDS = """
    echo printf cat cd pwd test [ [[ (( set export local unset read true false : exit return if git date sed grep egrep awk cut tr
    head tail sort uniq wc basename dirname tee jq yq ls find mkdir rm cp mv touch chmod sleep curl wget kubectl helm aws az
    gcloud gh hostname id whoami uname seq xargs tar zip unzip sha256sum md5sum base64 openssl rev expr bc column paste realpath
    stat env declare readarray mapfile shift let trap wait Write-Output Write-Host
"""
_SIMPLE = frozenset(_WORDS.split())
"""Programs that write no outputs by themselves; any other one finds the file's name in its environment."""


def outputs_of(step: Step) -> frozenset[str] | None:
    """The outputs that a script writes, in lower case; None when something that it calls may write more."""
    made = commands(step)
    if made is None:
        return None
    found = entries(made.tree, "GITHUB_OUTPUT")
    if not found.complete or any(not entry.name for entry in found.found):
        return None
    if any(map(_may_write, made.invocations)):
        return None
    old = _OLD.findall(made.tree.text)
    return frozenset(name.lower() for name in (*(entry.name for entry in found.found), *old))


def _may_write(call: Invocation) -> bool:
    """Whether a program may write outputs of its own: a script, a build tool, a container that gets the file."""
    if call.tool in ("docker", "podman"):
        return bool(set(call.subcommand) & {"run", "exec", "compose"})
    return not call.tool or call.tool not in _SIMPLE or "/" in call.words[0].text
