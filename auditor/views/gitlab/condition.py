"""`rules:if`: variables, texts, regular expressions, `== != =~ !~ && ||` and parentheses; read into a tree and evaluated three-valued."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<variable>\$[A-Za-z_]\w*)
      | (?P<braced>\$\{\w*\})
      | (?P<text>"[^"]*"|'[^']*')
      | (?P<null>null\b)
      | (?P<pattern>/(?:[^/\\]|\\.)*/[ims]*)
      | (?P<operator>==|!=|=~|!~|&&|\|\||\(|\))
    )""",
    re.X,
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """Why a text is no condition, and where."""

    message: str
    at: int


@dataclass(frozen=True, slots=True)
class Variable:
    """`$NAME`, with its place in the text."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """A text; None is `null`."""

    value: str | None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression between slashes."""

    source: str
    flags: str


@dataclass(frozen=True, slots=True)
class Compare:
    """`left operator right`."""

    operator: str
    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class Logic:
    """`&&` or `||` of two sides."""

    operator: str
    left: Tree
    right: Tree


Tree: TypeAlias = Variable | Text | Pattern | Compare | Logic


@dataclass(frozen=True, slots=True, eq=False)
class Open:
    """A variable whose value is not known. `given`: it is certain to have one that is not empty; `never`: what it is certain not to be."""

    given: bool = False
    never: frozenset[str] = frozenset()


Variables: TypeAlias = "Mapping[str, str | Open | None]"
"""Values by name; None: not defined. What is not in the mapping is open."""


@lru_cache(maxsize=4096)
def parse(text: str) -> Tree | Mistake:
    """The tree of a condition."""
    try:
        return _Parser(text).whole()
    except _Stop as stop:
        return Mistake(str(stop), stop.at)


def variables(tree: Tree) -> Iterator[Variable]:
    """Every variable that is read."""
    match tree:
        case Variable():
            yield tree
        case Compare(left=left, right=right) | Logic(left=left, right=right):
            yield from variables(left)
            yield from variables(right)
        case _:
            return


def comparisons(tree: Tree) -> Iterator[Compare]:
    """Every comparison."""
    match tree:
        case Compare():
            yield tree
        case Logic(left=left, right=right):
            yield from comparisons(left)
            yield from comparisons(right)
        case _:
            return


def holds(tree: Tree, known: Variables) -> bool | None:
    """Whether the condition holds; None when that is open."""
    match tree:
        case Logic(operator="&&", left=left, right=right):
            return _both(holds(left, known), holds(right, known))
        case Logic(left=left, right=right):
            either = (holds(left, known), holds(right, known))
            return True if True in either else None if None in either else False
        case Compare():
            return _compare(tree, known)
        case _:
            value = _value(tree, known)
            return (True if value.given else None) if isinstance(value, Open) else bool(value)


def _both(left: bool | None, right: bool | None) -> bool | None:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def _value(tree: Tree, known: Variables) -> str | Open | None:
    match tree:
        case Variable(name=name):
            return known.get(name, Open())
        case Text(value=value):
            return value
        case Pattern(source=source):
            return source
        case _:
            return Open()


def _compare(tree: Compare, known: Variables) -> bool | None:
    left, right = _value(tree.left, known), _value(tree.right, known)
    if tree.operator in ("=~", "!~"):
        found = _matches(left, tree.right, right)
        return found if found is None or tree.operator == "=~" else not found
    same: bool | None
    if left is right and isinstance(left, Open):
        same = True
    elif isinstance(left, Open) or isinstance(right, Open):
        same = None if _may_equal(left, right) and _may_equal(right, left) else False
    else:
        same = left == right
    return same if same is None or tree.operator == "==" else not same


def _may_equal(opened: str | Open | None, other: str | Open | None) -> bool:
    if not isinstance(opened, Open) or isinstance(other, Open):
        return True
    return not (opened.given and not other) and other not in opened.never


def _matches(left: str | Open | None, tree: Tree, right: str | Open | None) -> bool | None:
    if isinstance(left, Open) or isinstance(right, Open):
        return None
    source, flags = (tree.source, tree.flags) if isinstance(tree, Pattern) else _unslashed(right or "")
    if left is None:
        return False
    import re2  # type: ignore[import-untyped]  # it costs more than all else here, and few conditions need it

    try:
        pattern = re2.compile(f"(?{flags}){source}" if flags else source)
    except re2.error:
        return None
    return pattern.search(left) is not None


def _unslashed(text: str) -> tuple[str, str]:
    found = re.fullmatch(r"/(.*)/([ims]*)", text, re.S)
    return (found[1], found[2]) if found else (text, "")


class _Stop(Exception):
    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


class _Parser:
    """Recursive descent: `||` binds weaker than `&&`, that weaker than comparisons."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(self._tokens())
        self.next = 0

    def _tokens(self) -> Iterator[tuple[str, str, int]]:
        at = 0
        while self.text[at:].strip():
            found = _TOKEN.match(self.text, at)
            if not found:
                start = at + len(self.text[at:]) - len(self.text[at:].lstrip())
                raise _Stop(f"{self.text[start : start + 12]!r} is no part of a condition", start)
            kind = str(found.lastgroup)
            if kind == "braced":
                raise _Stop(f"{found[kind]} is not allowed here: write ${found[kind][2:-1]}", found.start(kind))
            yield kind, found[kind], found.start(kind)
            at = found.end()

    def whole(self) -> Tree:
        tree = self.either()
        if self.next < len(self.tokens):
            _, word, at = self.tokens[self.next]
            raise _Stop(f"{word!r} is not expected here", at)
        return tree

    def operator(self, *names: str) -> str:
        if self.next < len(self.tokens) and self.tokens[self.next][0] == "operator" and self.tokens[self.next][1] in names:
            self.next += 1
            return self.tokens[self.next - 1][1]
        return ""

    def either(self) -> Tree:
        left = self.both()
        while self.operator("||"):
            left = Logic("||", left, self.both())
        return left

    def both(self) -> Tree:
        left = self.comparison()
        while self.operator("&&"):
            left = Logic("&&", left, self.comparison())
        return left

    def comparison(self) -> Tree:
        left = self.operand()
        if name := self.operator("==", "!=", "=~", "!~"):
            return Compare(name, left, self.operand())
        return left

    def operand(self) -> Tree:
        if self.operator("("):
            tree = self.either()
            if not self.operator(")"):
                raise _Stop("a parenthesis is not closed", len(self.text))
            return tree
        if self.next >= len(self.tokens):
            raise _Stop("the condition ends too early", len(self.text))
        kind, word, at = self.tokens[self.next]
        self.next += 1
        match kind:
            case "variable":
                return Variable(word[1:], at, at + len(word))
            case "text":
                return Text(word[1:-1])
            case "null":
                return Text(None)
            case "pattern":
                source, flags = _unslashed(word)
                return Pattern(source, flags)
            case _:
                raise _Stop(f"{word!r} is not expected here", at)
