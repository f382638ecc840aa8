"""Text to syntax tree: a lexer of one regular expression and a parser by precedence."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from auditor.views.github.expression.number import number_of
from auditor.views.github.expression.tree import Access, Call, Compare, Every, Literal, Logic, Named, Not, Tree

MAX_LENGTH = 21_000
MAX_DEPTH = 50

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<text>'(?:[^']|'')*')
    | (?P<operator>==|!=|<=|>=|&&|\|\||[()\[\],!<>*])
    | (?P<word>[A-Za-z_][A-Za-z0-9_-]*)
    | (?P<dot>\.)
    | (?P<number>[-+0-9][^()\[\],!<>=&|\s]*)
    | (?P<end>\Z)
    )""",
    re.X,
)
_DOTTED_NUMBER = re.compile(r"\.[^()\[\],!<>=&|\s]*")
_LITERALS = {"true": True, "false": False, "null": None, "NaN": math.nan, "Infinity": math.inf}
_LEVELS = (("||",), ("&&",), ("==", "!="), ("<", "<=", ">", ">="))


@dataclass(frozen=True, slots=True)
class Mistake:
    """Why a text is no expression, and at which of its characters."""

    message: str
    start: int
    end: int


class _Wrong(Exception):
    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.mistake = Mistake(message, start, end)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int
    number: float = 0


@lru_cache(maxsize=16384)
def parse(source: str) -> Tree | Mistake:
    """The tree of the text between two fences, or why there is none."""
    if len(source) > MAX_LENGTH:
        return Mistake(f"an expression has at most {MAX_LENGTH:,} characters", 0, len(source))
    try:
        return _Parser(_tokens(source)).whole()
    except _Wrong as wrong:
        return wrong.mistake


def _tokens(source: str) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    while True:
        found = _TOKEN.match(source, at)
        if found is None:
            raise _unexpected(source, at)
        kind = str(found.lastgroup)
        start, end = found.span(kind)
        if kind == "number" or (kind == "dot" and not _follows_value(tokens)):
            token = _number(source, start, end if kind == "number" else -1)
        else:
            token = _Token(found[kind] if kind == "operator" else kind, found[kind], start, end)
        tokens.append(token)
        at = token.end
        if kind == "end":
            return tokens


def _follows_value(tokens: list[_Token]) -> bool:
    return bool(tokens) and tokens[-1].kind in ("word", "]", ")", "*")


def _number(source: str, start: int, end: int) -> _Token:
    if end < 0:
        found = _DOTTED_NUMBER.match(source, start)
        assert found is not None
        end = found.end()
    number = number_of(source[start:end])
    if math.isnan(number):
        raise _Wrong(f"{source[start:end]!r} is no number", start, end)
    return _Token("number", source[start:end], start, end, number)


def _unexpected(source: str, at: int) -> _Wrong:
    start = at + len(source[at:]) - len(source[at:].lstrip())
    wrong = source[start]
    if wrong == "'":
        return _Wrong("a text begins with ' and never ends", start, len(source))
    if wrong == '"':
        return _Wrong("a text stands in single quotes, not in double ones", start, start + 1)
    if wrong in "=&|":
        return _Wrong(f"{wrong!r} is no operator; {wrong * 2!r} is", start, start + 1)
    return _Wrong(f"{wrong!r} means nothing in an expression", start, start + 1)


class _Parser:
    """Parses one list of tokens."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def whole(self) -> Tree:
        if self.tokens[0].kind == "end":
            raise _Wrong("there is no expression", 0, self.tokens[0].end)
        tree = self.binary(0)
        self.expect("end")
        return tree

    def peek(self) -> _Token:
        return self.tokens[self.at]

    def take(self) -> _Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def expect(self, kind: str) -> _Token:
        token = self.peek()
        if token.kind != kind:
            raise self.unexpected(token, kind)
        return self.take()

    def unexpected(self, token: _Token, wanted: str = "") -> _Wrong:
        if token.kind == "end":
            missing = f"{wanted!r} is missing" if wanted else "something is missing"
            return _Wrong(f"the expression ends too early: {missing} at its end", max(token.start - 1, 0), token.end)
        return _Wrong(f"{token.text!r} is not expected here", token.start, token.end)

    def binary(self, level: int) -> Tree:
        if level == len(_LEVELS):
            return self.unary()
        left = self.binary(level + 1)
        operators = _LEVELS[level]
        if level < 2:
            operands = [left]
            while self.peek().kind in operators:
                self.take()
                operands.append(self.binary(level + 1))
            return left if len(operands) == 1 else Logic(operators[0], tuple(operands), left.start, operands[-1].end)
        while self.peek().kind in operators:
            operator = self.take().kind
            right = self.binary(level + 1)
            left = Compare(operator, left, right, left.start, right.end)
        return left

    def nested(self) -> Tree:
        """An expression inside another one."""
        self.deeper()
        tree = self.binary(0)
        self.depth -= 1
        return tree

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            token = self.peek()
            raise _Wrong(f"an expression is nested at most {MAX_DEPTH} deep", token.start, token.end)

    def unary(self) -> Tree:
        token = self.peek()
        if token.kind != "!":
            return self.chain()
        self.take()
        self.deeper()
        operand = self.unary()
        self.depth -= 1
        return Not(operand, token.start, operand.end)

    def chain(self) -> Tree:
        """A value and what is taken from it by `.name`, `.*` and `[index]`."""
        first = self.peek()
        start = first.start
        tree = self.primary()
        if first.kind != "(" and isinstance(tree, Literal):
            return tree
        length = 0
        while (kind := self.peek().kind) in (".", "dot", "["):
            self.take()
            length += 1
            if length > MAX_DEPTH:
                raise _Wrong(f"an expression is nested at most {MAX_DEPTH} deep", start, self.peek().end)
            tree = self.index(tree, start) if kind == "[" else self.member(tree, start)
        return tree

    def member(self, target: Tree, start: int) -> Tree:
        token = self.peek()
        if token.kind == "*":
            return Every(target, start, self.take().end)
        word = self.expect("word")
        return Access(target, Literal(word.text, word.start, word.end), True, start, word.end)

    def index(self, target: Tree, start: int) -> Tree:
        if self.peek().kind == "*":
            self.take()
            return Every(target, start, self.expect("]").end)
        index = self.nested()
        return Access(target, index, False, start, self.expect("]").end)

    def primary(self) -> Tree:
        token = self.take()
        match token.kind:
            case "word":
                if self.peek().kind == "(":
                    return self.call(token)
                if token.text in _LITERALS:
                    return Literal(_LITERALS[token.text], token.start, token.end)
                return Named(token.text, token.start, token.end)
            case "text":
                return Literal(token.text[1:-1].replace("''", "'"), token.start, token.end)
            case "number":
                return Literal(token.number, token.start, token.end)
            case "(":
                tree = self.nested()
                self.expect(")")
                return tree
            case _:
                self.at -= 1
                raise self.unexpected(token)

    def call(self, name: _Token) -> Tree:
        self.take()
        arguments: list[Tree] = []
        while self.peek().kind != ")":
            arguments.append(self.nested())
            if self.peek().kind != ")":
                self.expect(",")
        return Call(name.text, tuple(arguments), name.start, self.take().end, name.end)
