"""Apply directives to findings: what is suppressed is kept apart with its reason, and directives that do nothing are reported."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any

from auditor.engine.directive import EVERY_RULE, Directive, Matching
from auditor.engine.rulebook import by_alias, canonical
from auditor.model.config import Ignore
from auditor.model.diagnostic import Diagnostic, Level
from auditor.model.finding import Finding, Suppression
from auditor.model.rule import Rule


@dataclass(frozen=True, slots=True)
class Applied:
    """What is left, what was suppressed (findings and unsure ones), and what is wrong with the directives."""

    findings: tuple[Finding, ...]
    unsure: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    diagnostics: tuple[Diagnostic, ...]


def from_config(ignores: Iterable[Ignore]) -> tuple[Directive, ...]:
    """The directives of the configuration."""
    return tuple(Directive("auditor", i.rule, Matching(i.resource, i.path), i.reason, i.span, i.until) for i in ignores)


def apply(
    findings: Sequence[Finding],
    unsure: Sequence[Finding],
    directives: Iterable[Directive],
    known: Iterable[Rule],
    *,
    today: datetime.date,
    ran: Collection[str] | None = None,
) -> Applied:
    """Take out what directives speak for.

    `known` are all rules that there are; `ran` the ids of those that were evaluated (all, when None): a directive for any other rule
    is not called unused.
    """
    book = _Book(_merged(directives), tuple(known), today)
    kept: list[Finding] = []
    open_: list[Finding] = []
    suppressed: list[Finding] = []
    for pile, rest in ((findings, kept), (unsure, open_)):
        for finding in pile:
            by = book.suppressing(finding)
            if by is None:
                rest.append(finding)
            else:
                suppressed.append(replace(finding, suppression=Suppression(by.reason, by.span, by.until, by.tool)))
    return Applied(tuple(kept), tuple(open_), tuple(suppressed), tuple(book.complaints(ran)))


def _merged(directives: Iterable[Directive]) -> list[Directive]:
    """Each directive once: files that several roots share are read several times."""
    found: dict[Directive, frozenset[tuple[str, str]] | None] = {}
    for directive in directives:
        key = replace(directive, only=None)
        only = found.get(key, frozenset())
        found[key] = None if directive.only is None or only is None else only | directive.only
    return sorted((replace(key, only=only) for key, only in found.items()), key=_order)


def _order(directive: Directive) -> tuple[Any, ...]:
    return (directive.span, directive.tool, directive.name, directive.reason)


class _Book:
    """The directives by the rules that they name, and which of them did something."""

    def __init__(self, directives: list[Directive], known: tuple[Rule, ...], today: datetime.date) -> None:
        self.directives = directives
        self.today = today
        self.every = frozenset(rule.id for rule in known)
        aliases = by_alias(known)
        self.rules = {directive: _named(directive, aliases, self.every) for directive in directives}
        self.by_rule: dict[str, list[Directive]] = defaultdict(list)
        for directive in directives:
            for rule in self.rules[directive]:
                self.by_rule[rule].append(directive)
        self.used: set[Directive] = set()

    def suppressing(self, finding: Finding) -> Directive | None:
        """The first directive that speaks for the finding; all that do count as used."""
        matching = [directive for directive in self.by_rule.get(finding.rule, ()) if directive.covers(finding)]
        self.used.update(matching)
        return next((directive for directive in matching if not self._expired(directive)), None)

    def _expired(self, directive: Directive) -> bool:
        return directive.until is not None and directive.until < self.today

    def complaints(self, ran: Collection[str] | None) -> list[Diagnostic]:
        """What is wrong with the directives, sorted."""
        return sorted(complaint for directive in self.directives if (complaint := self._complaint(directive, ran)))

    def _complaint(self, directive: Directive, ran: Collection[str] | None) -> Diagnostic | None:
        ours = directive.tool == "auditor"
        who = "" if ours else f" ({directive.tool})"
        rules = self.rules[directive]
        if not rules:
            level = Level.WARNING if ours else Level.INFO
            return Diagnostic(directive.span, "suppression-unknown", f"unknown rule id in suppression: {directive.name}{who}", level)
        if self._expired(directive):
            message = f"the suppression of {directive.name}{who} ended on {directive.until}"
            return Diagnostic(directive.span, "suppression-expired", message, Level.WARNING)
        if directive not in self.used and not (ran is not None and rules.isdisjoint(ran)) and (ours or directive.name != EVERY_RULE):
            message = f"the suppression of {directive.name}{who} suppresses nothing"
            return Diagnostic(directive.span, "suppression-unused", message, Level.WARNING if ours else Level.INFO)
        return None


def _named(directive: Directive, aliases: dict[str, tuple[str, ...]], every: frozenset[str]) -> frozenset[str]:
    """The rules that a directive names."""
    if directive.name == EVERY_RULE:
        return every
    name = canonical(directive.name)
    if "*" in name:
        return frozenset(rule for alias, rules in aliases.items() if fnmatchcase(alias, name) for rule in rules)
    return frozenset(aliases.get(name, ()) or aliases.get(f"{directive.tool}:{name}", ()))
