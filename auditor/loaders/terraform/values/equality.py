"""Whether two values are equal, and the order of the elements of sets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from auditor.loaders.terraform.values.number_text import format_number
from auditor.loaders.terraform.values.types import SetType, Type, Typed, deep_marks, first_unknown, or_dynamic, retyped, type_of
from auditor.model.value import UNMARKED, Marks, Unknown

_SENSITIVE = Marks(sensitive=True)
_ESCAPES = {"\a": "\\a", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v", '"': '\\"', "\\": "\\\\"}


def equal(left: Typed, right: Typed) -> bool | None:
    """Whether two values are equal, types included; None when that depends on something unknown."""
    a, b = left.data, right.data
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return _equal_unknown(a, b) if isinstance(a, Unknown) else _equal_unknown(b, a)
    if a is None or b is None:
        return a is None and b is None
    if isinstance(a, (list, dict)) or isinstance(b, (list, dict)):
        if (
            type(left.type) is not type(right.type)
            or isinstance(a, list) != isinstance(b, list)
            or isinstance(a, dict) != isinstance(b, dict)
        ):
            return False
        return _equal_lists(left, right) if isinstance(a, list) else _equal_tables(left, right)
    if isinstance(a, (bool, str)) or isinstance(b, (bool, str)):
        return isinstance(a, str) == isinstance(b, str) and isinstance(a, bool) == isinstance(b, bool) and bool(a == b)
    return bool(a == b)


def _equal_unknown(unknown: Unknown, other: Any) -> bool | None:
    if other is None and not unknown.nullable:
        return False
    if isinstance(other, str) and unknown.prefix and not other.startswith(unknown.prefix):
        return False
    return None


def _equal_lists(left: Typed, right: Typed) -> bool | None:
    if left.type is not None and left.type != right.type:
        return False
    if any(isinstance(item.data, Unknown) and item.data.many for item in (*left.data, *right.data)):
        return None
    if isinstance(left.type, SetType) and (first_unknown(left) or first_unknown(right)):
        return None
    if len(left.data) != len(right.data):
        return False
    return _all(_equal_inside(a, b) for a, b in zip(left.data, right.data, strict=True))


def _equal_tables(left: Typed, right: Typed) -> bool | None:
    a, b = left.data, right.data
    if (left.type is not None and left.type != right.type) or a.keys() != b.keys():
        return False
    return _all(_equal_inside(a[name], b[name]) for name in a)


def _equal_inside(left: Typed, right: Typed) -> bool | None:
    # Nulls of two types make two tuples, or objects, of different types.
    if left.data is None and right.data is None:
        return type_of(left) == type_of(right)
    return equal(left, right)


def _all(results: Iterable[bool | None]) -> bool | None:
    found: bool | None = True
    for result in results:
        if result is False:
            return False
        if result is None:
            found = None
    return found


def make_set(items: Iterable[Typed], element: Type | None, like: Typed) -> Typed:
    """A set of items that have the element type: each once, in terraform's order; a secret element makes the set secret."""
    kept: dict[Any, Typed] = {}
    for item in items:
        key = _set_key(item)
        while key in kept and equal(kept[key], item) is not True:
            key = (key, item)
        kept.setdefault(key, item)
    found = sorted(kept.values(), key=_set_order)
    secret = not like.marks.sensitive and any(marks.sensitive for marks in (deep_marks([item]) for item in found))
    made = retyped(like, found, SetType(or_dynamic(element)))
    if secret:
        made.marks = _SENSITIVE if made.marks is UNMARKED else made.marks | _SENSITIVE
    return made


def _set_key(item: Typed) -> Any:
    data = item.data
    return (type(data) is bool, data) if isinstance(data, (str, bool, int)) else set_text(item)


def _set_order(item: Typed) -> tuple[int, Any]:
    data = item.data
    if data is None:
        return (1, "")
    if isinstance(data, Unknown):
        return (2, data.reason)
    return (0, set_text(item) if isinstance(data, (list, dict)) else data)


def set_text(item: Typed) -> str:
    """The text by which terraform orders the elements of a set that are neither text, number nor bool."""
    data = item.data
    if data is None:
        return "~"
    if isinstance(data, Unknown):
        return "?"
    if isinstance(data, bool):
        return "T" if data else "F"
    if isinstance(data, str):
        return quoted(data)
    if isinstance(data, list):
        opened, closed = "<>" if item.type is None else "[]"
        return opened + "".join(f"{set_text(inner)};" for inner in data) + closed
    if isinstance(data, dict):
        if item.type is None:
            return "<" + "".join(f"{set_text(data[name])};" for name in sorted(data)) + ">"
        return "{" + "".join(f"{quoted(name)}:{set_text(data[name])};" for name in sorted(data)) + "}"
    return format_number(data, "g", 10)


def quoted(text: str) -> str:
    """Text in double quotes, with what cannot be printed escaped."""
    return '"' + "".join(_ESCAPES.get(char) or (char if char.isprintable() else _escape(char)) for char in text) + '"'


def _escape(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x80 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
