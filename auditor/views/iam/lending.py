"""Roles that a principal can hand to something of its own by a pattern that fits them, although they may do more than it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.iam.access import may, names_of
from auditor.views.iam.administrator import administrator
from auditor.views.iam.applied import Applied
from auditor.views.iam.escalation import escalations, open_paths
from auditor.views.iam.escalation_path import EscalationPath
from auditor.views.iam.hop import hop_to
from auditor.views.iam.pattern import ANY, head_of, matches_arn
from auditor.views.iam.scope import scope
from auditor.views.iam.surplus import Surplus, surplus
from auditor.views.iam.trust import trust


@dataclass(frozen=True, slots=True)
class Loan:
    """One role, the service that it is handed to, the pattern that allows it, and what the role may do beyond the principal."""

    role: Resource
    service: str
    pattern: Node
    surplus: Surplus


def lent(graph: Graph, principal: Resource, most: int) -> Iterator[Loan]:
    """One loan for each pattern: the first role, by its ARN, that it fits; so many roles are compared with the principal at most.

    Not those of an administrator, nor of who can become one, nor by a pattern that fits every role: that is said elsewhere. Nor a role
    whose policies the principal may write itself, since then it can have those rights anyway.
    """
    if administrator(graph, principal).truth is not False or principal in escalations(graph):
        return
    patterns = [it for it in scope(graph, principal, "iam:PassRole")[1] if not _every_role(it)]
    if not patterns:
        return
    paths = [path for path in open_paths(graph, principal) if path.service]
    told: set[int] = set()
    for role in islice(_roles(graph, patterns), most):
        path = next((it for it in paths if it.service in trust(graph, role).services and _goes(graph, principal, role, it)), None)
        if path is None or role is principal or any(may(graph, principal, it, role).allowed is not False for it in _WRITES):
            continue
        applied = _passing(graph, principal, role, path.service)
        if applied is None or id(applied.clause) in told or (more := surplus(graph, role, principal)) is None:
            continue
        told.add(id(applied.clause))
        yield Loan(role, path.service, applied.pattern, more)


_WRITES = ("iam:PutRolePolicy", "iam:AttachRolePolicy")


def _every_role(pattern: str) -> bool:
    return pattern.rpartition(":")[2] in (ANY, f"role/{ANY}", f"role{ANY}")


def _roles(graph: Graph, patterns: list[str]) -> Iterator[Resource]:
    """The roles that any of the patterns certainly fits, by their ARNs."""
    names = names_of(graph)
    known = names.once(("roles by ARN",), lambda: _by_arn(graph))
    found: set[Resource] = set()
    for pattern in patterns:
        head = head_of(pattern.split(":", 5)[-1])
        for at in range(bisect_left(known, head, key=lambda it: it[0]), len(known)):
            rest, role = known[at]
            if not rest.startswith(head):
                break
            if role not in found and matches_arn(pattern, names.arn(role)):
                found.add(role)
                yield role


def _by_arn(graph: Graph) -> list[tuple[str, Resource]]:
    names = names_of(graph)
    found = [(names.arn(role).split(":", 5)[-1], role) for role in graph.of("aws_iam_role")]
    return sorted(found, key=lambda it: (it[0], it[1].address.text))


def _goes(graph: Graph, principal: Resource, role: Resource, path: EscalationPath) -> bool:
    hop = hop_to(graph, principal, role, path)
    return hop is not None and hop.truth is True


def _passing(graph: Graph, principal: Resource, role: Resource, service: str) -> Applied | None:
    """The statement with a pattern that lets the role be passed; None where one that names it does so too."""
    answer = may(graph, principal, "iam:PassRole", role, {"iam:PassedToService": service})
    listed = [it for it in answer.deciding if not any("*" in text or "?" in text for text in it.clause.resources)]
    return None if listed or not answer.deciding else answer.deciding[0]
