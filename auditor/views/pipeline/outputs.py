"""What a script gives to the steps after it."""

from __future__ import annotations

import re

from auditor.views.pipeline.model import Step
from auditor.views.pipeline.shell import commands
from auditor.views.shell.environment_file import entries
from auditor.views.shell.invocation import Invocation

_OLD = re.compile(r"::set-output\s+name=([^:\s]+)::")
_OPAQUE = frozenset(
    {"python", "python3", "node", "ruby", "perl", "pwsh", "bash", "sh", "make", "npm", "npx", "yarn", "pnpm", "docker", "source", "."}
)


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
    return not call.tool or call.tool in _OPAQUE or "/" in call.words[0].text
