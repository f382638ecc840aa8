"""The operators of YAML rules: what a value at a path may have to satisfy.

Values compare as their readers mean them: `true` equals the text `"true"`, 22 equals `"22"`. A value that is missing satisfies
the negative operators and none of the positive ones; an unknown one raises `Undecided`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from auditor.engine.wording import show, words
from auditor.model.node import Node

Scalar: TypeAlias = "str | int | float | bool"
Holds: TypeAlias = Callable[[Node, Any], bool]


@dataclass(frozen=True, slots=True)
class Operator:
    """`holds(node, wanted)` for a node that is there. `whole`: it looks at a listing itself, not at each of its items."""

    holds: Holds
    expects: str
    negative: bool = False
    whole: bool = False


def same(node: Node, wanted: Scalar) -> bool:
    """Whether a node's value is the wanted one, in the type of the wanted one."""
    if isinstance(wanted, bool):
        return node.flag is wanted
    if isinstance(wanted, (int, float)):
        return node.number == wanted
    return node.text == wanted


def _is_one_of(node: Node, wanted: list[Scalar]) -> bool:
    return any(same(node, item) for item in wanted)


def _is_at_least(node: Node, wanted: float) -> bool:
    number = node.number
    return number is not None and number >= wanted


def _is_at_most(node: Node, wanted: float) -> bool:
    number = node.number
    return number is not None and number <= wanted


def _matches(node: Node, wanted: re.Pattern[str]) -> bool:
    text = node.text
    return text is not None and wanted.search(text) is not None


def _contains(node: Node, wanted: Scalar) -> bool:
    data = node.value
    if isinstance(data, list):
        return any(same(item, wanted) for item in node.each())
    if isinstance(data, dict):
        return str(wanted) in data
    if isinstance(data, str) and isinstance(wanted, str):
        return wanted in data
    return same(node, wanted)


def _contains_all(node: Node, wanted: list[Scalar]) -> bool:
    return all(_contains(node, item) for item in wanted)


def _contains_any(node: Node, wanted: list[Scalar]) -> bool:
    return any(_contains(node, item) for item in wanted)


def _is_written(node: Node, _wanted: Any) -> bool:
    """Whether more than an empty text stands there: that is how states record an optional text that nobody gave."""
    return not isinstance(node.data, str) or node.data != ""


OPERATORS: Final[Mapping[str, Operator]] = {
    "present": Operator(_is_written, "a value", whole=True),
    "absent": Operator(_is_written, "nothing", negative=True, whole=True),
    "equals": Operator(same, "{}"),
    "not-equals": Operator(same, "anything but {}", negative=True),
    "in": Operator(_is_one_of, "one of {}"),
    "not-in": Operator(_is_one_of, "none of {}", negative=True),
    "at-least": Operator(_is_at_least, "at least {}"),
    "at-most": Operator(_is_at_most, "at most {}"),
    "matches": Operator(_matches, "text that matches {}"),
    "not-matches": Operator(_matches, "text that does not match {}", negative=True),
    "contains": Operator(_contains_all, "{} among the values", whole=True),
    "not-contains": Operator(_contains_any, "no {} among the values", negative=True, whole=True),
}
"""`holds` of a negative operator says whether the fault is there."""


@dataclass(frozen=True, slots=True)
class Test:
    """One operator with its wanted value."""

    operator: Operator
    wanted: Any
    expected: str

    def faults(self, node: Node) -> Iterator[Node]:
        """The nodes at fault; a listing is judged item by item unless the operator looks at the whole."""
        operator, wanted = self.operator, self.wanted
        if not operator.whole and isinstance(node.value, list):
            yield from (item for item in node.each() if operator.holds(item, wanted) is operator.negative)
        elif operator.holds(node, wanted) is operator.negative:
            yield from _culprits(node, wanted) if operator.negative else (node,)


def _culprits(node: Node, wanted: Any) -> Iterator[Node]:
    """The items that a listing must not contain; any other node itself."""
    if not isinstance(node.data, list) or not isinstance(wanted, list):
        yield node
        return
    yield from (item for item in node.each() if not item.unknown and _is_one_of(item, wanted))


def compile_test(name: str, wanted: Any) -> Test:
    """The test of one line of a `require` or `when` table; raises `re.error` or `ValueError` for a bad regular expression."""
    operator = OPERATORS[name]
    expected = operator.expects.format(words(wanted))
    if name in ("matches", "not-matches"):
        return Test(operator, safe_pattern(wanted), expected)
    if name in ("contains", "not-contains") and not isinstance(wanted, list):
        return Test(operator, [wanted], expected)
    return Test(operator, wanted, expected)


def safe_pattern(text: str) -> re.Pattern[str]:
    """The compiled pattern; raises `ValueError` when a repeated group holds a repetition or a choice, which may take for ever."""
    pattern = re.compile(text)
    holds = [False]  # for each open group: whether it holds a repetition or a choice
    closed = False  # whether the group that has just been closed does
    for token in _TOKEN.findall(text):
        if token == "(":
            holds.append(False)
        elif token == ")" and len(holds) > 1:
            closed = holds.pop()
            holds[-1] |= closed
            continue
        elif token == "|":
            holds[-1] = True
        elif token in ("*", "+") or (token[0] == "{" and not _SMALL.fullmatch(token)):
            if closed:
                raise ValueError("a repeated group that holds a repetition or a choice may take for ever")
            holds[-1] = True
        closed = False
    return pattern


_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{\d*,?\d*\}|.", re.DOTALL)
_SMALL = re.compile(r"\{(?:\d*,)?[0-4]\}")


def actual(node: Node, default: Scalar | None = None) -> str:
    """What is there, as short text, and what it means when it is nothing."""
    if default is not None and not node.sensitive and (node.missing or node.data == ""):
        return f"not set, which means {words(default)}"
    return show(node)
