"""The functions of expressions over known values, and what is known of their result when an argument is open."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from auditor.views.github.expression.value import Open, Partial, equal, from_json, is_scalar, to_json, to_text, truth, upper

STATUS = frozenset({"success", "failure", "cancelled", "always"})
"""Functions that ask how the job has gone so far."""


class Failed(Exception):
    """The runner would stop here: the arguments are wrong."""


@dataclass(frozen=True, slots=True)
class Function:
    """How many arguments a function takes (`most` None: any number), and how it is called in the documentation."""

    name: str
    least: int
    most: int | None
    run: Callable[[Sequence[Any]], Any] | None = None


def _contains(args: Sequence[Any]) -> Any:
    where, item = args
    if is_scalar(where):
        return to_text(item).lower() in to_text(where).lower() if is_scalar(item) else False
    if not isinstance(where, list):
        return False
    answers = [equal(item, one) for one in where]
    return True if True in answers else None if None in answers else False


def _starts(args: Sequence[Any]) -> bool:
    return all(map(is_scalar, args)) and upper(to_text(args[0])).startswith(upper(to_text(args[1])))


def _ends(args: Sequence[Any]) -> bool:
    return all(map(is_scalar, args)) and upper(to_text(args[0])).endswith(upper(to_text(args[1])))


_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{(\d+)[^}]*\}|[{}]")


def placeholders(text: str) -> list[int] | None:
    """The numbers of a format's placeholders; None when the format is malformed."""
    found: list[int] = []
    for part in _PLACEHOLDER.finditer(text):
        if part[1] is not None:
            found.append(int(part[1]))
        elif part[0] in ("{", "}"):
            return None
    return found


def _format(args: Sequence[Any]) -> str:
    text = to_text(args[0])
    numbers = placeholders(text)
    if numbers is None:
        raise Failed(f"the format {text!r} is malformed")
    if any(number + 1 >= len(args) for number in numbers):
        raise Failed(f"the format {text!r} wants more arguments than there are")

    def replaced(part: re.Match[str]) -> str:
        return to_text(args[int(part[1]) + 1]) if part[1] is not None else part[0][0]

    return _PLACEHOLDER.sub(replaced, text)


def _join(args: Sequence[Any]) -> str:
    items = args[0]
    if is_scalar(items):
        return to_text(items)
    if not isinstance(items, list):
        return ""
    between = to_text(args[1]) if len(args) > 1 and is_scalar(args[1]) else ","
    return between.join(map(to_text, items))


def _from_json(args: Sequence[Any]) -> Any:
    text = to_text(args[0])
    try:
        return from_json(text)
    except (ValueError, RecursionError) as error:
        raise Failed(f"the text given to fromJSON is no JSON: {error}") from error


def _to_json(args: Sequence[Any]) -> str:
    return to_json(args[0])


def _case(args: Sequence[Any]) -> Any:
    for index in range(0, len(args) - 1, 2):
        if not isinstance(args[index], bool):
            raise Failed("a predicate of case is no truth value")
        if args[index]:
            return args[index + 1]
    return args[-1]


FUNCTIONS = {
    function.name.lower(): function
    for function in (
        Function("contains", 2, 2, _contains),
        Function("startsWith", 2, 2, _starts),
        Function("endsWith", 2, 2, _ends),
        Function("format", 1, None, _format),
        Function("join", 1, 2, _join),
        Function("toJSON", 1, 1, _to_json),
        Function("fromJSON", 1, 1, _from_json),
        Function("case", 3, None, _case),
        Function("hashFiles", 1, None),
        Function("success", 0, None),
        Function("failure", 0, None),
        Function("always", 0, 0),
        Function("cancelled", 0, 0),
    )
}

_SOLID = frozenset({"tojson"})  # never an empty text


def call(name: str, args: Sequence[Any]) -> Any:
    """The result of a function that is no status function; `Open` when it depends on what is open. Raises `Failed`."""
    function = FUNCTIONS[name]
    open_parts = [part for argument in args for part in _open_parts(argument)]
    if name == "contains" and not isinstance(args[0], Open) and not isinstance(args[1], Open):
        answer = _contains(args)
        return answer if answer is not None else Open(None, _sources(open_parts))
    if name == "case":
        return _open_case(args)
    if function.run is None or open_parts:
        return Open(True if name in _SOLID else None, _sources(open_parts))
    return function.run(args)


def _open_case(args: Sequence[Any]) -> Any:
    """A predicate that is open leaves every value after it possible."""
    possible: list[Any] = []
    seen: list[Open] = []
    for index in range(0, len(args) - 1, 2):
        predicate = args[index]
        if isinstance(predicate, Open):
            if predicate.truth is not False:
                possible.append(args[index + 1])
            seen.append(predicate)
            continue
        if not isinstance(predicate, bool):
            raise Failed("a predicate of case is no truth value")
        if predicate:
            possible.append(args[index + 1])
            break
    else:
        possible.append(args[-1])
    if not seen:
        return possible[0]
    truths = {truth(value) for value in possible}
    return Open(truths.pop() if len(truths) == 1 else None, _sources([*seen, *(p for v in possible for p in _open_parts(v))]))


def _open_parts(value: Any) -> list[Open]:
    if isinstance(value, Open):
        return [value]
    if isinstance(value, Partial):
        return [Open(True)]
    if isinstance(value, list):
        return [part for item in value for part in _open_parts(item)]
    if isinstance(value, dict):
        return [part for item in value.values() for part in _open_parts(item)]
    return []


def _sources(parts: Sequence[Open]) -> frozenset[str]:
    return frozenset().union(*(part.sources for part in parts))
