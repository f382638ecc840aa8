"""Things of the cloud that no state knows, without the flood: only heads, and nothing that the cloud itself made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from auditor.drift import classify as classes
from auditor.drift.classify import severity
from auditor.drift.pair import Twin
from auditor.drift.parts import Parts, parents_of
from auditor.drift.wording import of_resource
from auditor.model.finding import Finding
from auditor.model.resource import Resource
from auditor.model.rule import Severity
from auditor.model.running import Reading, Running


def unmanaged(twins: Sequence[Twin], readings: Mapping[str, Reading], parts: Parts, running: Running) -> list[Finding]:
    """The unmanaged things that stand by themselves or on a managed one; what hangs on an unmanaged thing is told there."""
    by_name = _by_name(twins)
    heads: list[tuple[Twin, list[Twin]]] = []
    children: dict[int, list[str]] = defaultdict(list)
    for twin in twins:
        found = twin.running
        if found is None or len(twin.facets) > 1 or found.address in running.owners:
            continue
        parents = [by_name[name] for name in parents_of(found, readings.get(twin.kind)) if name in by_name]
        managed = [parent for parent in parents if len(parent.facets) > 1]
        if any(_holds(parent, twin.kind, readings, parts) for parent in managed):
            continue
        if parents and not managed:
            head = _head(parents[0], by_name, readings)
            children[id(head)].append(found.address.text)
        else:
            heads.append((twin, managed))
    return [_finding(twin, managed, children.get(id(twin), []), readings.get(twin.kind)) for twin, managed in heads]


def _by_name(twins: Iterable[Twin]) -> dict[str, Twin]:
    found = {}
    for twin in twins:
        if twin.running is not None:
            for name in ("id", "arn"):
                text = twin.running.at(name).data
                if isinstance(text, str) and text:
                    found[text] = twin
    return found


def _holds(parent: Twin, kind: str, readings: Mapping[str, Reading], parts: Parts) -> bool:
    """Whether the parent itself says which things of this kind it has, so that they are compared there."""
    reading = readings.get(parent.kind)
    if reading is None:
        return False
    return any(kind in kinds and attribute not in parts.left_out(parent) for attribute, kinds in reading.parts.items())


def _head(twin: Twin, by_name: Mapping[str, Twin], readings: Mapping[str, Reading]) -> Twin:
    """The outermost unmanaged thing that one hangs on."""
    seen = {id(twin)}
    while twin.running is not None:
        above = (by_name[name] for name in parents_of(twin.running, readings.get(twin.kind)) if name in by_name)
        parent = next((one for one in above if len(one.facets) == 1 and id(one) not in seen), None)
        if parent is None:
            break
        seen.add(id(parent))
        twin = parent
    return twin


def _finding(twin: Twin, managed: list[Twin], children: list[str], reading: Reading | None) -> Finding:
    assert twin.running is not None
    on = f", on {', '.join(dict.fromkeys(parent.named.address.text for parent in managed))}" if managed else ""
    with_it = f", with {len(children)} things on it" if children else ""
    message = f"{twin.kind} {_told(twin.running, reading)} exists in the cloud, but in no state that was read{on}{with_it}"
    level = severity(classes.UNMANAGED, "", reading) if managed or (reading is not None and not reading.parent) else Severity.MEDIUM
    related = [parent.named.span for parent in managed]
    return of_resource(twin, classes.UNMANAGED, message, level, reading, sorted(children), related)


def _told(resource: Resource, reading: Reading | None) -> str:
    """The words that tell an object: its id, and what it is about."""
    names = [*(reading.key if reading is not None else ()), *(reading.alike if reading is not None else ()), "name"]
    texts = [str(data) for name in names if (data := resource.at(name).data) not in (None, "") and isinstance(data, str | int)]
    return " ".join(dict.fromkeys(texts)) or resource.address.text
