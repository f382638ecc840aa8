"""A statement in the light of a request: which of its parts fit, and what is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor.model.node import Node
from auditor.views.iam.clause import Clause, Compiled
from auditor.views.iam.condition import holds
from auditor.views.iam.pattern import ANY, UNSET, expand, matches_arn
from auditor.views.iam.principal import EVERYBODY, Reach, reach
from auditor.views.iam.request import Absence, Context, Request
from auditor.views.iam.truth import Truth, any_of, conj, neg
from auditor.views.policy import Policy
from auditor.views.statement import Condition, Statement


@dataclass(frozen=True, slots=True)
class Row:
    """One condition and whether it holds."""

    condition: Condition
    holds: Truth


@dataclass(frozen=True, slots=True)
class Applied:
    """What a statement says of one request. `allows` and `denies` tell its effect; both are None where that is not known."""

    policy: Policy
    clause: Clause
    requested: str
    allows: Truth
    denies: Truth
    action: Truth
    resource: Truth
    principal: Reach
    conditions: tuple[Row, ...]

    @property
    def statement(self) -> Statement:
        """The statement as it is written."""
        return self.clause.statement

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
            attached = f"whom {self.policy.resource.address.text} is attached to"
            return (attached,) if self.holds and None in (self.allows, self.denies) else ()
        if self.statement.where.unknown:
            return (f"a statement of {self.policy.resource.address.text} that is not known",)
        parts = {"Action": self.action, "Resource": self.resource, "Principal": self.principal.any}
        return (*(row.condition.key for row in self.conditions if row.holds is None), *(part for part, it in parts.items() if it is None))

    @property
    def pattern(self) -> Node:
        """The first pattern of its actions that covers the action, or NotAction: where to point at."""
        return self.clause.pattern(self.requested)


def apply(compiled: Compiled, request: Request) -> Iterator[Applied]:
    """The statements of a policy that may speak of the action of a request, in its light."""
    context = request.context if compiled.variables else None
    for clause in compiled.about(request.action):
        if clause.statement.where.unknown:
            yield Applied(compiled.policy, clause, request.action, None, None, None, None, Reach(None, None, None), ())
            continue
        action = clause.covers(request.action)
        if action is False:
            continue
        resource = conj() if clause.without_resource else _resource(clause, request, context)
        yield Applied(
            compiled.policy,
            clause,
            request.action,
            clause.allows,
            clause.denies,
            action,
            resource,
            EVERYBODY if clause.about_the_principal else reach(clause.statement, request, compiled.resolve),
            () if resource is False else _conditions(clause, request, compiled),
        )


def perhaps(applied: Applied) -> Applied:
    """The same of a policy of which nobody knows whether it is held."""
    return replace(applied, allows=applied.allows and None, denies=applied.denies and None)


def _resource(clause: Clause, request: Request, context: Context | None) -> Truth:
    patterns = [expand(text, context, wildcards=True) for text in clause.resources]
    if clause.not_resource and any(_may_cover_unset(pattern, request.resource) for pattern in patterns if UNSET in pattern):
        return False  # a variable without a value makes the comparison fail, also one that asks for a difference
    covered = any_of(_covers(pattern, request.resource) for pattern in patterns if UNSET not in pattern)
    return neg(covered) if clause.not_resource else covered


def _may_cover_unset(pattern: str, resource: str | None) -> bool:
    """Whether the part of a pattern that has the variable is compared at all: what stands before it in the ARN fits."""
    compared = ":".join(ANY if UNSET in part else part for part in pattern.split(":", 5))
    return _covers(compared, resource) is not False


def _covers(pattern: str, resource: str | None) -> Truth:
    if resource is None:
        return matches_arn(pattern, "") or None
    return matches_arn(pattern, resource)


def _conditions(clause: Clause, request: Request, compiled: Compiled) -> tuple[Row, ...]:
    return tuple(Row(condition, _holds(condition, known, clause, request, compiled)) for condition, known in clause.conditions)


def _holds(condition: Condition, known: bool, clause: Clause, request: Request, compiled: Compiled) -> Truth:
    if not known:
        return None
    context = request.context
    if context.free and clause.allows is not None and context.get(condition.key) is Absence.UNKNOWN:
        return clause.allows
    return holds(condition, context, compiled.resolve, variables=compiled.variables)
