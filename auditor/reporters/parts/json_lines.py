"""JSON as fast as the encoder in C writes it, and still an item on a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

_ENCODER = json.JSONEncoder(default=str)


def dump(data: Any) -> str:
    """One line. ASCII only: control characters of scanned text stay escapes."""
    return _ENCODER.encode(data)


def listing(name: str, lines: Iterable[str]) -> Iterator[str]:
    """Pieces of a member `"name": [...],` of an object, each line of JSON on a line of its own."""
    before = f' "{name}": ['
    empty = True
    for line in lines:
        yield f"{before}\n  {line}" if empty else f",\n  {line}"
        empty = False
    yield f"{before}],\n" if empty else "],\n"
