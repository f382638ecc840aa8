"""format and formatlist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.loaders.terraform.algorithms.graphemes import clusters
from auditor.loaders.terraform.call import ArgumentError, Call, Family, Parameter
from auditor.loaders.terraform.values.convert import convert
from auditor.loaders.terraform.values.json_value import to_json
from auditor.loaders.terraform.values.number import is_infinite, whole
from auditor.loaders.terraform.values.number_text import format_number, general_text
from auditor.loaders.terraform.values.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    EvaluationError,
    ListType,
    SetType,
    TupleType,
    Type,
    Typed,
    first_unknown,
    length,
    type_of,
)
from auditor.model.value import Unknown

_family = Family()
FUNCTIONS = _family.functions

_MOST_WIDTH = 1_000_000
_VERB = r"%([0#+ -]*)([1-9][0-9]*)?(?:\.([0-9]*))?(?:\[([1-9][0-9]*)\])?([A-Za-z])"
_INTEGERS = "bdoxX"
_ARGUMENTS = Parameter("args", null=True, unknown=True)


@dataclass(frozen=True, slots=True)
class _Verb:
    raw: str
    offset: int
    flags: str
    width: int | None
    digits: int | None
    index: int  # of the argument, from 1
    mode: str

    @property
    def shown(self) -> str:
        """The verb and where it is, for messages."""
        return f'"{self.raw}" at {self.offset}'


class _Undecided(Exception):
    """An argument is unknown; `text` is what comes before it."""

    def __init__(self, unknown: Unknown, text: str) -> None:
        super().__init__(unknown.reason)
        self.unknown = unknown
        self.text = text


def _pieces(template: str) -> Iterator[str | _Verb]:
    position, following = 0, 1
    while (start := template.find("%", position)) >= 0:
        yield template[position:start]
        offset = len(template[:start].encode("utf-8"))
        if template.startswith("%%", start):
            yield "%"
            position = start + 2
            continue
        found = re.compile(_VERB).match(template, start)
        if found is None:
            raise _bad_verb(template, start)
        flags, width, digits, index, mode = found.groups()
        if (width and int(width) > _MOST_WIDTH) or (digits and int(digits) > _MOST_WIDTH):
            raise EvaluationError(f'the width of "{found[0]}" is too large')
        following = int(index) if index else following
        yield _Verb(found[0], offset, flags, int(width) if width else None, None if digits is None else int(digits or 0), following, mode)
        following += 1
        position = found.end()
    yield template[position:]


def _bad_verb(template: str, start: int) -> EvaluationError:
    rest = re.compile(r"%[0#+ -]*([1-9][0-9]*)?(\.[0-9]*)?(\[[0-9]*\]?)?").match(template, start)
    end = rest.end() if rest else start + 1
    if end >= len(template):
        return EvaluationError("unexpected end of format string; a verb is missing")
    return EvaluationError(f"unrecognized format character {template[end]!r} at offset {len(template[:end].encode())}")


def _format(template: str, arguments: list[Typed]) -> str:
    """The text; raises `_Undecided` when an argument that it needs is unknown."""
    texts: list[str] = []
    highest = 0
    undecided: _Undecided | None = None
    for piece in _pieces(template):
        if isinstance(piece, str):
            texts.append(piece)
            continue
        highest = max(highest, piece.index)
        if piece.index > len(arguments):
            raise EvaluationError(f"not enough arguments for {piece.shown}: need index {piece.index} but have {len(arguments)} total")
        argument = arguments[piece.index - 1]
        if (unknown := first_unknown(argument)) is not None:
            undecided = undecided or _Undecided(unknown, "".join(texts))
            continue
        texts.append(_formatted(piece, argument))
    for argument in arguments:
        if (unknown := first_unknown(argument)) is not None:
            raise undecided or _Undecided(unknown, "")
    if highest < len(arguments):
        raise EvaluationError(f"too many arguments; only {highest} used by format string")
    return "".join(texts)


def _formatted(verb: _Verb, argument: Typed) -> str:
    if verb.mode != "v" and argument.data is None:
        raise EvaluationError(f"unsupported value for {verb.shown}: null value cannot be formatted")
    if verb.mode == "v":
        return _padded(verb, _as_is(verb, argument))
    if verb.mode == "t":
        return "true" if _converted(verb, argument, BOOL).data else "false"
    if verb.mode in "sq":
        text: str = _converted(verb, argument, STRING).data
        if verb.digits:
            text = "".join(clusters(text)[: verb.digits])
        return _padded(verb, to_json(Typed(text)) if verb.mode == "q" else text)
    if verb.mode not in "eEfgG" + _INTEGERS:
        raise EvaluationError(f'unsupported format verb {verb.mode!r} in "{verb.raw}" at offset {verb.offset}')
    number = _converted(verb, argument, NUMBER).data
    if verb.mode not in _INTEGERS:
        default = None if verb.mode in "gG" else 6
        text = format_number(number, verb.mode, default if verb.digits is None else verb.digits)
        return _aligned(verb, text, is_number=not is_infinite(number))
    integer = whole(number)
    if integer is None:
        raise EvaluationError(f"unsupported value for {verb.shown}: an integer is required")
    return _integer(verb, integer)


def _as_is(verb: _Verb, argument: Typed) -> str:
    if "#" not in verb.flags and argument.data is not None:
        if isinstance(argument.data, str):
            return argument.data
        if type_of(argument) == NUMBER:
            return general_text(argument.data)
    try:
        return to_json(argument)
    except EvaluationError as error:
        raise EvaluationError(f"unsupported value for {verb.shown}: {error.message}") from None


def _converted(verb: _Verb, argument: Typed, type_: Type) -> Typed:
    try:
        return convert(argument, type_)
    except EvaluationError as error:
        raise EvaluationError(f"unsupported value for {verb.shown}: {error.message}") from None


def _padded(verb: _Verb, text: str) -> str:
    missing = (verb.width or 0) - (len(clusters(text)) if verb.width else 0)
    pad = ("0" if "0" in verb.flags else " ") * missing
    return text + pad if "-" in verb.flags else pad + text


def _sign(verb: _Verb, text: str) -> tuple[str, str]:
    if text.startswith(("-", "+")):
        return (" " if text[0] == "+" and " " in verb.flags else text[0]), text[1:]
    return ("+" if "+" in verb.flags else " " if " " in verb.flags else ""), text


def _aligned(verb: _Verb, text: str, *, is_number: bool) -> str:
    sign, text = _sign(verb, text)
    missing = max((verb.width or 0) - len(sign) - len(text), 0)
    if "-" in verb.flags:
        return sign + text + " " * missing
    return sign + "0" * missing + text if "0" in verb.flags and is_number else " " * missing + sign + text


def _integer(verb: _Verb, number: int) -> str:
    digits = format(abs(number), {"X": "X", "x": "x", "o": "o", "b": "b", "d": "d"}[verb.mode])
    sign = _sign(verb, "-" if number < 0 else "")[0]
    sign += {"b": "0b", "o": "0", "x": "0x", "X": "0X"}.get(verb.mode, "") if "#" in verb.flags else ""
    if verb.digits is not None:
        if number == 0 and verb.digits == 0:
            return ""
        digits = digits.rjust(verb.digits, "0")
    missing = max((verb.width or 0) - len(sign) - len(digits), 0)
    if "-" in verb.flags:
        return sign + digits + " " * missing
    return sign + "0" * missing + digits if "0" in verb.flags and verb.digits is None else " " * missing + sign + digits


@_family.add("format", Parameter("format", STRING), result=STRING, rest=_ARGUMENTS)
def _format_one(call: Call) -> Typed:
    template, *arguments = call.arguments
    try:
        return call.value(_format(template.data, arguments))
    except _Undecided as error:
        return call.unknown(error.unknown, prefix=error.text)


@_family.add("formatlist", Parameter("format", STRING), result=ListType(STRING), rest=_ARGUMENTS)
def _format_list(call: Call) -> Typed:
    template, *arguments = call.arguments
    count = -1
    chooser = 0
    waiting: Unknown | None = None
    for index, argument in enumerate(arguments, 1):
        if argument.data is None or not isinstance(type_of(argument), (ListType, SetType, TupleType)):
            if isinstance(argument.data, Unknown) and argument.type in (None, DYNAMIC):
                waiting = waiting or argument.data
            continue
        size = _size(argument)
        if isinstance(size, Unknown):
            waiting = waiting or size
            continue
        if count < 0:
            count, chooser = size, index
        elif size != count:
            raise ArgumentError(
                index, f"argument {index} has length {size}, which is inconsistent with argument {chooser} of length {count}"
            )
        if isinstance(argument.data, Unknown):
            waiting = waiting or argument.data
    if waiting is not None:
        return call.unknown(waiting)
    found = [_one_of_list(call, template.data, arguments, index) for index in range(1 if count < 0 else count)]
    return call.value(found, ListType(STRING))


def _size(argument: Typed) -> int | Unknown:
    if isinstance(argument.data, Unknown):
        return len(argument.type.elements) if isinstance(argument.type, TupleType) else argument.data
    return length(argument)


def _one_of_list(call: Call, template: str, arguments: list[Typed], index: int) -> Typed:
    chosen = [argument.data[index] if isinstance(argument.data, list) else argument for argument in arguments]
    try:
        return call.value(_format(template, chosen))
    except _Undecided as error:
        return call.value(Unknown(error.unknown.reason, nullable=False, prefix=error.text), STRING)
    except EvaluationError as error:
        raise EvaluationError(f"error on format iteration {index}: {error.message}") from None
