"""Things that stand in a resource or beside it, such as the rules of a group: who owns them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditor.drift.compare import declares
from auditor.drift.pair import Twin
from auditor.model.resource import Resource
from auditor.model.running import Reading


@dataclass(frozen=True)
class Parts:
    """Which attributes of which things are managed by resources beside them."""

    beside: Mapping[int, frozenset[str]]
    """id of a twin -> the attributes whose items are resources of their own."""

    @staticmethod
    def of(twins: Iterable[Twin], readings: Mapping[str, Reading]) -> Parts:
        """An attribute that the code writes is managed inside; else, if there are resources for its items, beside."""
        every = list(twins)
        users = _users(every, readings)
        found = {}
        for twin in every:
            reading = readings.get(twin.kind)
            if reading is None or not reading.parts or twin.recorded is None:
                continue
            names = {text for name in ("id", "arn", "name") if isinstance(text := twin.recorded.at(name).data, str) and text}
            kinds = {kind for name in names for kind in users.get(name, ())}
            found[id(twin)] = frozenset(
                attribute
                for attribute, parts in reading.parts.items()
                if kinds & {*parts} and not (twin.written is not None and declares(twin.written, attribute))
            )
        return Parts(found)

    def left_out(self, twin: Twin) -> frozenset[str]:
        """The attributes of a thing that are not its own to say."""
        return self.beside.get(id(twin), frozenset())


def _users(twins: Iterable[Twin], readings: Mapping[str, Reading]) -> dict[str, set[str]]:
    """Name of a thing -> the kinds of recorded resources that hang on it; of kinds of which that is not known, all that name it."""
    found: dict[str, set[str]] = defaultdict(set)
    for twin in twins:
        if twin.recorded is None:
            continue
        reading = readings.get(twin.kind)
        every = [name for name, _ in twin.recorded.body.entries() if name not in ("id", "arn")]
        for name in (reading.parent if reading is not None else ()) or every:
            if isinstance(text := twin.recorded.at(name).data, str):
                found[text].add(twin.kind)
    return found


def parents_of(resource: Resource, reading: Reading | None) -> list[str]:
    """The names of what a thing hangs on."""
    if reading is None:
        return []
    return [text for name in reading.parent if isinstance(text := resource.at(name).data, str) and text]
