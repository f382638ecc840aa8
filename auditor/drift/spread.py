"""Resources that are each several objects of other kinds in the cloud."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from auditor.drift.pair import Key, Twin, tuple_of
from auditor.drift.sameness import opened
from auditor.model.resource import Resource
from auditor.model.running import Reading


@dataclass(frozen=True, slots=True)
class Spread:
    """A recorded resource, the objects that were found for it, and what was looked for in vain."""

    twin: Twin
    found: tuple[tuple[str, Resource], ...]
    """(attribute, object)."""
    lost: tuple[tuple[str, str, Mapping[str, Any]], ...]
    """(attribute, kind, what would have told the object)."""


def spread_out(twins: Sequence[Twin], readings: Mapping[str, Reading]) -> tuple[list[Twin], list[Spread]]:
    """The twins without the objects that belong to a resource of this sort, and those resources with their objects."""
    free: dict[tuple[str, Key], list[Twin]] = defaultdict(list)
    for twin in twins:
        reading = readings.get(twin.kind)
        if twin.running is not None and twin.recorded is None and reading is not None and reading.alike:
            key = alike_key(twin.running, reading)
            if key is not None:
                free[twin.kind, key].append(twin)
    found: list[Spread] = []
    claimed: set[int] = set()
    for twin in twins:
        reading = readings.get(twin.kind)
        if twin.recorded is None or reading is None or reading.spread is None:
            continue
        there: list[tuple[str, Resource]] = []
        lost: list[tuple[str, str, Mapping[str, Any]]] = []
        for attribute, kind, tells in reading.spread(twin.recorded.body):
            other = readings.get(kind)
            key = tuple_of(tells, other.alike, other) if other is not None else None
            match = next((one for one in free.get((kind, key), ()) if id(one) not in claimed), None) if key is not None else None
            if match is None or match.running is None:
                lost.append((attribute, kind, tells))
            else:
                claimed.add(id(match))
                there.append((attribute, match.running))
        found.append(Spread(twin, tuple(there), tuple(lost)))
    return [twin for twin in twins if id(twin) not in claimed], found


def alike_key(resource: Resource, reading: Reading) -> Key | None:
    """What two objects share when one was made in place of the other."""
    return tuple_of({name: opened(resource.at(name).value_) for name in reading.alike}, reading.alike, reading)
