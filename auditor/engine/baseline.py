"""A baseline: findings that are known already, so that a run speaks of what is new.

What counts is the fingerprint (rule, root, address, attribute). A finding that is in the baseline is *unchanged*, or *moved*
when its file is another one; what is not there is *new*, and what only the baseline has is *fixed*. A finding that occurs
several times has as many fingerprints, so one more is new.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from auditor.engine.merge import order
from auditor.model.error import ConfigError
from auditor.model.finding import Finding, Outcome
from auditor.model.rule import Confidence, Severity
from auditor.model.span import Span

VERSION = "1"

_KEYS = ("fingerprint", "rule_id", "severity", "confidence", "resource", "kind", "root", "attribute", "path", "message")


@dataclass(frozen=True, slots=True)
class Delta:
    """The findings, each with its `delta`, and those that are gone."""

    findings: tuple[Finding, ...]
    fixed: tuple[Finding, ...]


def compare(findings: Iterable[Finding], known: Iterable[Finding]) -> Delta:
    """What differs between two lists of findings, by fingerprint; `known` is a baseline or what another revision has."""
    before: Mapping[str, Finding] = {finding.fingerprint: finding for finding in known}
    after = [replace(finding, delta=_delta(finding, before.get(finding.fingerprint))) for finding in findings]
    present = {finding.fingerprint for finding in after}
    gone = [replace(finding, delta="fixed") for fingerprint, finding in before.items() if fingerprint not in present]
    return Delta(tuple(after), tuple(sorted(gone, key=order)))


def _delta(finding: Finding, before: Finding | None) -> str:
    if before is None:
        return "new"
    return "unchanged" if before.span.file == finding.span.file else "moved"


def render(findings: Iterable[Finding]) -> str:
    """The baseline of these findings: JSON, one line for each, sorted, without anything that changes from day to day."""
    entries = sorted((_entry(finding) for finding in findings), key=_entry_order)
    lines = ",\n".join(f"  {json.dumps(entry)}" for entry in entries)
    return f'{{"version": "{VERSION}", "findings": [\n{lines}\n]}}\n' if entries else f'{{"version": "{VERSION}", "findings": []}}\n'


def _entry_order(entry: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(entry[key] for key in ("path", "rule_id", "resource", "attribute", "fingerprint"))


def _entry(finding: Finding) -> dict[str, str]:
    values = (
        finding.fingerprint,
        finding.rule,
        str(finding.severity),
        str(finding.confidence),
        finding.resource,
        finding.kind,
        finding.root,
        finding.attribute,
        finding.span.file,
        finding.message,
    )
    return dict(zip(_KEYS, values, strict=True))


def parse(text: str, file: str) -> tuple[Finding, ...]:
    """The findings of a baseline; raises `ConfigError` when it is none."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise ConfigError(f"the baseline is not JSON: {error}", place=f"{file}:{line}") from None
    if not isinstance(data, dict) or not isinstance(data.get("findings"), list):
        raise ConfigError("this is no baseline", place=f"{file}:1", hint="auditor baseline -o FILE writes one")
    if data.get("version") != VERSION:
        raise ConfigError(f"the baseline has version {data.get('version')!r}, and this program reads {VERSION!r}", place=f"{file}:1")
    return tuple(_finding(entry, index, file) for index, entry in enumerate(data["findings"]))


def _finding(entry: Any, index: int, file: str) -> Finding:
    place = f"{file}:{index + 2}"
    if not isinstance(entry, dict) or not all(isinstance(entry.get(key), str) for key in _KEYS):
        raise ConfigError(f"entry {index + 1} of the baseline lacks one of {', '.join(_KEYS)}", place=place)
    try:
        severity, confidence = Severity[entry["severity"].upper()], Confidence[entry["confidence"].upper()]
    except KeyError as error:
        raise ConfigError(f"entry {index + 1} of the baseline says {error}, which is no severity or confidence", place=place) from None
    return Finding(
        rule=entry["rule_id"],
        severity=severity,
        confidence=confidence,
        outcome=Outcome.FAIL,
        resource=entry["resource"],
        kind=entry["kind"],
        root=entry["root"],
        attribute=entry["attribute"],
        message=entry["message"],
        span=Span(entry["path"]),
        fingerprint=entry["fingerprint"],
    )
