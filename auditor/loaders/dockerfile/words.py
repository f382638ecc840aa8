"""Words of instructions: splitting, quotes, and variables as the builder replaces them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from auditor.model.value import Unknown

Known = str | Unknown

_BRACED: Final = re.compile(r"\{([A-Za-z_]\w*|\d+|[@*#?$!-])(?:(:?[-+?]|##?|%%?|//?)((?:[^{}]|\{[^{}]*\})*))?\}", re.ASCII)
_NAME: Final = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_JSON_STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*"')


_NO_DEFAULT: Final = "has no default, and only the build may give it a value"


def open_argument(name: str) -> Unknown:
    """The value of a build argument without a default."""
    return Unknown(f"the build argument {name} {_NO_DEFAULT}")


def without_default(value: Unknown) -> bool:
    """Whether a value is unknown only because a build argument has no default."""
    return value.reason.endswith(_NO_DEFAULT)


@dataclass(frozen=True, slots=True)
class Scope:
    """Variables by name. `open`: whether others may exist (those of the base image); else they are empty."""

    values: Mapping[str, Known]
    open: bool

    def get(self, name: str) -> Known:
        """The value of a variable."""
        if name in self.values:
            return self.values[name]
        return Unknown(f"{name} is not declared here, and the base image may set it") if self.open else ""


def split(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of the words between blanks; quotes do not hold words together."""
    for found in re.finditer(r"(?:\\\n|[^\s])+", text):
        yield found.span()


def pairs(text: str, escape: str) -> Iterator[tuple[int, int]]:
    """(start, end) of words between blanks, where quotes and the escape character hold words together."""
    position = 0
    while position < len(text):
        if text[position].isspace() or text.startswith("\\\n", position):
            position += 2 if text[position] == "\\" else 1
            continue
        start = position
        quote = ""
        while position < len(text) and (quote or not text[position].isspace()):
            char = text[position]
            if char == escape and quote != "'":
                if text.startswith("\n", position + 1) and not quote and text[start:position].strip() and _next_blank(text, position):
                    break
                position += 2
                continue
            if quote:
                quote = "" if char == quote else quote
            elif char in "'\"":
                quote = char
            position += 1
        yield start, min(position, len(text))


def _next_blank(text: str, position: int) -> bool:
    return position + 2 >= len(text) or text[position + 2].isspace()


def exec_form(text: str) -> list[tuple[str, int, int]] | None:
    """(text, start, end) of the items of a JSON array of strings; None when it is none."""
    if not text.startswith("["):
        return None
    plain = text.replace("\\\n", "  ")
    try:
        items = json.loads(plain)
    except ValueError:
        return None
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        return None
    places = [found.span() for found in _JSON_STRING.finditer(plain)]
    return [(item, *place) for item, place in zip(items, places, strict=True)] if len(places) == len(items) else None


def evaluate(text: str, scope: Scope, escape: str = "\\") -> Known:
    """A word without its quotes, variables replaced; unknown when one of them is."""
    found: list[str] = []
    position = 0
    quote = ""
    while position < len(text):
        char = text[position]
        if char == escape and quote != "'" and position + 1 < len(text):
            following = text[position + 1]
            if following != "\n":
                found.append(following if not quote or following in f'"${escape}' else char + following)
            position += 2
        elif char in "'\"" and (not quote or quote == char):
            quote = "" if quote else char
            position += 1
        elif char == "$" and quote != "'":
            value, position = _variable(text, position, scope, escape)
            if isinstance(value, Unknown):
                return value
            found.append(value)
        else:
            found.append(char)
            position += 1
    return "".join(found)


def _variable(text: str, position: int, scope: Scope, escape: str) -> tuple[Known, int]:
    if plain := _NAME.match(text, position + 1):
        return scope.get(plain[0]), plain.end()
    braced = _BRACED.match(text, position + 1)
    if not braced:
        return "$", position + 1
    return _expanded(scope.get(braced[1]), braced[2] or "", braced[3] or "", scope, escape), braced.end()


def _expanded(value: Known, operator: str, argument: str, scope: Scope, escape: str) -> Known:
    match operator:
        case "":
            return value
        case ":-" | "-":
            if isinstance(value, Unknown):
                return evaluate(argument, scope, escape) if without_default(value) else value
            return value or evaluate(argument, scope, escape)
        case ":+" | "+":
            if isinstance(value, Unknown):
                return value
            return evaluate(argument, scope, escape) if value else ""
        case ":?" | "?":
            return value
        case _:
            return value if isinstance(value, Unknown) else Unknown(f"what ${{...{operator}...}} makes of it")
