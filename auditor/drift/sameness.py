"""Whether two facets say the same of a value, as far as both say anything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from auditor.drift.kinds import Shape
from auditor.drift.policy import canonical_policy
from auditor.drift.words import WORDS
from auditor.model.value import Missing, Unknown, Value


def opened(value: Value) -> Any:
    """The data of a value as plain JSON, secrets included, unknowns left as they are. Never to be shown."""
    data = value.data
    if isinstance(data, dict):
        return {name: opened(part) for name, part in data.items()}
    if isinstance(data, list):
        return [opened(item) for item in data]
    if isinstance(data, Missing):
        return None
    if isinstance(data, Fraction):
        return int(data) if data.denominator == 1 else float(data)
    return data


def agree(pattern: Any, other: Any, shape: Shape, word: str = "") -> bool:
    """Whether `other` has what `pattern` says.

    What is unknown in either agrees. Entries that `pattern` or `other` does not have at all are not compared, since one facet
    may know less than the other; the entries of maps are, since there an absent key is an answer.
    """
    if isinstance(pattern, Unknown) or isinstance(other, Unknown) or word == "never":
        return True
    if word in WORDS:
        if _has_unknown(pattern) or _has_unknown(other):
            return True
        one, two = WORDS[word](pattern), WORDS[word](other)
        return bool(one == two) or (_nothing(one) and _nothing(two))
    if shape.form != "map" and _nothing(pattern) and _nothing(other):
        return True
    if isinstance(pattern, list) or isinstance(other, list):
        return _lists(_items(pattern), _items(other), shape, word)
    if isinstance(pattern, dict) or isinstance(other, dict):
        return _tables(pattern if isinstance(pattern, dict) else {}, other if isinstance(other, dict) else {}, shape)
    return _scalars(pattern, other)


def _items(value: Any) -> list[Any]:
    """The items of a listing that say anything; a single value is a listing of one."""
    return [item for item in (value if isinstance(value, list) else [value]) if not _blank(item)]


def _lists(pattern: list[Any], other: list[Any], shape: Shape, word: str) -> bool:
    if any(isinstance(item, Unknown) and item.many for item in (*pattern, *other)):
        return True
    if len(pattern) != len(other):
        return False
    inside = shape.item
    if shape.form != "set" and word != "set":
        return all(agree(one, two, inside) for one, two in zip(pattern, other, strict=True))
    return not unmatched(pattern, other, inside)[0]


def unmatched(pattern: list[Any], other: list[Any], shape: Shape) -> tuple[list[Any], list[Any]]:
    """What each of two sets has that the other has not."""
    left, right = [], list(other)
    for item in pattern:
        found = next((index for index, one in enumerate(right) if agree(item, one, shape)), None)
        if found is None:
            left.append(item)
        else:
            del right[found]
    return left, right


def _tables(pattern: Mapping[str, Any], other: Mapping[str, Any], shape: Shape) -> bool:
    if shape.form == "map":
        return all(agree(pattern.get(name), other.get(name), shape.part(name)) for name in {*pattern, *other})
    shared = [name for name in pattern if name in other]
    if not shared and pattern and other:
        return False
    if not other or not pattern:
        return _blank(pattern) and _blank(other)
    return all(agree(pattern[name], other[name], shape.part(name)) for name in shared)


def _scalars(one: Any, two: Any) -> bool:
    if _text(one) == _text(two):
        return True
    left, right = _structure(one), _structure(two)
    if left is not None and right is not None:
        return bool(left == right)
    try:
        return not isinstance(one, bool) and not isinstance(two, bool) and float(one) == float(two)
    except (TypeError, ValueError, OverflowError):
        return False


def _structure(value: Any) -> Any:
    """The structure of a JSON text that is an object or array, policies by their meaning."""
    if not isinstance(value, str) or value.lstrip()[:1] not in ("{", "["):
        return None
    try:
        return canonical_policy(json.loads(value))
    except (ValueError, RecursionError):
        return None


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _nothing(value: Any) -> bool:
    """Whether a value is null, or an empty text or collection."""
    if isinstance(value, list):
        return all(map(_blank, value))
    if isinstance(value, dict):
        return all(map(_nothing, value.values()))
    return value is None or value == ""


def _blank(value: Any) -> bool:
    """Whether a block has nothing switched on: it is as good as none."""
    if isinstance(value, dict):
        return all(
            _nothing(part) or part is False or (not isinstance(part, bool) and part == 0) or _blank_list(part) for part in value.values()
        )
    return _nothing(value)


def _blank_list(value: Any) -> bool:
    return isinstance(value, list) and all(map(_blank, value))


def _has_unknown(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_has_unknown, value.values()))
    if isinstance(value, list):
        return any(map(_has_unknown, value))
    return isinstance(value, Unknown)
