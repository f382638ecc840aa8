"""Known ways to more rights, as data: what is done, to what, and whose rights it yields. One more path is one more entry of a file."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

TARGET: Final = "target"
ROLE: Final = "role"
"""What a step is done to, where it is none of these an ARN with wildcards, or `*` for an action that concerns no resource."""


class Target(enum.StrEnum):
    """What a path is about."""

    OWN_POLICY = "own_policy"  # a policy that is attached to the principal, or to a group of it
    OWN_ROLE = "own_role"
    OWN_USER = "own_user"
    OWN_GROUP = "own_group"
    POLICY_OF_ROLE = "policy_of_role"
    ROLE = "role"
    USER = "user"
    GROUP = "group"
    PASSED = "passed"  # a role that a service takes over
    WORKLOAD = "workload"  # something that runs with a role
    NEW = "new"  # what the principal makes for itself


@dataclass(frozen=True, slots=True)
class EscalationPath:
    """One way.

    `steps`: (action, what it is done to). `service` is whom the role is passed to; `kind` of workload, and `role_at` the path in it that
    leads to its role. `of`: the only kind of principal that can go it. `administrator`: it yields every right, and otherwise those of its
    target. `assumes`: what has to be true beside, which no policy tells. `intended`: the way is there to be gone, and no fault.
    """

    name: str
    about: str
    target: Target
    steps: tuple[tuple[str, str], ...]
    service: str = ""
    kind: str = ""
    role_at: str = ""
    of: str = ""
    administrator: bool = False
    assumes: str = ""
    intended: bool = False

    @property
    def actions(self) -> tuple[str, ...]:
        """The actions of its steps."""
        return tuple(action for action, _ in self.steps)


@cache
def escalation_paths() -> tuple[EscalationPath, ...]:
    """All paths, by file and place in it."""
    folder = files("auditor.views.iam") / "escalation_paths"
    texts = [entry.read_text("utf-8") for entry in sorted(folder.iterdir(), key=lambda it: it.name) if entry.name.endswith(".yaml")]
    return tuple(_path(entry) for text in texts for entry in yaml.load(text, yaml.CSafeLoader))


def _path(entry: Mapping[str, Any]) -> EscalationPath:
    """The path of an entry; an unknown key is a slip of ours, and loud."""
    steps = tuple(entry["steps"].items())
    service, kind = entry.get("passes", ""), entry.get("workload", "")
    target = Target.PASSED if service else Target.WORKLOAD if kind else Target(entry.get("target", Target.NEW))
    unknown = set(entry) - _KEYS
    if unknown:
        raise ValueError(f"{entry['name']}: {', '.join(sorted(unknown))}")
    return EscalationPath(
        name=entry["name"],
        about=entry["about"],
        target=target,
        steps=(("iam:PassRole", ROLE), *steps) if service else steps,
        service=service,
        kind=kind,
        role_at=entry.get("role", ""),
        of=entry.get("of", ""),
        administrator=entry.get("gains") == "administrator",
        assumes=entry.get("assumes", ""),
        intended=entry.get("intended", False),
    )


_KEYS = frozenset({"name", "about", "target", "passes", "workload", "role", "of", "steps", "gains", "assumes", "intended"})
