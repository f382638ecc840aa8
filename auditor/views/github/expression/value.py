"""Values of expressions: plain JSON data with numbers as floats, and values that are known only when the pipeline runs."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auditor.views.github.expression.number import number_of, text_of

_DOTLESS = "\u0131"


@dataclass(frozen=True, slots=True)
class Open:
    """A value that is known only at run time.

    `truth`: whether a condition holds with it, where that much is known. `sources`: the contexts that it was made from
    (`github.run_id`), so that a reader can tell what it depends on.
    """

    truth: bool | None = None
    sources: frozenset[str] = frozenset()

    def __or__(self, other: Open) -> Open:
        return Open(None, self.sources | other.sources)


class Partial(dict[str, Any]):
    """An object of which only some entries are known: the others are open, not null."""

    __slots__ = ()


class Filtered(list[Any]):
    """What `.*` leaves: a further index goes into each item."""

    __slots__ = ()


def truth(value: Any) -> bool | None:
    """Whether a condition holds with this value; None when that is open."""
    match value:
        case Open(truth=known):
            return known
        case None | "" | False:
            return False
        case bool() | str():
            return True
        case float() | int() as number:
            return number != 0 and not math.isnan(number)
        case _:
            return True


def is_scalar(value: Any) -> bool:
    """Whether it is a text, a number, a truth value or null."""
    return value is None or isinstance(value, (str, bool, int, float))


def to_number(value: Any) -> float:
    """A value as a number; not-a-number for objects and lists."""
    match value:
        case None:
            return 0.0
        case bool() as flag:
            return 1.0 if flag else 0.0
        case float() | int() as number:
            return float(number)
        case str() as text:
            return number_of(text)
        case _:
            return math.nan


def to_text(value: Any) -> str:
    """A value as text, as it stands in a script."""
    match value:
        case None:
            return ""
        case str() as text:
            return text
        case bool() as flag:
            return "true" if flag else "false"
        case float() | int() as number:
            return text_of(float(number))
        case list():
            return "Array"
        case _:
            return "Object"


def upper(text: str) -> str:
    """The text as it is compared: without regard to case, apart from the dotless i."""
    return _DOTLESS.join(part.upper() for part in text.split(_DOTLESS)) if _DOTLESS in text else text.upper()


def equal(left: Any, right: Any) -> bool | None:
    """`left == right`; None when it is open."""
    if isinstance(left, Open) or isinstance(right, Open):
        return None
    left, right = _same_kind(left, right)
    match left, right:
        case None, None:
            return True
        case str(), str():
            return upper(left) == upper(right)
        case (bool(), bool()) | (float(), float()):
            return bool(left == right)
        case _:
            return left is right and not is_scalar(left)


def less(left: Any, right: Any) -> bool | None:
    """`left < right`; None when it is open."""
    if isinstance(left, Open) or isinstance(right, Open):
        return None
    left, right = _same_kind(left, right)
    match left, right:
        case str(), str():
            return _units(upper(left)) < _units(upper(right))
        case (bool(), bool()) | (float(), float()):
            return bool(left < right)
        case _:
            return False


def _units(text: str) -> bytes:
    """UTF-16 code units: the order in which the runner sorts texts."""
    return text.encode("utf-16-be", "surrogatepass")


def _same_kind(left: Any, right: Any) -> tuple[Any, Any]:
    left, right = _plain_number(left), _plain_number(right)
    if type(left) is type(right) or (isinstance(left, (dict, list)) and isinstance(right, (dict, list))):
        return left, right
    if isinstance(left, (dict, list)) or isinstance(right, (dict, list)):
        return None, math.nan
    return to_number(left), to_number(right)


def _plain_number(value: Any) -> Any:
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def from_json(text: str) -> Any:
    """The data of a JSON text; ValueError when it is none."""
    return _floats(json.loads(text, parse_constant=_no_constant))


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _floats(data: Any) -> Any:
    match data:
        case dict():
            first = {key.lower(): key for key in reversed(data)}  # of keys that differ in case only, the first counts
            return {key: _floats(item) for key, item in data.items() if first[key.lower()] == key}
        case list():
            return [_floats(item) for item in data]
        case _:
            return _plain_number(data)


def to_json(value: Any) -> str:
    """A value as JSON text, indented by two blanks."""
    return _json(value, "")


def _json(value: Any, indent: str) -> str:
    deeper = indent + "  "
    match value:
        case bool() | None | str():
            return json.dumps(value, ensure_ascii=False)
        case float() | int():
            number = float(value)
            return text_of_json(number)
        case list():
            if not value:
                return "[]"
            items = ",\n".join(deeper + _json(item, deeper) for item in value)
            return f"[\n{items}\n{indent}]"
        case _:
            if not value:
                return "{}"
            items = ",\n".join(f"{deeper}{json.dumps(key, ensure_ascii=False)}: {_json(item, deeper)}" for key, item in value.items())
            return f"{{\n{items}\n{indent}}}"


def text_of_json(number: float) -> str:
    """A number in JSON: null for what JSON cannot say."""
    return "null" if math.isnan(number) or math.isinf(number) else text_of(number)


def entry(table: Mapping[str, Any], key: str) -> tuple[bool, Any]:
    """(found, value) of a key, whatever its case."""
    if key in table:
        return True, table[key]
    wanted = key.lower()
    for name, value in table.items():
        if name.lower() == wanted:
            return True, value
    return False, None
