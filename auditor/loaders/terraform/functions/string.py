"""Text: case, trimming, parts, joining."""

from __future__ import annotations

from auditor.loaders.terraform.algorithms.graphemes import clusters
from auditor.loaders.terraform.call import ArgumentError, Call, Family, Parameter, whole_number
from auditor.loaders.terraform.values.types import BOOL, NUMBER, STRING, EvaluationError, ListType, Typed, first_unknown, length
from auditor.model.value import Unknown

_family = Family()
FUNCTIONS = _family.functions

_STR = Parameter("str", STRING)
_SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
_MOST_SPACES = 1_000_000


def _each(char: str, mapped: str, instead: str) -> str:
    # One character becomes one character: the longer mappings ("ß" to "SS") are not used.
    return mapped if len(mapped) == 1 else instead if len(instead) == 1 else char


@_family.scalar("upper", _STR, result=STRING)
def _upper(text: str) -> str:
    return text.upper() if text.isascii() else "".join(_each(char, char.upper(), char.title()) for char in text)


@_family.scalar("lower", _STR, result=STRING)
def _lower(text: str) -> str:
    return text.lower() if text.isascii() else "".join(_each(char, char.lower(), char.lower()[:1]) for char in text)


@_family.scalar("title", _STR, result=STRING)
def _title(text: str) -> str:
    found = []
    before = " "
    for char in text:
        found.append(_each(char, char.title(), char) if _separates(before) else char)
        before = char
    return "".join(found)


def _separates(char: str) -> bool:
    if char.isascii():
        return not (char.isalnum() or char == "_")
    return char in _SPACE


_family.scalar("chomp", _STR, result=STRING)(lambda text: text.rstrip("\r\n"))
_family.scalar("trimspace", _STR, result=STRING)(lambda text: text.strip(_SPACE))
_family.scalar("trim", _STR, Parameter("cutset", STRING), result=STRING)(lambda text, cutset: text.strip(cutset) if cutset else text)
_family.scalar("trimprefix", _STR, Parameter("prefix", STRING), result=STRING)(lambda text, prefix: text.removeprefix(prefix))
_family.scalar("trimsuffix", _STR, Parameter("suffix", STRING), result=STRING)(lambda text, suffix: text.removesuffix(suffix))
_family.scalar("endswith", _STR, Parameter("suffix", STRING), result=BOOL)(lambda text, suffix: text.endswith(suffix))
_family.scalar("strcontains", _STR, Parameter("substr", STRING), result=BOOL)(lambda text, part: part in text)
_family.scalar("strrev", _STR, result=STRING)(lambda text: "".join(reversed(clusters(text))))


@_family.add("startswith", Parameter("str", STRING, unknown=True), Parameter("prefix", STRING), result=BOOL)
def _startswith(call: Call) -> Typed:
    text, prefix = (argument.data for argument in call.arguments)
    if isinstance(text, Unknown):
        if len(text.prefix) >= len(prefix) and text.prefix:
            return call.value(text.prefix.startswith(prefix))
        if prefix and not prefix.startswith(text.prefix):
            return call.value(False)
        return call.unknown(text)
    return call.value(text.startswith(prefix))


@_family.add("indent", Parameter("spaces", NUMBER), _STR, result=STRING)
def _indent(call: Call) -> Typed:
    spaces = whole_number(call.arguments[0])
    text = call.arguments[1].data
    if spaces < 0:
        raise EvaluationError("the number of spaces must not be negative")
    if spaces * (text.count("\n") + 1) > _MOST_SPACES:
        return call.unknown(Unknown(f"a text indented by {spaces} spaces is too large"))
    return call.value(text.replace("\n", "\n" + " " * spaces))


@_family.add("substr", _STR, Parameter("offset", NUMBER), Parameter("length", NUMBER), result=STRING)
def _substr(call: Call) -> Typed:
    text: str = call.arguments[0].data
    offset, length = (whole_number(argument) for argument in call.arguments[1:])
    found = clusters(text)
    if offset < 0:
        offset = max(offset + len(found), 0)
    elif length == 0:
        return call.value("")
    # A length of zero from a negative offset takes everything that is left, as in terraform.
    kept = found[offset : offset + length] if length > 0 else found[offset:]
    return call.value("".join(kept))


@_family.add("join", Parameter("separator", STRING), result=STRING, rest=Parameter("lists", ListType(STRING)))
def _join(call: Call) -> Typed:
    separator, *lists = call.arguments
    if not lists:
        raise EvaluationError("at least one list is required")
    texts: list[str] = []
    for number, items in enumerate(lists, 1):
        for index, item in enumerate(items.data):
            if isinstance(item.data, Unknown):
                certain = separator.data.join([*texts, item.data.prefix]) if not item.data.many else separator.data.join(texts)
                return call.unknown(item, prefix=certain)
            if item.data is None:
                where = f"element {index} of list {number}" if len(lists) > 1 else f"element {index}"
                raise ArgumentError(number, f"{where} is null; cannot concatenate null values")
            texts.append(item.data)
    return call.value(separator.data.join(texts))


@_family.add("split", Parameter("separator", STRING), _STR, result=ListType(STRING))
def _split(call: Call) -> Typed:
    separator, text = (argument.data for argument in call.arguments)
    return call.strings(text.split(separator) if separator else list(text))


@_family.add("sort", Parameter("list", ListType(STRING)), result=ListType(STRING))
def _sort(call: Call) -> Typed:
    items = call.arguments[0]
    for index, item in enumerate(items.data):
        if item.data is None:
            raise EvaluationError(f"given list element {index} is null; a null string cannot be sorted")
    if (unknown := first_unknown(items)) is not None:
        if isinstance(length(items), Unknown):
            return call.unknown(unknown)
        # Any element may come first, but there are as many as before.
        return call.value([Typed(Unknown(unknown.reason), STRING, item.place, item.marks) for item in items.data], ListType(STRING))
    if not items.data:
        return items
    return call.value(sorted(items.data, key=lambda item: str(item.data)), ListType(STRING))
