"""What a difference means: who moved, and how bad that is."""

from __future__ import annotations

import re
from typing import Final

from auditor.drift.compare import Difference, declares
from auditor.drift.kinds import Schema
from auditor.drift.pair import Twin
from auditor.drift.sameness import agree, opened
from auditor.model.resource import Resource
from auditor.model.rule import Severity
from auditor.model.running import Reading
from auditor.model.value import Unknown, Value

CHANGED: Final = "changed"
SHADOW: Final = "shadow"
CONFLICT: Final = "conflict"
RECONCILED: Final = "reconciled"
IGNORED: Final = "ignored"
COMPUTED: Final = "computed"
UNDEPLOYED: Final = "undeployed"
NEW: Final = "new"
ORPHAN: Final = "orphan"
MISSING: Final = "missing"
REPLACED: Final = "replaced"
UNMANAGED: Final = "unmanaged"

_TAGS = frozenset({"tags", "tags_all", "tag"})


def classify(twin: Twin, difference: Difference, schema: Schema | None) -> str:
    """The class of a difference between state and cloud."""
    name = difference.attribute
    if twin.written is not None:
        if is_ignored(twin.written, difference):
            return IGNORED
        if not declares(twin.written, name):
            return COMPUTED if _is_computed(schema, name) else SHADOW
        return _moved(twin.written, difference)
    if twin.planned is not None:
        # The apply would leave it: the code does not speak of it, or was written to match.
        found = _moved(twin.planned, difference)
        return (COMPUTED if _is_computed(schema, name) else SHADOW) if found == RECONCILED else found
    return COMPUTED if _is_computed(schema, name) else CHANGED


def _moved(wanted: Resource, difference: Difference) -> str:
    """Who moved away from whom."""
    value = wanted.at(difference.attribute).value_
    was = agree(opened(value), difference.recorded, difference.shape, difference.word)
    now = agree(opened(value), difference.running, difference.shape, difference.word)
    if was and now:
        return CHANGED if _has_unknown(value) else SHADOW
    if was:
        return CHANGED
    return RECONCILED if now else CONFLICT


def _has_unknown(value: Value) -> bool:
    data = value.data
    if isinstance(data, dict):
        return any(map(_has_unknown, data.values()))
    if isinstance(data, list):
        return any(map(_has_unknown, data))
    return isinstance(data, Unknown)


def _is_computed(schema: Schema | None, name: str) -> bool:
    """Whether only the provider gives it: bookkeeping that nobody can write."""
    attribute = schema.attributes.get(name) if schema is not None else None
    return attribute is not None and not attribute.optional and not attribute.required


def is_ignored(written: Resource, difference: Difference) -> bool:
    """Whether the code says in `ignore_changes` that somebody else decides it."""
    here = _dotted(difference.path)
    for ignored in map(_dotted, written.ignored):
        if ignored in ("all", difference.attribute) or here == ignored or here.startswith(f"{ignored}."):
            return True
        if difference.attribute == "tags_all" and ignored.partition(".")[0] == "tags":
            rest = ignored.removeprefix("tags")
            if not rest or here == f"tags_all{rest}":
                return True
    return False


def _dotted(path: str) -> str:
    return re.sub(r'\["?([^"\]]*)"?\]', r".\1", path).strip()


def severity(classification: str, attribute: str, reading: Reading | None) -> Severity:
    """How bad it is: what opens something up or takes it down first, tags last."""
    watched = reading is not None and attribute in reading.watched
    if attribute in _TAGS:
        return Severity.LOW
    match classification:
        case "conflict":
            return Severity.CRITICAL if watched else Severity.HIGH
        case "changed":
            return Severity.HIGH if watched else Severity.MEDIUM
        case "shadow":
            return Severity.HIGH if watched else Severity.LOW
        case "missing":
            return Severity.HIGH
        case "replaced" | "orphan":
            return Severity.MEDIUM
        case "unmanaged":
            return Severity.HIGH if reading is not None and reading.alike else Severity.MEDIUM
        case "undeployed" | "new":
            return Severity.LOW
        case _:
            return Severity.INFO
