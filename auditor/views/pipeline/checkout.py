"""What lies in the folder in which a step runs: the repository, something else, or what earlier steps made."""

from __future__ import annotations

from auditor.views.pipeline.model import Platform, Step, given
from auditor.views.pipeline.reading import field
from auditor.views.pipeline.shell import commands
from auditor.views.shell.environment_file import writes

_READERS = frozenset(
    {
        *(
            "echo",
            "printf",
            "cat",
            "ls",
            "cd",
            "pwd",
            "test",
            "[",
            "[[",
            "set",
            "export",
            "env",
            "true",
            "false",
            "exit",
            "grep",
            "sleep",
            "date",
        ),
        *("kubectl", "docker", "git-lfs", "which", "command", "jq", "id", "whoami", "uname", "chmod", "chown", "sudo", "if", ":"),
    }
)
"""Programs that leave no new files behind that a later path could name."""


def may_hold(step: Step, path: str) -> bool:
    """Whether the path may be there when the step runs although the repository does not have it: another checkout, or something made it."""
    first = path.removeprefix("./").split("/")[0]
    github = step.job.pipeline.platform is Platform.GITHUB
    if github and any(it.calls("actions/checkout") and _is_other(it) for it in step.job.steps):
        return True
    return _names(step, first) or any(_may_make(it, first) for it in step.before)


def _may_make(step: Step, first: str) -> bool:
    """Whether a step may leave a file or folder of that name behind."""
    if step.uses is not None and not _harmless(step):
        return True
    made = commands(step)
    if made is None:
        return False
    return _names(step, first) or any(call.tool not in _READERS for call in made.invocations)


def _names(step: Step, first: str) -> bool:
    """Whether the script itself writes there, or makes a folder there."""
    made = commands(step)
    if made is None:
        return False
    if any(write.path and write.path.removeprefix("./").startswith(first) for write in writes(made.tree)):
        return True
    return any(call.tool in ("mkdir", "git") and first in " ".join(word.text for word in call.words) for call in made.invocations)


def _is_other(step: Step) -> bool:
    inputs = step.uses.inputs if step.uses else step.where
    return given(field(inputs, "repository")) or given(field(inputs, "path"))


def _harmless(step: Step) -> bool:
    """Whether an action leaves the folder as it is: a checkout, or something that only sets up tools or logs in."""
    name = step.uses.name.lower() if step.uses else ""
    if step.calls("actions/checkout", "checkout"):
        return True
    return any(word in name for word in ("setup-", "login", "credentials", "configure-", "auth")) and not step.uses.local  # type: ignore[union-attr]
