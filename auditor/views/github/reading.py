"""Plain reading of a document's values, where what is not known or has another type reads as absent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.model.value import Unknown, Value

Trail = tuple["str | int", ...]
"""Keys and numbers that lead to a value."""


def down(value: Value | None, *keys: str | int) -> Value | None:
    """The value at a trail; None when there is none."""
    for key in keys:
        data = value.data if value is not None else None
        if isinstance(key, int):
            if not isinstance(data, list) or key >= len(data):
                return None
            value = data[key]
        elif isinstance(data, dict) and key in data:
            value = data[key]
        else:
            return None
    return value


def text_at(value: Value | None, *keys: str | int) -> str | None:
    """The text at a trail; None for anything else."""
    found = down(value, *keys)
    return found.data if found is not None and isinstance(found.data, str) else None


def entries(value: Value | None, *keys: str | int) -> Iterator[tuple[str, Value]]:
    """The entries of the mapping at a trail."""
    found = down(value, *keys)
    if found is not None and isinstance(found.data, dict):
        yield from found.data.items()


def items(value: Value | None, *keys: str | int) -> Iterator[tuple[int, Value]]:
    """The items of the list at a trail, with their numbers; a single scalar is one item."""
    found = down(value, *keys)
    if found is None:
        return
    if isinstance(found.data, list):
        yield from enumerate(found.data)
    elif found.data is not None and not isinstance(found.data, (dict, Unknown)):
        yield 0, found


def steps_in(holder: Value | None, key: str = "steps") -> Iterator[tuple[Trail, Value]]:
    """(where it stands below the holder, step) of every step of a job or an action, also of those that run in parallel."""
    listed = down(holder, key)
    if listed is None or not isinstance(listed.data, list):
        return
    for number, step in enumerate(listed.data):
        yield (key, number), step
        for below, inner in steps_in(step, "parallel"):
            yield (key, number, *below), inner


def is_open(value: Value | None) -> bool:
    """Whether the value, or a number of items of it, is not known."""
    if value is None:
        return False
    data: Any = value.data
    if isinstance(data, Unknown):
        return True
    return isinstance(data, list) and any(isinstance(item.data, Unknown) for item in data)


def trigger_names(root: Value) -> dict[str, Value | None] | None:
    """The events of a workflow with their configuration; None when they are not known."""
    on = down(root, "on")
    if on is None:
        return {}
    if is_open(on):
        return None
    match on.data:
        case str() as name:
            return {name: None}
        case list() as names:
            return {item.data: None for item in names if isinstance(item.data, str)}
        case dict() as table:
            return None if any(isinstance(key, Unknown) for key in table) else dict(table)
        case _:
            return {}
