"""Things that one facet has and another has not: deleted, made anew, not applied yet, no longer in the code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from auditor.drift import classify as classes
from auditor.drift.classify import severity
from auditor.drift.pair import Key, Twin
from auditor.drift.parts import parents_of
from auditor.drift.scope import Scope
from auditor.drift.spread import Spread, alike_key
from auditor.drift.wording import of_resource
from auditor.model.finding import Finding
from auditor.model.report import Skip
from auditor.model.rule import Severity
from auditor.model.running import Reading


def absent(
    twins: Sequence[Twin], spread: Iterable[Spread], readings: Mapping[str, Reading], scope: Scope, *, whole: bool
) -> tuple[list[Finding], set[int], list[Skip]]:
    """(findings, the ids of twins that replace another, what is not certain)."""
    scattered = {id(one.twin): bool(one.found) for one in spread}
    findings: list[Finding] = []
    unread: list[Skip] = []
    gone: list[Twin] = []
    for twin in twins:
        if twin.recorded is None or twin.running is not None or twin.kind not in readings or scattered.get(id(twin)):
            continue
        kind = twin.kind if id(twin) not in scattered else next(iter(_objects(twin, readings)), twin.kind)
        if doubt := scope.doubt(twin.recorded, kind):
            unread.append(Skip(twin.named.address.text, doubt))
        else:
            gone.append(twin)
    replaced = _replaced(gone, twins, readings)
    lost = [twin for twin in gone if id(twin) not in replaced]
    findings += _missing(lost, readings, whole=whole)
    for twin in gone:
        if other := replaced.get(id(twin)):
            findings.append(anew(Twin(twin.kind, twin.written, twin.planned, twin.recorded, other.running), readings[twin.kind]))
    findings += _code_only(twins, readings)
    if whole:
        findings += _state_only(twins, readings, {id(twin) for twin in gone})
    return findings, {id(other) for other in replaced.values()}, unread


def anew(twin: Twin, reading: Reading) -> Finding:
    """The finding of a thing that was deleted and made again."""
    message = f"{twin.named.address} was deleted and made anew: the state does not know the new object"
    return of_resource(twin, classes.REPLACED, message, severity(classes.REPLACED, "", reading), reading)


def _objects(twin: Twin, readings: Mapping[str, Reading]) -> list[str]:
    """The kinds of objects that a resource is spread over."""
    reading = readings[twin.kind]
    if reading.spread is None or twin.recorded is None:
        return []
    return [kind for _, kind, _ in reading.spread(twin.recorded.body)]


def _replaced(gone: Iterable[Twin], twins: Iterable[Twin], readings: Mapping[str, Reading]) -> dict[int, Twin]:
    """id of a deleted thing -> the unmanaged one that was made in its place."""
    free: dict[tuple[str, Key | None], list[Twin]] = defaultdict(list)
    for twin in twins:
        if twin.recorded is None and twin.running is not None and twin.kind in readings and readings[twin.kind].alike:
            free[twin.kind, alike_key(twin.running, readings[twin.kind])].append(twin)
    found = {}
    for twin in gone:
        reading = readings[twin.kind]
        key = alike_key(twin.recorded, reading) if twin.recorded is not None and reading.alike else None
        if key is not None and free.get((twin.kind, key)):
            found[id(twin)] = free[twin.kind, key].pop(0)
    return found


def _missing(gone: Sequence[Twin], readings: Mapping[str, Reading], *, whole: bool) -> list[Finding]:
    """The deleted things; what went with its parent is told there."""
    by_name = {text: twin for twin in gone for name in ("id", "arn") if isinstance(text := twin.recorded.at(name).data, str) and text}  # type: ignore[union-attr]
    children: dict[int, list[str]] = defaultdict(list)
    heads: list[Twin] = []
    for twin in gone:
        assert twin.recorded is not None
        parent = next((by_name[name] for name in parents_of(twin.recorded, readings[twin.kind]) if name in by_name), None)
        if parent is None or parent is twin:
            heads.append(twin)
        else:
            children[id(parent)].append(twin.named.address.text)
    findings = []
    for twin in heads:
        reading = readings[twin.kind]
        folded = children.get(id(twin), [])
        with_it = f", and with it {', '.join(folded)}" if folded else ""
        if whole and twin.wanted is None:
            message = f"{twin.named.address} is in the state, but neither in the code nor in the cloud{with_it}"
            findings.append(of_resource(twin, "ghost", message, Severity.INFO, reading, folded))
        else:
            message = f"{twin.named.address} ({_identity(twin)}) was deleted outside of the code{with_it}"
            findings.append(of_resource(twin, classes.MISSING, message, severity(classes.MISSING, "", reading), reading, folded))
    return findings


def _identity(twin: Twin) -> str:
    return (twin.recorded.identity if twin.recorded is not None else None) or twin.kind


def _code_only(twins: Iterable[Twin], readings: Mapping[str, Reading]) -> list[Finding]:
    """What the code has and the state has not, of the roots that the state is of."""
    every = [*twins]
    roots = {twin.wanted.root for twin in every if twin.wanted is not None and twin.recorded is not None}
    found = []
    for twin in every:
        if twin.recorded is not None or twin.wanted is None or twin.wanted.doubt or twin.kind not in readings:
            continue
        if twin.wanted.root in roots:
            message = f"{twin.named.address} is in the code, but was never applied"
            reading = readings[twin.kind]
            found.append(of_resource(twin, classes.NEW, message, severity(classes.NEW, "", reading), reading))
    return found


def _state_only(twins: Iterable[Twin], readings: Mapping[str, Reading], gone: set[int]) -> list[Finding]:
    """What the state has and the code has not, of the roots that the code is of."""
    every = [*twins]
    roots = {twin.recorded.root for twin in every if twin.wanted is not None and twin.recorded is not None}
    found = []
    for twin in every:
        if twin.recorded is None or twin.wanted is not None or id(twin) in gone or twin.kind not in readings:
            continue
        if twin.recorded.root in roots:
            message = f"{twin.named.address} is no longer in the code: the next apply destroys it"
            reading = readings[twin.kind]
            found.append(of_resource(twin, classes.ORPHAN, message, severity(classes.ORPHAN, "", reading), reading))
    return found
