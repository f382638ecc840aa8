"""A statement in the light of a request: which of its parts fit, and what is open."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.node import Node, Undecided
from auditor.views.iam.condition import holds
from auditor.views.iam.pattern import ANY, UNSET, Resolve, expand, matches, matches_arn, raw, written
from auditor.views.iam.principal import EVERYBODY, NOBODY, Reach, reach
from auditor.views.iam.request import Context, Request
from auditor.views.iam.truth import Truth, any_of, conj, neg
from auditor.views.policy import Policy
from auditor.views.statement import Condition, Statement, Use


@dataclass(frozen=True, slots=True)
class Row:
    """One condition and whether it holds."""

    condition: Condition
    holds: Truth


@dataclass(frozen=True, slots=True)
class Applied:
    """What a statement says of one request. `allows` and `denies` tell its effect; both are None where that is not known."""

    policy: Policy
    statement: Statement
    allows: Truth
    denies: Truth
    action: Truth
    resource: Truth
    principal: Reach
    conditions: tuple[Row, ...]

    @property
    def fits(self) -> Truth:
        """Whether action, resource and conditions fit."""
        return conj(self.action, self.resource, *(row.holds for row in self.conditions))

    @property
    def holds(self) -> Truth:
        """Whether the statement applies."""
        return conj(self.fits, self.principal.any)

    @property
    def doubts(self) -> tuple[str, ...]:
        """What keeps it from being decided: context keys, and parts of the statement."""
        if self.holds is not None:
            return ()
        parts = {"Action": self.action, "Resource": self.resource, "Principal": self.principal.any}
        return (*(row.condition.key for row in self.conditions if row.holds is None), *(part for part, it in parts.items() if it is None))


def apply(policy: Policy, request: Request, resolve: Resolve) -> tuple[Applied, ...]:
    """The statements of a policy in the light of a request."""
    variables = _version(policy) == "2012-10-17"
    return tuple(_apply(policy, statement, request, resolve, variables=variables) for statement in policy.statements)


def _version(policy: Policy) -> str:
    """The version of the language; one that is not known is taken for the new one, which all that is written today has."""
    try:
        return policy.version
    except Undecided:
        return "2012-10-17"


def _apply(policy: Policy, statement: Statement, request: Request, resolve: Resolve, *, variables: bool) -> Applied:
    if statement.where.unknown:
        everyone = Reach(None, None, None)
        return Applied(policy, statement, None, None, None, None, everyone, ())
    effect = statement.where.at("Effect")
    known = not effect.unknown
    context = request.context if variables else None
    action = _action(statement, request, resolve)
    resource = conj() if action is False or _without_resource(statement) else _resource(statement, request, context, resolve)
    principal = NOBODY if action is False else _principal(statement, request, resolve)
    rows = () if conj(action, resource) is False else _conditions(statement, request, resolve, variables=variables)
    return Applied(
        policy,
        statement,
        effect.text == "Allow" if known else None,
        effect.text == "Deny" if known else None,
        action,
        resource,
        principal,
        rows,
    )


def _without_resource(statement: Statement) -> bool:
    """A policy that stands at its resource (of a role, of a repository of images) need not name it."""
    return statement.use in (Use.TRUST, Use.RESOURCE) and not _written(statement, "Resource") and not _written(statement, "NotResource")


def _written(statement: Statement, key: str) -> bool:
    return written(statement.where.at(key))


def _action(statement: Statement, request: Request, resolve: Resolve) -> Truth:
    if _written(statement, "NotAction"):
        return neg(_covers_action(statement.not_actions, request, resolve))
    return _covers_action(statement.actions, request, resolve)


def _covers_action(nodes: tuple[Node, ...], request: Request, resolve: Resolve) -> Truth:
    return any_of(matches(expand(raw(node, resolve), None, wildcards=True), request.action, fold=True) for node in nodes)


def _resource(statement: Statement, request: Request, context: Context | None, resolve: Resolve) -> Truth:
    excluded = _written(statement, "NotResource")
    nodes = statement.not_resources if excluded else statement.resources
    patterns = [expand(raw(node, resolve), context, wildcards=True) for node in nodes]
    if excluded and any(_may_cover_unset(pattern, request.resource) for pattern in patterns if UNSET in pattern):
        return False  # a variable without a value makes the comparison fail, also one that asks for a difference
    covered = any_of(_covers(pattern, request.resource) for pattern in patterns if UNSET not in pattern)
    return neg(covered) if excluded else covered


def _may_cover_unset(pattern: str, resource: str | None) -> bool:
    """Whether the part of a pattern that has the variable is compared at all: what stands before it in the ARN fits."""
    compared = ":".join(ANY if UNSET in part else part for part in pattern.split(":", 5))
    return _covers(compared, resource) is not False


def _covers(pattern: str, resource: str | None) -> Truth:
    if resource is None:
        return matches_arn(pattern, "") or None
    return matches_arn(pattern, resource)


def _principal(statement: Statement, request: Request, resolve: Resolve) -> Reach:
    if statement.use is Use.IDENTITY:
        return EVERYBODY
    if statement.use is Use.GUARD and not (_written(statement, "Principal") or _written(statement, "NotPrincipal")):
        return EVERYBODY
    return reach(statement, request, resolve)


def _conditions(statement: Statement, request: Request, resolve: Resolve, *, variables: bool) -> tuple[Row, ...]:
    node = statement.where.at("Condition")
    if node.unknown:
        return (Row(Condition("", "Condition", node), None),)
    found: list[Row] = []
    for operator, keys in node.entries():
        if keys.unknown:
            found.append(Row(Condition(operator, "Condition", keys), None))
            continue
        for key, values in keys.entries():
            condition = Condition(operator, key, values)
            found.append(Row(condition, holds(condition, request.context, resolve, variables=variables)))
    return tuple(found)
