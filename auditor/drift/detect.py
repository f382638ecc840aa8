"""Drift: what the code writes, the state remembers and the cloud runs, held against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from auditor.drift import classify as classes
from auditor.drift.absent import absent, anew
from auditor.drift.classify import classify, severity
from auditor.drift.compare import Difference, ahead, differences, is_another
from auditor.drift.kinds import Schemas, no_schema
from auditor.drift.pair import Name, Twin, is_managed, names, pair
from auditor.drift.parts import Parts
from auditor.drift.scope import Scope
from auditor.drift.spread import Spread, spread_out
from auditor.drift.unmanaged import unmanaged
from auditor.drift.wording import of_difference, of_spread
from auditor.model.finding import Finding, Suppression
from auditor.model.report import Skip
from auditor.model.resource import Resource
from auditor.model.running import Reading, Running


@dataclass(frozen=True, slots=True)
class Drift:
    """What was found. Findings have no fingerprints yet."""

    findings: tuple[Finding, ...] = ()
    suppressed: tuple[Finding, ...] = ()
    """Changes that the code leaves to others."""
    compared: int = 0
    """The things of which state and cloud were compared."""
    unread: tuple[Skip, ...] = ()
    """What nothing could be said of, and why."""
    names: Mapping[Name, Name] = field(default_factory=dict)
    """(root, address) of recorded and running resources -> that of what manages them."""


def detect(
    written: Iterable[Resource],
    planned: Iterable[Resource],
    recorded: Iterable[Resource],
    running: Running,
    readings: Mapping[str, Reading] | None = None,
    schemas: Schemas = no_schema,
    *,
    whole: bool = True,
) -> Drift:
    """The drift between the facets that are at hand.

    `readings` are the kinds that can be compared (by default those of `running`), `schemas` gives a kind's schema, `whole`
    says that the code was read without gaps, so that what it does not have is not in it.
    """
    known = running.readings if readings is None else readings
    code, plan, state = [*written], [*planned], [resource for resource in recorded if is_managed(resource)]
    every = pair(code, plan, state, running, known)
    twins, spread = spread_out(every, known)
    parts, scope = Parts.of(twins, known), Scope.of(running, state)
    gone, taken, unread = absent(twins, spread, known, scope, whole=bool(code or plan) and whole)
    found = [
        *(finding for twin in twins if twin.kind in known for finding in _attributes(twin, known[twin.kind], schemas, parts)),
        *(finding for one in spread for finding in of_spread(one, known[one.twin.kind])),
        *gone,
        *unmanaged([twin for twin in twins if id(twin) not in taken], known, parts, running),
    ]
    found.sort(key=lambda f: (f.root, f.resource, f.rule, f.attribute, f.message))
    return Drift(
        tuple(finding for finding in found if finding.suppression is None),
        tuple(finding for finding in found if finding.suppression is not None),
        sum(twin.recorded is not None and twin.running is not None for twin in twins) + sum(bool(one.found) for one in spread),
        (*_unread_kinds(twins, known), *unread),
        names(twins) | _spread_names(spread),
    )


def _attributes(twin: Twin, reading: Reading, schemas: Schemas, parts: Parts) -> Iterator[Finding]:
    """What differs inside of one thing."""
    schema, left_out = schemas(twin.kind), parts.left_out(twin)
    drifted: set[str] = set()
    for group in _grouped(differences(twin, reading, schema, left_out), reading):
        drifted.update(difference.attribute for difference in group)
        kinds = [classify(twin, difference, schema) for difference in group]
        classification = next((kind for kind in (classes.CONFLICT, classes.CHANGED) if kind in kinds), kinds[0])
        if classification == classes.COMPUTED:
            continue
        difference = group[0]
        level = max(severity(classification, one.attribute, reading) for one in group)
        found = of_difference(twin, difference, classification, level, reading, [one.attribute for one in group[1:]])
        if classification == classes.IGNORED:
            found = replace(found, suppression=Suppression("ignore_changes", twin.named.span, tool="terraform"))
        yield found
    if not drifted and is_another(twin):
        yield anew(twin, reading)
    for difference in ahead(twin, reading, schema, left_out):
        if difference.attribute not in drifted and not (twin.written is not None and classes.is_ignored(twin.written, difference)):
            level = severity(classes.UNDEPLOYED, difference.attribute, reading)
            yield of_difference(twin, difference, classes.UNDEPLOYED, level, reading)


def _grouped(found: Iterable[Difference], reading: Reading) -> list[list[Difference]]:
    """The differences, those that change as one together: what is set now first."""
    groups: dict[object, list[Difference]] = {}
    for difference in found:
        whole = next((group for group in reading.together if difference.attribute in group), difference.attribute)
        groups.setdefault(whole, []).append(difference)
    return [sorted(group, key=lambda d: (d.running in (None, "", []), d.attribute not in reading.watched)) for group in groups.values()]


def _unread_kinds(twins: Iterable[Twin], readings: Mapping[str, Reading]) -> list[Skip]:
    counts = Counter(twin.kind for twin in twins if twin.recorded is not None and twin.kind not in readings)
    return [Skip(kind, f"no collector reads this type ({number} in the state)") for kind, number in sorted(counts.items())]


def _spread_names(spread: Iterable[Spread]) -> dict[Name, Name]:
    return {
        (resource.root, resource.address.text): (one.twin.named.root, one.twin.named.address.text)
        for one in spread
        for _, resource in one.found
    }
