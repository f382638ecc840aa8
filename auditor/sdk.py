"""Everything that a rule file may import."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from auditor.model.graph import Edge, Graph, Relation
from auditor.model.node import Node, Undecided
from auditor.model.resource import Facet, Resource
from auditor.model.rule import Confidence, Each, Fail, Profile, Severity

__all__ = [
    "Confidence",
    "Edge",
    "Facet",
    "Fail",
    "Graph",
    "Node",
    "Profile",
    "Relation",
    "Resource",
    "Severity",
    "Undecided",
    "rule",
]

_CheckFunction = TypeVar("_CheckFunction", bound=Callable[..., Iterable[Fail]])


@dataclass(frozen=True, slots=True)
class Declaration:
    """What `@rule` records; the rulebook adds the id and the page."""

    check: Callable[..., Iterable[Fail]]
    target: frozenset[str]
    severity: Severity
    each: str | Each = ""
    confidence: Confidence = Confidence.CERTAIN
    profile: Profile = Profile.AUDIT
    facets: frozenset[Facet] = frozenset(Facet)
    aliases: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    enabled: bool = True
    symptoms: tuple[str, ...] = ()


def rule(
    *,
    target: str,
    severity: Severity,
    each: str | Each = "",
    confidence: Confidence = Confidence.CERTAIN,
    profile: Profile = Profile.AUDIT,
    facets: Iterable[Facet] = Facet,
    aliases: str = "",
    options: Mapping[str, Any] | None = None,
    enabled: bool = True,
    symptoms: Iterable[str] = (),
) -> Callable[[_CheckFunction], Declaration]:
    """Declare the check of a rule file.

    The decorated function takes the place first: the resource's body, or each item of `each` (a path, or a function of
    resource and graph, such as one of `auditor.views`). It may also ask for `resource`, `graph` and `options` by name. It
    yields `Fail`s; reading something unknown ends it, and the place becomes unsure unless something was found before.

    `target` and `aliases` are words separated by blanks; `options` the settings of the rule with their defaults.
    """
    return lambda check: Declaration(
        check,
        frozenset(target.split()),
        severity,
        each,
        confidence,
        profile,
        frozenset(facets),
        tuple(aliases.split()),
        dict(options or {}),
        enabled,
        tuple(symptoms),
    )
