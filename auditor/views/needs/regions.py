"""Deny statements for all regions but some, and the services that such a statement hits although they have one region only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.policy import statements
from auditor.views.statement import Condition, Statement, glob

_HOME = "us-east-1"
_ELSEWHERE: Final[Mapping[str, str]] = {"globalaccelerator": "us-west-2", "networkmanager": "us-west-2"}
_REGION = "aws:requestedregion"
_PROBES: Final[Mapping[str, str]] = {"iam": "iam:CreateRole", "s3": "s3:ListAllMyBuckets"}
"""Service -> an action that stands for it where there is a telling one."""


@dataclass(frozen=True, slots=True)
class RegionDeny:
    """A Deny for every region that `condition` does not name."""

    statement: Statement
    condition: Condition

    @property
    def where(self) -> Node:
        """The list of what it does not hit, or else its actions."""
        excepted = self.statement.where.at("NotAction")
        return self.statement.where.at("Action") if excepted.missing else excepted

    def home(self, service: str) -> str:
        """The region that requests to a global service carry."""
        return _ELSEWHERE.get(service, _HOME)

    def hits(self, service: str) -> bool:
        """Whether the requests to a global service are denied. Raises `Undecided` where that is not known."""
        home = self.home(service)
        if any(glob(value.text or "").fullmatch(home) for value in self.condition.values):
            return False
        action = _PROBES.get(service, f"{service}:Any").lower()
        excepted = self.statement.where.at("NotAction")
        patterns = self.statement.not_actions if excepted.present else self.statement.actions
        covered = any(_covers(pattern, action) for pattern in patterns)
        return not covered if excepted.present else covered and any((it.text or "") in ("*", "*:*") for it in patterns)


def _covers(pattern: Node, action: str) -> bool:
    """Whether a pattern excepts a service, or the part of it that somebody thought of."""
    text = (pattern.text or "").lower()
    return glob(text).fullmatch(action) is not None or text.partition(":")[0] == action.partition(":")[0]


def region_denies(resource: Resource, graph: Graph) -> Iterator[RegionDeny]:
    """The statements that deny by region and by nothing else: a further condition is an exception of its own."""
    if resource.at("type").text not in (None, "SERVICE_CONTROL_POLICY"):
        return
    for statement in statements(resource, graph):
        if statement.denies and len(statement.conditions) == 1:
            condition = statement.conditions[0]
            if condition.key.lower() == _REGION and condition.test in ("stringnotequals", "stringnotlike", "stringnotequalsignorecase"):
                yield RegionDeny(statement, condition)
