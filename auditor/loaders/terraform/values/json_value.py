"""JSON as `jsonencode` writes it and `jsondecode` reads it."""

from __future__ import annotations

import re
from typing import Any
from unicodedata import normalize

from auditor.loaders.terraform.values.number import is_infinite, parse_number
from auditor.loaders.terraform.values.number_text import number_text
from auditor.loaders.terraform.values.types import EvaluationError, Typed
from auditor.model.json_text import Inside
from auditor.model.value import Place, Unknown

_SPECIAL = re.compile('[\\x00-\\x1f"\\\\<>&\\u2028\\u2029]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


class NotKnown(Exception):
    """A part of the value to encode is unknown."""

    def __init__(self, unknown: Unknown) -> None:
        super().__init__(unknown.reason)
        self.unknown = unknown


def to_json(value: Typed) -> str:
    """The JSON text of a value; raises `NotKnown` when a part is unknown, `EvaluationError` when JSON cannot say it."""
    parts: list[str] = []
    _write(value, parts)
    return "".join(parts)


def _write(value: Typed, into: list[str]) -> None:
    data = value.data
    if isinstance(data, str):
        into.append(json_string(data))
    elif data is None:
        into.append("null")
    elif isinstance(data, bool):
        into.append("true" if data else "false")
    elif isinstance(data, list):
        into.append("[")
        for index, item in enumerate(data):
            if index:
                into.append(",")
            _write(item, into)
        into.append("]")
    elif isinstance(data, dict):
        into.append("{")
        for index, name in enumerate(sorted(data)):
            into.append(f"{',' if index else ''}{json_string(name)}:")
            _write(data[name], into)
        into.append("}")
    elif isinstance(data, Unknown):
        raise NotKnown(data)
    elif is_infinite(data):
        raise EvaluationError("cannot serialize infinity as JSON")
    else:
        into.append(number_text(data))


def json_string(text: str) -> str:
    """Text as a JSON string, with the characters escaped that could end a script."""
    return '"' + _SPECIAL.sub(lambda found: _SHORT.get(found[0]) or f"\\u{ord(found[0]):04x}", text) + '"'


def from_json(text: str, place: Place) -> Typed:
    """The value of a JSON text that is written at `place`; raises `EvaluationError`."""
    import json

    if text.startswith("\ufeff"):
        raise EvaluationError("invalid character at the start of the text")
    try:
        data = json.loads(text, parse_int=_Digits, parse_float=_Digits, parse_constant=_refuse)
    except ValueError as error:
        raise EvaluationError(f"the text is not valid JSON: {error}") from None
    return _read(data, text, place, ())


class _Digits(str):
    """A number that is still text."""

    __slots__ = ()


def _refuse(word: str) -> None:
    raise ValueError(f"invalid word {word}")


def _read(data: Any, text: str, place: Place, path: tuple[str | int, ...]) -> Typed:
    here = Inside(place, text, path)
    if isinstance(data, dict):
        items = {composed(name): _read(item, text, place, (*path, name)) for name, item in data.items()}
        return Typed(dict(sorted(items.items())), None, here)
    if isinstance(data, list):
        return Typed([_read(item, text, place, (*path, index)) for index, item in enumerate(data)], None, here)
    if isinstance(data, _Digits):
        return Typed(parse_number(data), None, here)
    return Typed(composed(data) if isinstance(data, str) else data, None, here)


def composed(text: str) -> str:
    """Text as terraform keeps it: composed, and whole."""
    if text.isascii():
        return text
    return normalize("NFC", text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _lone(text) else text)


def _lone(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in text)
