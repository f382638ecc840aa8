"""The script of a step as a tree, and where its parts are written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from auditor.model.node import Node
from auditor.views.pipeline.model import Platform, Step
from auditor.views.shell import Command, Dialect, Placeholder, State, parse
from auditor.views.shell import Script as Tree
from auditor.views.shell.invocation import Invocation, invocations

_DIALECTS = {
    "bash": Dialect.BASH,
    "sh": Dialect.SH,
    "dash": Dialect.SH,
    "ash": Dialect.SH,
    "pwsh": Dialect.POWERSHELL,
    "powershell": Dialect.POWERSHELL,
    "cmd": Dialect.CMD,
    "python": Dialect.PYTHON,
    "python3": Dialect.PYTHON,
}
_PLACEHOLDERS = {
    Platform.GITHUB: Placeholder.GITHUB,
    Platform.GITLAB: Placeholder.GITLAB,
    Platform.CIRCLECI: Placeholder.CIRCLECI,
    Platform.AZURE: Placeholder.AZURE,
    Platform.TEKTON: Placeholder.TEKTON,
    Platform.ARGO: Placeholder.ARGO,
}


@dataclass(frozen=True, eq=False)
class Commands:
    """The commands of a step. `texts` are the parts that the shell sees as one script, `starts` where each begins in it."""

    step: Step
    texts: tuple[Node, ...]
    starts: tuple[int, ...]
    tree: Tree

    def at(self, start: int, end: int) -> Node:
        """The node for a piece of the script."""
        index = max(number for number, begin in enumerate(self.starts) if begin <= start)
        begin = self.starts[index]
        return self.texts[index].part(start - begin, min(end - begin, len(self.texts[index].text or "")))

    @cached_property
    def invocations(self) -> tuple[Invocation, ...]:
        """Every tool that is called, behind wrappers and in shells inside the shell too."""
        return invocations(self.tree)

    @cached_property
    def commands(self) -> tuple[Command, ...]:
        """Every simple command, in the order of the text."""
        return self.tree.commands


def calls(step: Step) -> tuple[Invocation, ...]:
    """Every tool that a step calls."""
    found = commands(step)
    return found.invocations if found else ()


def commands(step: Step) -> Commands | None:
    """The commands of a step; None when it runs no script that is known."""
    if "_commands" not in step.__dict__:
        step.__dict__["_commands"] = _read(step)
    found: Commands | None = step.__dict__["_commands"]
    return found


def _read(step: Step) -> Commands | None:
    script = step.script
    if script is None:
        return None
    texts = tuple(node for node in script.texts if isinstance(node.data, str))
    if not texts:
        return None
    starts, at = [], 0
    for node in texts:
        starts.append(at)
        at += len(str(node.data)) + 1
    dialect = _DIALECTS.get(script.dialect, Dialect.OTHER)
    placeholders = _PLACEHOLDERS.get(step.job.pipeline.platform, Placeholder.NONE)
    state = State(errexit=script.errexit, pipefail=script.pipefail)
    text = "\n".join(str(node.data) for node in texts)
    return Commands(step, texts, tuple(starts), parse(text, dialect, placeholders, state))
