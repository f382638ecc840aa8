"""What the engine says: every way that an evaluation can end, and the finding with its evidence."""

from __future__ import annotations

import datetime
import enum
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from auditor.model.pickling import packed
from auditor.model.resource import Facet, Origin
from auditor.model.rule import Confidence, Severity
from auditor.model.span import Span


class Outcome(enum.StrEnum):
    """Every way that an evaluation of a rule at a place can end; there is no silent one."""

    PASS = "pass"
    FAIL = "fail"
    UNSURE = "unsure"
    ERROR = "error"
    SKIPPED = "skipped"


@packed
@dataclass(frozen=True, slots=True)
class Code:
    """Evidence: a value as it is written."""

    span: Span
    text: str


@packed
@dataclass(frozen=True, slots=True)
class Live:
    """Evidence: a value that an API call returned."""

    call: str
    value: str
    span: Span
    time: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Evidence: who changed a line or an object, and when. `ref` is the commit, the CloudTrail event or the audit id."""

    ref: str
    who: str
    when: datetime.datetime
    summary: str
    span: Span
    source: str = "git"


@packed
@dataclass(frozen=True, slots=True)
class Absent:
    """Evidence: something that should be there is not."""

    searched: str
    what: str
    span: Span


Evidence: TypeAlias = Code | Live | Change | Absent


@packed
@dataclass(frozen=True, slots=True)
class Why:
    """One step of the five whys; without evidence it is printed as assumed."""

    text: str
    evidence: Evidence | None = None


@packed
@dataclass(frozen=True, slots=True)
class Dependent:
    """A resource that the finding's resource can take down, and the way from one to the other."""

    resource: str
    kind: str
    path: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a finding does not count: a comment or a line of the configuration."""

    reason: str
    span: Span
    until: datetime.date | None = None
    tool: str = "auditor"
    """Whose comment form it is: auditor, checkov, tfsec, trivy, kics, terrascan."""


@dataclass(frozen=True, slots=True)
class ChangedBy:
    """Who made a drift, as far as the evidence tells."""

    who: str | None = None
    when: str | None = None
    how: str | None = None
    confidence: str = "none"


@dataclass(frozen=True, slots=True)
class DriftDetail:
    """What differs between the facets of one attribute. `values` maps a facet's name to plain JSON data."""

    classification: str
    path: str | None
    values: dict[str, Any] = field(hash=False)
    changed_by: ChangedBy = ChangedBy()


@packed
@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that does not hold, or cannot be decided, at one place of one resource."""

    rule: str
    severity: Severity
    confidence: Confidence
    outcome: Outcome
    resource: str
    kind: str
    root: str
    attribute: str
    message: str
    span: Span
    fingerprint: str
    facets: tuple[Facet, ...] = (Facet.WRITTEN,)
    aliases: tuple[str, ...] = ()
    expected: str = ""
    actual: str = ""
    resource_span: Span | None = None
    chain: tuple[Span, ...] = ()
    related: tuple[Span, ...] = ()
    history: tuple[Origin, ...] = ()
    whys: tuple[Why, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    blast: tuple[Dependent, ...] = ()
    change: Change | None = None
    suppression: Suppression | None = None
    drift: DriftDetail | None = None
    delta: str = ""
    """new, unchanged, moved or fixed, when there is something to compare with."""
    instances: tuple[str, ...] = ()
    blame: Span | None = None
    """Where the head was changed so that a new finding came about."""
    owner: str = ""
    """The address of the resource that holds the attribute, when that is another one: `attribute` then begins with it."""
    sources: tuple[str, ...] = ("auditor",)
    """The tools that say so: ourselves, or the scanners whose reports were read."""
