"""The statements of a policy made ready for many requests: read once, and found by the service of the action."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from auditor.model.node import Node, Undecided
from auditor.views.iam.hole import has_hole
from auditor.views.iam.pattern import ANY, ONE, Resolve, expand, matches, nothing_known, raw, written
from auditor.views.iam.truth import Truth, any_of, neg
from auditor.views.policy import Policy
from auditor.views.statement import Condition, Statement, Use


@dataclass(frozen=True, eq=False)
class Clause:
    """One statement; `actions` are patterns, `resources` texts as they are written, both with holes for what is not known."""

    statement: Statement
    resolve: Resolve

    @cached_property
    def allows(self) -> Truth:
        """Whether it is an Allow."""
        effect = self.statement.where.at("Effect")
        return None if effect.unknown else effect.text == "Allow"

    @cached_property
    def denies(self) -> Truth:
        """Whether it is a Deny."""
        effect = self.statement.where.at("Effect")
        return None if effect.unknown else effect.text == "Deny"

    @cached_property
    def not_action(self) -> bool:
        """Whether it speaks of all actions but those that it names."""
        return written(self.statement.where.at("NotAction"))

    @cached_property
    def _nodes(self) -> tuple[Node, ...]:
        return self.statement.not_actions if self.not_action else self.statement.actions

    @cached_property
    def actions(self) -> tuple[str, ...]:
        """The patterns of Action, or of NotAction."""
        return tuple(expand(raw(node, self.resolve), None, wildcards=True) for node in self._nodes)

    def covers(self, action: str) -> Truth:
        """Whether it speaks of an action."""
        found = any_of(matches(pattern, action, fold=True) for pattern in self.actions)
        return neg(found) if self.not_action else found

    def pattern(self, action: str) -> Node:
        """The first pattern that certainly covers an action, or else the first that may; the whole of NotAction."""
        if self.not_action:
            return self.statement.where.at("NotAction")
        answers = [matches(pattern, action, fold=True) for pattern in self.actions]
        for wanted in (True, None):
            if wanted in answers:
                return self._nodes[answers.index(wanted)]
        return self.statement.where

    @cached_property
    def not_resource(self) -> bool:
        """Whether it speaks of all resources but those that it names."""
        return written(self.statement.where.at("NotResource"))

    @cached_property
    def resources(self) -> tuple[str, ...]:
        """The texts of Resource, or of NotResource."""
        nodes = self.statement.not_resources if self.not_resource else self.statement.resources
        return tuple(raw(node, self.resolve) for node in nodes)

    @cached_property
    def without_resource(self) -> bool:
        """A policy that stands at its resource (of a role, of a repository of images) need not name it."""
        where = self.statement.where
        return self.statement.use in (Use.TRUST, Use.RESOURCE) and not (written(where.at("Resource")) or written(where.at("NotResource")))

    @cached_property
    def about_the_principal(self) -> bool:
        """Whether it names no principal: identity policies, and those of organizations, speak of the caller."""
        where = self.statement.where
        if self.statement.use is Use.IDENTITY:
            return True
        return self.statement.use is Use.GUARD and not (written(where.at("Principal")) or written(where.at("NotPrincipal")))

    @cached_property
    def conditions(self) -> tuple[tuple[Condition, bool], ...]:
        """Each condition, and whether it is known what it asks for."""
        node = self.statement.where.at("Condition")
        if node.unknown:
            return ((Condition("", "Condition", node), False),)
        found: list[tuple[Condition, bool]] = []
        for operator, keys in node.entries():
            if keys.unknown:
                found.append((Condition(operator, "Condition", keys), False))
            else:
                found += [(Condition(operator, key, values), True) for key, values in keys.entries()]
        return tuple(found)

    @cached_property
    def services(self) -> frozenset[str]:
        """The prefixes of the services that its patterns name; empty where it may speak of any."""
        if self.statement.where.unknown or self.not_action:
            return frozenset()
        found = {pattern.partition(":")[0].lower() for pattern in self.actions}
        return frozenset() if any(_OPEN.intersection(service) or has_hole(service) for service in found) else frozenset(found)


_OPEN = frozenset({ANY, ONE})


@dataclass(frozen=True, eq=False)
class Compiled:
    """A policy whose statements are ready."""

    policy: Policy
    resolve: Resolve = nothing_known

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The statements."""
        return tuple(Clause(statement, self.resolve) for statement in self.policy.statements)

    @cached_property
    def variables(self) -> bool:
        """Whether the language knows variables; one whose version is not known is taken for the new one, which all have today."""
        try:
            return self.policy.version == "2012-10-17"
        except Undecided:
            return True

    def about(self, action: str) -> tuple[Clause, ...]:
        """The statements that may speak of an action, in their order."""
        by_service, rest = self._index
        return by_service.get(action.partition(":")[0].lower(), rest)

    @cached_property
    def _index(self) -> tuple[Mapping[str, tuple[Clause, ...]], tuple[Clause, ...]]:
        """(service -> the statements that may speak of it, those that may speak of any other)."""
        found: dict[str, list[Clause]] = defaultdict(list)
        for service in {service for clause in self.clauses for service in clause.services}:
            found[service] = [clause for clause in self.clauses if not clause.services or service in clause.services]
        return _frozen(found), tuple(clause for clause in self.clauses if not clause.services)


def _frozen(found: Mapping[str, Iterable[Clause]]) -> Mapping[str, tuple[Clause, ...]]:
    return {service: tuple(clauses) for service, clauses in found.items()}
