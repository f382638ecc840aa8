"""What makes a role worth stealing."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.iam.access import names_of, question
from auditor.views.iam.administrator import FRESH, administrator
from auditor.views.iam.escalation import escalations

_WIDE = (
    ("secretsmanager:GetSecretValue", "secretsmanager:{region}:{account}:secret:{fresh}", "may read every secret"),
    ("ssm:GetParameter", "ssm:{region}:{account}:parameter/{fresh}", "may read every parameter"),
)


@dataclass(frozen=True, slots=True)
class Power:
    """What a role may do, in words that follow its name, and the places that allow it."""

    text: str
    places: tuple[Node, ...]


def power(graph: Graph, role: Resource) -> Power | None:
    """The most that a role certainly may do to the whole account; None when it is nothing of that kind."""
    found = administrator(graph, role)
    if found.truth:
        return Power("may do everything", () if found.pattern is None else (found.pattern,))
    route = escalations(graph).get(role)
    if route is not None and route.certain:
        return Power(f"can become an administrator: {route.text}", route.places)
    names = names_of(graph)
    for action, form, text in _WIDE:
        arn = "arn:aws:" + form.format(region=names.region, account=names.account, fresh=FRESH)
        answer = question(graph, role, action, arn).answer()
        if answer.allowed:
            return Power(text, tuple(applied.pattern for applied in answer.deciding))
    return None
