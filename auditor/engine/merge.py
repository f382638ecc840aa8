"""From the results of many graphs to one list: a fault is one finding whatever the facets that show it, with a fingerprint of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from auditor.engine.fingerprint import fingerprint, unindexed
from auditor.engine.runner import Results
from auditor.model.finding import Finding
from auditor.model.resource import Facet

Name: TypeAlias = tuple[str, str]
"""(root, address)"""

_ORDER = {facet: index for index, facet in enumerate(Facet)}


def combine(results: Iterable[Results], names: Mapping[Name, Name] | None = None) -> Results:
    """All results as one, sorted, facets joined, with fingerprints that are unique.

    `names` says which resources are the same thing: (root, address) of a live or recorded resource -> that of its code.
    """
    parts = list(results)
    planned = frozenset(name for part in parts for name in part.planned)
    unsure = _join([_renamed(f, names or {}) for part in parts for f in part.unsure])
    findings = _at_code(_join([_renamed(f, names or {}) for part in parts for f in part.findings]), unsure)
    return Results(
        fingerprinted(findings),
        fingerprinted(_undecided(unsure, planned)),
        fingerprinted([f for part in parts for f in part.errors]),
        sum(part.evaluated for part in parts),
        sum(part.passed for part in parts),
        planned,
    )


def order(finding: Finding) -> tuple[Any, ...]:
    """The order of findings in a report."""
    span = finding.span
    place = (span.file, span.line, span.column, span.end_line, span.end_column)
    return (*place, finding.rule, finding.root, finding.resource, finding.attribute, finding.message, finding.facets)


def _renamed(finding: Finding, names: Mapping[Name, Name]) -> Finding:
    name = names.get((finding.root, finding.resource))
    return finding if name is None else replace(finding, root=name[0], resource=name[1], fingerprint="")


# -- facets


def _join(findings: list[Finding]) -> list[Finding]:
    """One finding for those that differ in the facet alone."""
    groups: dict[tuple[str, ...], list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.rule, finding.root, finding.resource, unindexed(finding.attribute)].append(finding)
    joined: list[Finding] = []
    for group in groups.values():
        joined.extend(group if len({f.facets for f in group}) == 1 else _pair(group))
    return joined


def _pair(group: list[Finding]) -> list[Finding]:
    """Findings of several facets at one attribute (positions aside): the same position first, then the same value."""
    found: list[Finding] = []
    for facet in Facet:
        waiting = sorted((f for f in group if f.facets[0] is facet), key=order)
        for same in (_same_attribute, _same_value):
            for finding in list(waiting):
                match = next((i for i, f in enumerate(found) if facet not in f.facets and same(f, finding)), None)
                if match is not None:
                    found[match] = replace(found[match], facets=(*found[match].facets, facet))
                    waiting.remove(finding)
        found.extend(waiting)
    return found


def _same_attribute(one: Finding, other: Finding) -> bool:
    return one.attribute == other.attribute


def _same_value(one: Finding, other: Finding) -> bool:
    return one.actual == other.actual and one.message == other.message


def _at_code(findings: list[Finding], unsure: list[Finding]) -> list[Finding]:
    """What only the plan decides stands where the code left it open."""
    left_open: dict[tuple[str, ...], Finding] = {}
    for finding in unsure:
        if finding.facets[0] is Facet.WRITTEN:
            for attribute in (finding.attribute, ""):
                left_open.setdefault((finding.rule, finding.root, finding.resource, attribute), finding)
    return [_moved(finding, left_open) if finding.facets[0] is Facet.PLANNED else finding for finding in findings]


def _moved(finding: Finding, left_open: Mapping[tuple[str, ...], Finding]) -> Finding:
    key = (finding.rule, finding.root, finding.resource)
    code = left_open.get((*key, finding.attribute)) or left_open.get((*key, ""))
    if code is None:
        return finding
    return replace(finding, span=code.span, resource_span=code.resource_span, chain=code.chain)


def _undecided(unsure: list[Finding], planned: frozenset[Name]) -> list[Finding]:
    """Without what the code alone could not decide, but the plan of the same resource did; and each of the rest once."""
    open_in_plan = {(f.rule, f.root, f.resource) for f in unsure if Facet.PLANNED in f.facets}
    kept: dict[tuple[Any, ...], Finding] = {}
    for finding in unsure:
        key = (finding.rule, finding.root, finding.resource)
        decided = finding.facets == (Facet.WRITTEN,) and key[1:] in planned and key not in open_in_plan
        if not decided:
            kept.setdefault((*key, finding.attribute, finding.message, finding.facets), finding)
    return list(kept.values())


# -- fingerprints


def fingerprinted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, sorted, each with a fingerprint of its own; one that has its fingerprint already is passed on as it is."""
    seen: dict[str, int] = defaultdict(int)
    done: list[Finding] = []
    for finding in sorted(findings, key=order):
        first = finding.fingerprint or _fingerprint(finding)
        seen[first] += 1
        own = first if seen[first] == 1 else _fingerprint(finding, seen[first])
        done.append(finding if own == finding.fingerprint else replace(finding, fingerprint=own))
    return tuple(done)


def _fingerprint(finding: Finding, number: int = 1) -> str:
    drift = finding.drift.classification if finding.drift else ""
    return fingerprint(finding.rule, finding.root, finding.resource, finding.attribute, finding.actual, drift, number)
