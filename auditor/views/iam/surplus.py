"""What one principal may do and another may not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.iam.access import may, names_of
from auditor.views.iam.clause import Clause
from auditor.views.iam.names import Names
from auditor.views.iam.question import personal
from auditor.views.iam.witness import made
from auditor.views.iam_actions import Action, expand

_FEW = 3
"""So many actions of a statement are tried: those that change something come first."""


@dataclass(frozen=True, slots=True)
class Surplus:
    """An action that one may do and the other may not, and the pattern that allows it."""

    action: str
    pattern: Node


def surplus(graph: Graph, role: Resource, principal: Resource) -> Surplus | None:
    """The first action that changes or reads something for `role` and certainly not for `principal`; None when there is none."""
    names = names_of(graph)
    for clause in _allowing(role, names):
        for action, arn in _samples(clause, names):
            if may(graph, principal, action, arn).allowed is False and may(graph, role, action, arn).allowed:
                return Surplus(action, clause.pattern(action))
    return None


def _allowing(role: Resource, names: Names) -> Iterator[Clause]:
    for policy in personal(role, names)[0].policies:
        yield from (it for it in names.compiled(policy).clauses if not it.statement.where.unknown and it.allows and not it.not_resource)


def _samples(clause: Clause, names: Names) -> Iterator[tuple[str, str]]:
    """(action, ARN) of what a statement allows."""
    found = [action for node in clause.statement.actions if not node.unknown for action in expand(node.text or "")]
    telling = sorted((it for it in found if not _harmless(it)), key=lambda it: not (it.writes or it.manages_permissions))
    for action in telling[:_FEW]:
        for text in clause.resources[:_FEW]:
            yield action.name, _made(text, action, names)


_COMMON = frozenset({"logs", "xray", "cloudwatch", "ssmmessages", "ec2messages"})
"""What nearly everything that runs may write to: no reason to want its role."""


def _harmless(action: Action) -> bool:
    """Whether an action only lists or describes, writes what everything writes, or connects a function to its network."""
    service, _, name = action.name.partition(":")
    if service in _COMMON or name.endswith("NetworkInterface"):
        return True
    return not (action.writes or action.manages_permissions) and name.startswith(("List", "Describe", "Get")) and not action.resource_level


def _made(text: str, action: Action, names: Names) -> str:
    """A resource that a text covers; one in this account where the text covers all."""
    if text == "*":
        service = action.name.partition(":")[0]
        text = f"arn:aws:{service}:{names.region}:{names.account}:*" if action.resource_level else "*"
    return text if text == "*" else made(text, text, names)
