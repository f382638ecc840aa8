"""Ways out of a permissions boundary for the principal that is inside of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.iam.access import may, names_of
from auditor.views.iam.hole import starred
from auditor.views.iam.question import Answer, personal
from auditor.views.iam.truth import Truth, conj
from auditor.views.iam.witness import somewhere

_MADE_WITHOUT = frozenset({"iam:PermissionsBoundary"})


@dataclass(frozen=True, slots=True)
class WayOut:
    """Actions that together lift, loosen or get around a boundary."""

    actions: tuple[str, ...]
    truth: Truth
    answers: tuple[Answer, ...]

    @property
    def doubts(self) -> tuple[str, ...]:
        """What it hangs on where it is not certain."""
        return tuple(dict.fromkeys(starred(doubt) for answer in self.answers for doubt in answer.decision.doubts))


def ways_out(graph: Graph, principal: Resource) -> tuple[WayOut, ...]:
    """The ways that are open, or may be, to a role or a user with a boundary."""
    return tuple(way for way in _ways(graph, principal) if way.truth is not False)


def _ways(graph: Graph, principal: Resource) -> Iterator[WayOut]:
    word = "Role" if principal.kind == "aws_iam_role" else "User"
    for action in (f"iam:Delete{word}PermissionsBoundary", f"iam:Put{word}PermissionsBoundary"):
        context = {"iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess"} if "Put" in action else None
        answer = may(graph, principal, action, principal, context, absent=() if context else _MADE_WITHOUT)
        yield WayOut((action,), answer.allowed, (answer,))
    limit = personal(principal, names_of(graph))[2]
    for policy in limit.policies if limit else ():
        if policy.resource.kind == "aws_iam_policy":
            answer = may(graph, principal, "iam:CreatePolicyVersion", policy.resource)
            yield WayOut(("iam:CreatePolicyVersion",), answer.allowed, (answer,))
    for kind, makes in (("role", "iam:CreateRole"), ("user", "iam:CreateUser")):
        for grants in (f"iam:Put{kind.title()}Policy", f"iam:Attach{kind.title()}Policy"):
            pattern = f"arn:aws:iam::*:{kind}/*"
            truth, answers = somewhere(graph, principal, (makes, grants), pattern, None, _MADE_WITHOUT)
            last: Truth = True
            if kind == "user":
                last, more = somewhere(graph, principal, ("iam:CreateAccessKey",), pattern)
                answers = (*answers, *more)
            yield WayOut((makes, grants), conj(truth, last), answers)
