"""Values as short text for messages and evidence; secrets stay hidden."""

from __future__ import annotations

import json
from collections.abc import Iterator
from json.encoder import encode_basestring

from auditor.model.node import Node
from auditor.model.value import MISSING, Value, plain

_SHOWN = 120

HIDDEN = "(sensitive)"
"""What is shown of a secret."""


def show(node: Node) -> str:
    """What is there: `not set` for nothing, `(sensitive)` for a secret, else the value."""
    if node.sensitive:
        return HIDDEN
    if node.data is MISSING or node.data is None:
        return "not set"
    data = node.data
    if isinstance(data, (dict, list)) and _is_deep(data):
        return shorten(_start(node.value_))
    return shorten(words(plain(node.value_)))


def _is_deep(data: dict[str, Value] | list[Value]) -> bool:
    """Whether it is written as JSON, rather than as a list of words."""
    return isinstance(data, dict) or any(isinstance(item.data, (dict, list)) for item in data)


def _start(value: Value) -> str:
    """The start of a structure as JSON, long enough to be shortened: a large one is not worth writing as a whole."""
    pieces: list[str] = []
    _write(value, pieces, 4 * _SHOWN)
    return "".join(pieces)


def _items(data: dict[str, Value] | list[Value]) -> Iterator[tuple[str, Value]]:
    """The parts of a structure, each with what stands before it."""
    if isinstance(data, dict):
        return ((f"{encode_basestring(key)}: ", data[key]) for key in sorted(data))
    return (("", item) for item in data)


def _write(value: Value, pieces: list[str], room: int) -> int:
    """Write a value; returns how many characters are left."""
    data = value.data
    if value.marks.sensitive or not isinstance(data, (dict, list)):
        text = data if isinstance(data, str) and not value.marks.sensitive else None
        shown = json.dumps(plain(value), ensure_ascii=False, sort_keys=True, default=str) if text is None else encode_basestring(text)
        pieces.append(shown)
        return room - len(shown)
    first, last = "{}" if isinstance(data, dict) else "[]"
    pieces.append(first)
    for number, (key, item) in enumerate(_items(data)):
        if room < 0:
            return room
        pieces.append(f", {key}" if number else key)
        room = _write(item, pieces, room - len(key) - 2)
    pieces.append(last)
    return room - 2


def words(data: object) -> str:
    """Plain JSON data as a person would write it."""
    match data:
        case str():
            return data or '""'
        case {"$unknown": reason}:
            return f"unknown ({reason})"
        case {"$redacted": _}:
            return HIDDEN
        case list() if not any(isinstance(item, (list, dict)) for item in data):
            return ", ".join(words(item) for item in data)
        case _:
            return json.dumps(data, ensure_ascii=False, sort_keys=True, default=str)


def shorten(text: str) -> str:
    """One line of it."""
    text = " ".join(text[: 4 * _SHOWN].split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
