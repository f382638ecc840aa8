"""Which resources of the four facets are one thing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, TypeAlias

from auditor.drift.sameness import opened
from auditor.drift.words import WORDS
from auditor.model.resource import Resource
from auditor.model.running import Reading, Running
from auditor.model.value import Unknown

Key: TypeAlias = tuple[str, ...]

_KEYS = re.compile(r'\[(?:\d+|\*|"(?:[^"\\]|\\.)*")\]')


@dataclass(frozen=True, slots=True)
class Twin:
    """One thing in its facets; at least one of them has it."""

    kind: str
    written: Resource | None = None
    planned: Resource | None = None
    recorded: Resource | None = None
    running: Resource | None = None

    @property
    def facets(self) -> tuple[Resource, ...]:
        """The resources of all facets that have it, code first."""
        return tuple(r for r in (self.written, self.planned, self.recorded, self.running) if r is not None)

    @property
    def wanted(self) -> Resource | None:
        """The resource as it shall be: in the code, or what a plan made of it."""
        return self.written or self.planned

    @property
    def named(self) -> Resource:
        """The resource whose address names it: the code's, else the plan's, the state's, the cloud's."""
        return self.facets[0]


def is_managed(resource: Resource) -> bool:
    """Whether a resource stands for an object of a provider."""
    return ("_" in resource.kind and "." not in resource.kind) or (resource.kubernetes and resource.address.scheme == "tf")


def pair(
    written: Iterable[Resource],
    planned: Iterable[Resource],
    recorded: Sequence[Resource],
    running: Running,
    readings: Mapping[str, Reading],
) -> list[Twin]:
    """The things of all facets. Code, plan and state go together by address, state and cloud by what names an object."""
    code = {(r.root, r.address): r for r in written if is_managed(r)}
    plan = {(r.root, r.address): r for r in planned if is_managed(r)}
    known = [r for r in recorded if is_managed(r)]
    roots = _roots(known, [*code.values(), *plan.values()])
    live = _by_key(running.resources, readings)
    twins: list[Twin] = []
    taken: set[int] = set()
    for resource in known:
        name = (roots.get(resource.root, resource.root), resource.address)
        found = next((one for one in live.get((resource.kind, key_of(resource, readings)), ()) if id(one) not in taken), None)
        if found is not None:
            taken.add(id(found))
        twins.append(Twin(resource.kind, code.pop(name, None), plan.pop(name, None), resource, found))
    for name, resource in code.items():
        twins.append(Twin(resource.kind, resource, plan.pop(name, None)))
    twins += [Twin(resource.kind, None, resource) for resource in plan.values()]
    twins += [Twin(resource.kind, running=resource) for resource in running.resources if id(resource) not in taken]
    return twins


def _by_key(resources: Iterable[Resource], readings: Mapping[str, Reading]) -> dict[tuple[str, Key | None], list[Resource]]:
    found: dict[tuple[str, Key | None], list[Resource]] = defaultdict(list)
    for resource in resources:
        key = key_of(resource, readings)
        if key is not None:
            found[resource.kind, key].append(resource)
    return found


def key_of(resource: Resource, readings: Mapping[str, Reading]) -> Key | None:
    """What names the object, in a form that state and cloud share; None when a part of it is unknown or all of it empty."""
    reading = readings.get(resource.kind)
    if reading is None:
        return None
    return tuple_of({name: opened(resource.at(name).value_) for name in reading.key}, reading.key, reading)


def tuple_of(values: Mapping[str, Any], names: Sequence[str], reading: Reading) -> Key | None:
    """The texts of these attributes, compared as the collector says."""
    found = [values.get(name) for name in names]
    if any(isinstance(value, Unknown) for value in found):
        return None
    texts = tuple(
        "" if value is None else str(_canonical(value, reading.compare.get(name, ""))) for name, value in zip(names, found, strict=True)
    )
    return texts if any(texts) else None


def _canonical(value: Any, word: str) -> Any:
    return WORDS[word](value) if word in WORDS else value


def _roots(recorded: Iterable[Resource], declared: Iterable[Resource]) -> dict[str, str]:
    """Root of a state -> root of the code that it belongs to: the same folder, one above it, or where most of it is declared."""
    states: dict[str, set[str]] = defaultdict(set)
    codes: dict[str, set[str]] = defaultdict(set)
    for resource in recorded:
        states[resource.root].add(_KEYS.sub("", resource.address.text))
    for resource in declared:
        codes[resource.root].add(_KEYS.sub("", resource.address.text))
    found = {}
    for root, addresses in states.items():
        shares = {code: len(addresses & names) / len(addresses) for code, names in codes.items()}
        folder = PurePosixPath(root)
        near = [str(place) for place in (folder, *folder.parents) if shares.get(str(place), 0) > 0]
        best = sorted(shares, key=lambda code: (-shares[code], code))
        if near or (best and shares[best[0]] > 0):
            found[root] = near[0] if near else best[0]
    return found


Name: TypeAlias = tuple[str, str]


def names(twins: Iterable[Twin]) -> dict[Name, Name]:
    """(root, address) of recorded and running resources -> that of the code, plan or state that manages them."""
    found = {}
    for twin in twins:
        to = (twin.named.root, twin.named.address.text)
        for resource in twin.facets[1:]:
            name = (resource.root, resource.address.text)
            if name != to:
                found[name] = to
    return found
