"""Values as short text for messages and evidence; secrets stay hidden."""

from __future__ import annotations

import json

from auditor.model.node import Node
from auditor.model.value import MISSING, plain

_SHOWN = 120

HIDDEN = "(sensitive)"
"""What is shown of a secret."""


def show(node: Node) -> str:
    """What is there: `not set` for nothing, `(sensitive)` for a secret, else the value."""
    if node.sensitive:
        return HIDDEN
    if node.data is MISSING or node.data is None:
        return "not set"
    return shorten(words(plain(node.value_)))


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
