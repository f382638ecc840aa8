"""JSON texts of which a part is unknown: what is known of their structure."""

from __future__ import annotations

import re
from typing import Any

from auditor.loaders.terraform.values.types import STRING, Typed
from auditor.model.json_text import parse_json
from auditor.model.value import UNMARKED, Place, Ref, Unknown, Value

_FIRST = 0xE000  # private-use characters stand for the unknown parts while the text is parsed
_MOST = 0x18FF
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"')


def partial_tree(parts: list[str | Typed], place: Place) -> Value | None:
    """The structure of a JSON text given as known texts and unknown values; None when it is not JSON."""
    head = next((part for part in parts if not isinstance(part, str) or part.strip()), "")
    if not isinstance(head, str) or head.lstrip()[:1] not in ("{", "["):
        return None
    unknowns = [part for part in parts if not isinstance(part, str)]
    if len(unknowns) > _MOST or any(_is_private(char) for part in parts if isinstance(part, str) for char in part if char > "\ud7ff"):
        return None
    text, index = "", 0
    for part in parts:
        if isinstance(part, str):
            text += part
        else:
            text += chr(_FIRST + index)
            index += 1
    found = parse_json(_quote_bare(text), place)
    return None if found is None else _restored(found, unknowns)


def parts_of(pieces: list[str | Typed]) -> tuple[str | Ref | None, ...]:
    """The `parts` of the unknown text that these pieces make."""
    found: list[str | Ref | None] = []
    for piece in pieces:
        if isinstance(piece, str):
            found.append(piece)
        else:
            found += piece.data.parts or (None,)
    return tuple(found)


def _is_private(char: str) -> bool:
    return _FIRST <= ord(char) <= _FIRST + _MOST


def _quote_bare(text: str) -> str:
    """Put quotes around every unknown part that stands outside a JSON string: it may be any value."""
    made, end = [], 0
    for string in _STRINGS.finditer(text):
        made += [_quoted(text[end : string.start()]), string[0]]
        end = string.end()
    return "".join((*made, _quoted(text[end:])))


def _quoted(text: str) -> str:
    return "".join(f'"{char}"' if _is_private(char) else char for char in text)


def _restored(value: Value, unknowns: list[Typed]) -> Value:
    """`value` with the unknown parts in their places."""
    data: Any = value.data
    if isinstance(data, dict):
        return Value({_key(key): _restored(item, unknowns) for key, item in data.items()}, value.place)
    if isinstance(data, list):
        return Value([_restored(item, unknowns) for item in data], value.place)
    if not isinstance(data, str):
        return value
    found = [unknowns[ord(char) - _FIRST] for char in data if _is_private(char)]
    if not found:
        return value
    if len(data) == 1:
        return Typed(found[0].data, found[0].type, value.place, found[0].marks)
    marks = UNMARKED
    for part in found:
        marks = part.marks if marks is UNMARKED else marks | part.marks
    prefix = data[: next(index for index, char in enumerate(data) if _is_private(char))]
    parts = parts_of([unknowns[ord(piece) - _FIRST] if _PRIVATE.fullmatch(piece) else piece for piece in _pieces(data)])
    return Typed(Unknown(found[0].data.reason, nullable=False, prefix=prefix, parts=parts), STRING, value.place, marks)


def _pieces(text: str) -> list[str]:
    """The text in pieces, each private character one of its own."""
    return [piece for piece in _PRIVATE.split(text) if piece]


_PRIVATE = re.compile(f"([{chr(_FIRST)}-{chr(_FIRST + _MOST)}])")


def _key(key: str) -> str:
    return "".join("*" if _is_private(char) else char for char in key)
