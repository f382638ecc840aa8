"""One thing attribute by attribute: where state and cloud differ, and where the code is ahead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from auditor.drift.kinds import Schema, Shape, shape
from auditor.drift.pair import Twin
from auditor.drift.sameness import agree, opened, unmatched
from auditor.drift.words import WORDS
from auditor.model.resource import Resource
from auditor.model.running import Reading
from auditor.model.value import Unknown

NEVER = "never"
_ID = "id"
_TAGS = "tags"
_ALL_TAGS = "tags_all"


@dataclass(frozen=True, slots=True)
class Difference:
    """An attribute that two facets say differently. `path` is as deep as one place differs."""

    attribute: str
    path: str
    recorded: Any
    running: Any
    shape: Shape
    word: str = ""


def differences(twin: Twin, reading: Reading, schema: Schema | None, left_out: frozenset[str]) -> Iterator[Difference]:
    """Where the cloud is not what the state remembers, in the attributes that the collector maps."""
    if twin.recorded is None or twin.running is None:
        return
    for name, now in known(twin.running).items():
        word = reading.compare.get(name, "")
        if word == NEVER or name == _ID or name in reading.key or name in left_out or not _has(twin.recorded, name):
            continue
        if name == _TAGS and _has(twin.recorded, _ALL_TAGS):
            continue
        before, built = value_of(twin.recorded, name), shape(schema, name)
        if not agree(now, before, built, word):
            yield Difference(name, _deepest(now, before, built, word, name), before, now, built, word)


def is_another(twin: Twin) -> bool:
    """Whether the cloud has another object under the same name: its id is not the recorded one."""
    if twin.recorded is None or twin.running is None:
        return False
    before, now = twin.recorded.at(_ID).data, twin.running.at(_ID).data
    return isinstance(before, str) and isinstance(now, str) and before != now


def known(resource: Resource) -> Mapping[str, Any]:
    """The attributes of a resource that are known, opened."""
    found = {}
    for name, node in resource.body.entries():
        if not node.unknown:
            found[name] = opened(node.value_)
    return found


def value_of(resource: Resource, name: str) -> Any:
    """One attribute, opened."""
    return opened(resource.at(name).value_)


def _has(resource: Resource, name: str) -> bool:
    table = resource.body.data
    return isinstance(table, dict) and name in table


def declares(resource: Resource, name: str) -> bool:
    """Whether the code writes an attribute; all tags are written when some are."""
    return _has(resource, name) and resource.at(name).data is not None


def ahead(twin: Twin, reading: Reading, schema: Schema | None, left_out: frozenset[str]) -> Iterator[Difference]:
    """Where the code says something else than the state, and the cloud is still as the state has it."""
    if twin.wanted is None or twin.recorded is None:
        return
    for name, node in twin.wanted.body.entries():
        word = reading.compare.get(name, "")
        if word == NEVER or name in left_out or (name == _TAGS and _has(twin.wanted, _ALL_TAGS)) or not _has(twin.recorded, name):
            continue
        wanted, before, built = opened(node.value_), value_of(twin.recorded, name), shape(schema, name)
        if wanted is not None and not agree(wanted, before, built, word):
            yield Difference(name, _deepest(wanted, before, built, word, name), before, wanted, built, word)


def _deepest(now: Any, before: Any, built: Shape, word: str, path: str) -> str:
    """The path of the one place that differs, as long as there is only one and it has a name."""
    if word in WORDS or word == "set":
        return path
    if isinstance(now, dict) and isinstance(before, dict):
        names = {*now, *before} if built.form == "map" else {*now} & {*before}
        found = [name for name in sorted(names) if not agree(now.get(name), before.get(name), built.part(name))]
        if len(found) != 1:
            return path
        step = f'["{found[0]}"]' if built.form == "map" else f".{found[0]}"
        return _deepest(now.get(found[0]), before.get(found[0]), built.part(found[0]), "", path + step)
    if isinstance(now, list) and isinstance(before, list) and len(now) == len(before) and built.form != "set":
        positions = [index for index, (one, two) in enumerate(zip(now, before, strict=True)) if not agree(one, two, built.item)]
        if len(positions) == 1:
            index = positions[0]
            return _deepest(now[index], before[index], built.item, "", f"{path}[{index}]")
    return path


def changes(difference: Difference) -> tuple[list[Any], list[Any]]:
    """(added, removed) items of a listing; empty for anything else."""
    now, before = difference.running, difference.recorded
    if isinstance(now, Unknown) or isinstance(before, Unknown):
        return [], []
    if difference.word in WORDS:
        now, before = WORDS[difference.word](now), WORDS[difference.word](before)
    if not any(isinstance(value, list) for value in (now, before)):
        return [], []
    return unmatched(_items(now), _items(before), difference.shape.item)


def _items(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value in (None, "") else [value]
