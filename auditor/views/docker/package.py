"""Package managers in commands: what they install, update and clean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.node import Node
from auditor.views.docker.run import Run
from auditor.views.shell.invocation import Invocation

_FAMILIES: Final = {
    "apt-get": "apt",
    "apt": "apt",
    "aptitude": "apt",
    "apk": "apk",
    "yum": "yum",
    "dnf": "dnf",
    "microdnf": "microdnf",
    "tdnf": "tdnf",
    "zypper": "zypper",
}
_ACTIONS: Final = {
    "add": "install",
    "in": "install",
    "reinstall": "install",
    "groupinstall": "install",
    "localinstall": "install",
    "source-install": "install",
    "group": "install",
    "up": "update",
    "ref": "update",
    "refresh": "update",
    "check-update": "update",
    "makecache": "update",
    "dup": "dist-upgrade",
    "full-upgrade": "dist-upgrade",
    "cc": "clean",
    "autoclean": "clean",
}


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a package manager. `action`: install, update (of the lists), upgrade, dist-upgrade, clean, or its own word."""

    run: Run
    invocation: Invocation
    family: str
    action: str

    @property
    def where(self) -> Node:
        """Where it is called."""
        return self.run.call(self.invocation)

    @property
    def names(self) -> tuple[str, ...]:
        """The packages, as written."""
        return tuple(word.text for word in self.invocation.operands)

    def flagged(self, letter: str, *names: str) -> bool:
        """Whether a short option, alone or in a group (`-qy`), or one of the long ones is given."""
        return any(
            option.name in names or (not option.name.startswith("--") and letter in option.name[1:].partition("=")[0])
            for option in self.invocation.options
        )


def calls(run: Run) -> Iterator[Call]:
    """The calls in a script, in order."""
    for invocation in run.invocations:
        family = _FAMILIES.get(invocation.tool)
        spoken = (*invocation.subcommand, *(word.text for word in invocation.operands))
        if family and spoken:
            yield Call(run, invocation, family, _ACTIONS.get(spoken[0], spoken[0]))
