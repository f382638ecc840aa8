"""What the most used actions take and give (see `known_actions.txt` for the state), and how `uses:` names an action."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_REFERENCE = re.compile(r"(?P<owner>[^/@\s]+)/(?P<name>[^/@\s]+)(?P<path>/[^@\s]+)?@(?P<ref>\S+)\Z")
_MAJOR = re.compile(r"v?(\d+)(?:\.\d+)*\Z")


@dataclass(frozen=True, slots=True)
class ActionReference:
    """`owner/name/path@ref`."""

    owner: str
    name: str
    path: str
    ref: str

    @property
    def slug(self) -> str:
        """The action without its version, in lower case."""
        return f"{self.owner}/{self.name}{self.path}".lower()

    @property
    def major(self) -> int | None:
        """The major version that a tag such as v4 or v4.1.2 names; None for a branch or a commit."""
        found = _MAJOR.match(self.ref)
        return int(found[1]) if found else None


@dataclass(frozen=True, slots=True)
class KnownAction:
    """An action's inputs (None: any) and outputs (None: any), as they are written; `old` and `gone`: see the table."""

    name: str
    inputs: tuple[str, ...] | None = None
    required: tuple[str, ...] = ()
    deprecated: frozenset[str] = frozenset()
    outputs: tuple[str, ...] | None = None
    old: int = -1
    gone: int = -1


def parse_uses(uses: str) -> ActionReference | None:
    """The action of another repository that `uses:` names; None for a local one, an image and what is malformed."""
    if uses.startswith((".", "docker:", "$/")) or "${{" in uses:
        return None
    found = _REFERENCE.match(uses.strip())
    return ActionReference(found["owner"], found["name"], found["path"] or "", found["ref"]) if found else None


def known_action(uses: str) -> KnownAction | None:
    """What is known of the action that `uses:` names."""
    reference = parse_uses(uses)
    return _table().get(reference.slug) if reference is not None else None


def known_slugs() -> tuple[str, ...]:
    """The actions of the table, in lower case."""
    return tuple(sorted(_table()))


def known_outputs(uses: str) -> tuple[str, ...] | None:
    """The outputs of an action in lower case; None when they are not known."""
    action = known_action(uses)
    return None if action is None or action.outputs is None else tuple(name.lower() for name in action.outputs)


@cache
def _table() -> dict[str, KnownAction]:
    text = files("auditor.views.github").joinpath("known_actions.txt").read_text("utf-8")
    found: dict[str, KnownAction] = {}
    for block in re.split(r"\n(?=[^\s#])", text):
        name, *lines = [line for line in block.splitlines() if line.strip() and not line.startswith("#")] or [""]
        if name:
            fields = {key.strip(): value.split() for key, _, value in (line.partition(":") for line in lines)}
            found[name.lower()] = _action(name, fields)
    return found


def _action(name: str, fields: dict[str, list[str]]) -> KnownAction:
    inputs = fields.get("in", ["*"])
    outputs = fields.get("out", ["*"])
    return KnownAction(
        name,
        None if "*" in inputs else tuple(it.rstrip("!~") for it in inputs),
        tuple(it.rstrip("!") for it in inputs if it.endswith("!")),
        frozenset(it.rstrip("~").lower() for it in inputs if it.endswith("~")),
        None if "*" in outputs else tuple(outputs),
        int((fields.get("old") or ["-1"])[0]),
        int((fields.get("gone") or ["-1"])[0]),
    )
