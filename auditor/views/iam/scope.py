"""Which resources the policies of a principal can concern at all for an action: so that a search asks about those only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.iam.access import names_of
from auditor.views.iam.clause import Clause
from auditor.views.iam.hole import HOLE
from auditor.views.iam.names import Names
from auditor.views.iam.pattern import ANY, matches_arn, wild
from auditor.views.iam.question import personal


def grants(graph: Graph, principal: Resource, action: str) -> tuple[Clause, ...]:
    """The statements of a principal and its groups that allow an action, or may."""
    names = names_of(graph)
    return names.once(("grants", id(principal), action), lambda: tuple(_grants(principal, action, names)))


def _grants(principal: Resource, action: str, names: Names) -> Iterator[Clause]:
    identity, group, _ = personal(principal, names)
    for policy in (*identity.policies, *group.policies):
        for clause in names.compiled(policy).about(action):
            if _may_allow(clause, action):
                yield clause


def granted(graph: Graph, principal: Resource, actions: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Those of the actions (by service) that some statement of a principal or of its groups allows, or may.

    What its boundary does not speak of, or what it is denied altogether, is not among them.
    """
    names = names_of(graph)
    identity, group, limit = personal(principal, names)
    policies = [names.compiled(policy) for policy in (*identity.policies, *group.policies)]
    bounds = None if limit is None or limit.gaps else [names.compiled(policy) for policy in limit.policies]
    asked = (service for service in actions if any(policy.about(f"{service}:") for policy in policies))
    return frozenset(
        action
        for service in asked
        for action in actions[service]
        if grants(graph, principal, action)
        and not any(_forbids(clause, action) for policy in policies for clause in policy.about(action))
        and (bounds is None or any(_may_allow(clause, action) for policy in bounds for clause in policy.about(action)))
    )


def _may_allow(clause: Clause, action: str) -> bool:
    return clause.statement.where.unknown or (clause.allows is not False and clause.covers(action) is not False)


def _forbids(clause: Clause, action: str) -> bool:
    """Whether it certainly denies an action, whatever it is done to."""
    if clause.statement.where.unknown or not clause.denies or not clause.covers(action):
        return False
    return not clause.conditions and not clause.not_resource and "*" in clause.resources


def scope(graph: Graph, principal: Resource, action: str) -> tuple[frozenset[Resource], tuple[str, ...]]:
    """The resources that the statements for an action name one by one, and the patterns that may fit more."""
    names = names_of(graph)
    return names.once(("scope", id(principal), action), lambda: _listed(grants(graph, principal, action), names))


def concerns(graph: Graph, principal: Resource, action: str, target: Resource) -> bool:
    """Whether the policies of a principal may allow it an action on a target at all: some pattern of theirs fits its ARN."""
    listed, patterns = scope(graph, principal, action)
    if target in listed:
        return True
    arn = names_of(graph).arn(target) if patterns else ""
    return any(matches_arn(pattern, arn) is not False for pattern in patterns)


def _listed(clauses: tuple[Clause, ...], names: Names) -> tuple[frozenset[Resource], tuple[str, ...]]:
    found: set[Resource] = set()
    patterns: dict[str, None] = {}
    for clause in clauses:
        if clause.statement.where.unknown or clause.not_resource:
            return frozenset(), (ANY,)
        for text in clause.resources:
            if "*" in text or "?" in text or "$" in text or HOLE in text:
                patterns[_VARIABLE.sub(ANY, wild(text))] = None
            else:
                found.update(names.like(text))
    return frozenset(found), tuple(patterns)


_VARIABLE = re.compile(r"\$\{[^}]*\}")
