"""Expressions, by recursive descent."""

from __future__ import annotations

from typing import Any

from auditor.loaders.terraform.language import templates
from auditor.loaders.terraform.language.tokens import Tokens
from auditor.loaders.terraform.language.tree import (
    Binary,
    Call,
    Conditional,
    Expression,
    For,
    GetAttr,
    Index,
    Item,
    Literal,
    ObjectOf,
    Parentheses,
    Reference,
    Splat,
    TupleOf,
    Unary,
)
from auditor.loaders.terraform.values.number import parse_number
from auditor.loaders.terraform.values.types import Typed

_PRECEDENCE = {
    "||": 1,
    "&&": 2,
    "==": 3,
    "!=": 3,
    "<": 4,
    ">": 4,
    "<=": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
    "%": 6,
}
_KEYWORDS = {"true": True, "false": False, "null": None}


def read_expression(tokens: Tokens) -> Expression:
    """A conditional, or what binds tighter."""
    tokens.enter()
    condition = _operation(tokens, 1)
    if tokens.kind == "?":
        tokens.advance()
        yes = read_expression(tokens)
        tokens.expect(":", "a conditional needs a colon and a second value")
        no = read_expression(tokens)
        condition = Conditional(tokens.source, condition.start, no.end, condition, yes, no)
    tokens.depth -= 1
    return condition


def _operation(tokens: Tokens, lowest: int) -> Expression:
    """Binary operators that bind at least as tightly as `lowest`."""
    left = _term(tokens)
    while (level := _PRECEDENCE.get(tokens.kind, 0)) >= lowest:
        operator = tokens.kind
        tokens.advance()
        right = _operation(tokens, level + 1)
        left = Binary(tokens.source, left.start, right.end, operator, left, right)
    return left


def _term(tokens: Tokens) -> Expression:
    """A unary operation, or a single value with the steps after it."""
    if tokens.kind in ("!", "-"):
        start, operator = tokens.start, tokens.kind
        tokens.advance()
        tokens.enter()
        operand = _term(tokens)
        tokens.depth -= 1
        return Unary(tokens.source, start, operand.end, operator, operand)
    return _steps(tokens, _primary(tokens))


def _primary(tokens: Tokens) -> Expression:
    """A value without the steps after it."""
    kind, token, start, end = tokens.kind, tokens.token, tokens.start, tokens.end
    if kind == "str":
        tokens.advance()
        return make_literal(tokens, templates.normal(token), start, end)
    if kind == "id":
        tokens.advance()
        if tokens.kind in ("(", "::"):
            return _call(tokens, token, start)
        if token in _KEYWORDS:
            return make_literal(tokens, _KEYWORDS[token], start, end)
        return Reference(tokens.source, start, end, token, ())
    if kind == "num":
        tokens.advance()
        return make_literal(tokens, parse_number(token), start, end)
    if kind == "quote":
        return templates.read_quoted(tokens)
    if kind == "hd":
        return templates.read_heredoc(tokens)
    if kind not in ("(", "[", "{"):
        tokens.fail("a value is expected here")
    return _bracketed(tokens, kind)


def make_literal(tokens: Tokens, data: Any, start: int, end: int) -> Literal:
    """A literal whose value is written at ittokens."""
    made = Literal(tokens.source, start, end, Typed(data))
    made.value.place = made
    return made


def _bracketed(tokens: Tokens, kind: str) -> Expression:
    """Parentheses, a tuple, an object or a for expression."""
    tokens.enter()
    start, lines = tokens.start, tokens.lines
    tokens.lines = False
    made: Expression
    if kind == "(":
        tokens.advance()
        inner = read_expression(tokens)
        _close(tokens, ")", lines, "a closing parenthesis is expected here")
        made = Parentheses(tokens.source, start, tokens.last, inner)
    elif kind == "[":
        tokens.advance()
        made = (
            _for_expression(tokens, start, "]", lines)
            if tokens.kind == "id" and tokens.token == "for"
            else _tuple_items(tokens, start, lines)
        )
    else:
        tokens.lines = True
        tokens.advance()
        while tokens.kind == "nl":
            tokens.advance()
        if tokens.kind == "id" and tokens.token == "for":
            made = _for_or_object(tokens, start, lines)
        else:
            made = _object(tokens, start, lines)
    tokens.depth -= 1
    return made


def _close(tokens: Tokens, kind: str, lines: bool, message: str) -> None:
    """Take a closing bracket; from there on newlines count as they did before it."""
    if tokens.kind != kind:
        tokens.fail(message)
    tokens.lines = lines
    tokens.advance()


def _tuple_items(tokens: Tokens, start: int, lines: bool) -> TupleOf:
    """The items of a tuple, with the opening bracket read."""
    items: list[Expression] = []
    while tokens.kind != "]":
        items.append(read_expression(tokens))
        if tokens.kind == ",":
            tokens.advance()
        elif tokens.kind != "]":
            tokens.fail("a comma or a closing bracket is expected here")
    _close(tokens, "]", lines, "")
    return TupleOf(tokens.source, start, tokens.last, tuple(items))


def _for_or_object(tokens: Tokens, start: int, lines: bool) -> Expression:
    """`{for ...` is a for expression, unless `for` is a key."""
    state = (tokens.position, tokens.kind, tokens.token, tokens.start, tokens.end, tokens.last)
    tokens.advance()
    is_key = tokens.kind in ("=", ":")
    tokens.position, tokens.kind, tokens.token, tokens.start, tokens.end, tokens.last = state
    if is_key:
        return _object(tokens, start, lines)
    tokens.lines = False
    return _for_expression(tokens, start, "}", lines)


def _object(tokens: Tokens, start: int, lines: bool) -> ObjectOf:
    """The items of an object, with the opening brace read."""
    items: list[tuple[Expression, Expression]] = []
    while True:
        while tokens.kind == "nl":
            tokens.advance()
        if tokens.kind == "}":
            break
        key = _key(tokens)
        if tokens.kind not in ("=", ":"):
            tokens.fail("an equals sign is expected after the key")
        tokens.advance()
        items.append((key, read_expression(tokens)))
        if tokens.kind == ",":
            tokens.advance()
        elif tokens.kind not in ("nl", "}"):
            tokens.fail("a comma, a new line or a closing brace is expected here")
    _close(tokens, "}", lines, "")
    return ObjectOf(tokens.source, start, tokens.last, tuple(items))


def _key(tokens: Tokens) -> Expression:
    """An object's key: a bare word stands for ittokens."""
    expression = read_expression(tokens)
    if isinstance(expression, Reference) and not expression.steps:
        return make_literal(tokens, expression.name, expression.start, expression.end)
    if isinstance(expression, Literal) and expression.text in _KEYWORDS:
        return make_literal(tokens, expression.text, expression.start, expression.end)
    return expression


def _for_expression(tokens: Tokens, start: int, closing: str, lines: bool) -> For:
    """`for k, v in collection : ...`, with the opening bracket read."""
    tokens.advance()
    names = read_for_names(tokens)
    collection = read_expression(tokens)
    tokens.expect(":", "a colon is expected after the collection")
    key: Expression | None = None
    value = read_expression(tokens)
    group = False
    if tokens.kind == "=>":
        if closing == "]":
            tokens.fail("a key is for a for expression in braces")
        tokens.advance()
        key, value = value, read_expression(tokens)
    elif closing == "}":
        tokens.fail("a for expression in braces needs a key: `key => value`")
    if tokens.kind == "...":
        if key is None:
            tokens.fail("grouping is for a for expression in braces")
        group = True
        tokens.advance()
    condition: Expression | None = None
    if tokens.kind == "id" and tokens.token == "if":
        tokens.advance()
        condition = read_expression(tokens)
    _close(tokens, closing, lines, "the for expression is not closed")
    return For(tokens.source, start, tokens.last, names, collection, key, value, condition, group)


def read_for_names(tokens: Tokens) -> tuple[str | None, str]:
    """`k, v in` or `v in`."""
    names: list[str] = []
    for _ in range(2):
        names.append(tokens.token)
        tokens.expect("id", "a variable name is expected after `for`")
        if tokens.kind != ",":
            break
        tokens.advance()
    if tokens.kind != "id" or tokens.token != "in":
        tokens.fail("`in` is expected here")
    tokens.advance()
    return (names[0], names[1]) if len(names) == 2 else (None, names[0])


def _call(tokens: Tokens, name: str, start: int) -> Call:
    """A function call, with the first word of the name read."""
    while tokens.kind == "::":
        tokens.advance()
        name = f"{name}::{tokens.token}"
        tokens.expect("id", "a function name is expected here")
    if tokens.kind != "(":
        tokens.fail("an opening parenthesis is expected after the function name")
    tokens.enter()
    lines = tokens.lines
    tokens.lines = False
    tokens.advance()
    arguments: list[Expression] = []
    expand = False
    while tokens.kind != ")":
        arguments.append(read_expression(tokens))
        if tokens.kind == "...":
            expand = True
            tokens.advance()
            if tokens.kind == ",":
                tokens.advance()
            break
        if tokens.kind == ",":
            tokens.advance()
        elif tokens.kind != ")":
            tokens.fail("a comma or a closing parenthesis is expected here")
    _close(tokens, ")", lines, "a closing parenthesis is expected here")
    tokens.depth -= 1
    return Call(tokens.source, start, tokens.last, name, tuple(arguments), expand)


def _steps(tokens: Tokens, value: Expression) -> Expression:
    """Attributes, indexes and splats after a value."""
    while True:
        if tokens.kind == ".":
            tokens.advance()
            if tokens.kind == "id":
                value = _attribute_step(tokens, value, tokens.token)
                tokens.advance()
            elif tokens.kind == "num" and tokens.token.isdigit():
                value = _index_step(tokens, value, make_literal(tokens, int(tokens.token), tokens.start, tokens.end), tokens.end)
                tokens.advance()
            elif tokens.kind == "*":
                tokens.advance()
                value = _splat(tokens, value, full=False)
            else:
                tokens.fail("an attribute name is expected after the dot")
        elif tokens.kind == "[*]":
            tokens.advance()
            value = _splat(tokens, value, full=True)
        elif tokens.kind == "[":
            lines = tokens.lines
            tokens.lines = False
            tokens.advance()
            key = read_expression(tokens)
            _close(tokens, "]", lines, "a closing bracket is expected after the index")
            value = _index_step(tokens, value, key, tokens.last)
        else:
            return value


def _attribute_step(tokens: Tokens, value: Expression, name: str) -> Expression:
    if isinstance(value, Reference):
        return Reference(tokens.source, value.start, tokens.end, value.name, (*value.steps, name))
    return GetAttr(tokens.source, value.start, tokens.end, value, name)


def _index_step(tokens: Tokens, value: Expression, key: Expression, end: int) -> Expression:
    if isinstance(value, Reference) and isinstance(key, Literal) and type(key.value.data) in (str, int):
        return Reference(tokens.source, value.start, end, value.name, (*value.steps, key.value.data))
    return Index(tokens.source, value.start, end, value, key)


def _splat(tokens: Tokens, value: Expression, *, full: bool) -> Splat:
    """What follows `[*]` (any steps) or `.*` (attributes only) belongs to each element."""
    each: Expression = Item(tokens.source, tokens.last, tokens.last)
    if full:
        each = _steps(tokens, each)
    else:
        while tokens.kind == ".":
            tokens.advance()
            if tokens.kind == "num" and tokens.token.isdigit():
                each = _index_step(tokens, each, make_literal(tokens, int(tokens.token), tokens.start, tokens.end), tokens.end)
            else:
                each = _attribute_step(tokens, each, tokens.token)
                if tokens.kind != "id":
                    tokens.fail("an attribute name is expected after the dot")
            tokens.advance()
    return Splat(tokens.source, value.start, max(each.end, tokens.last), value, each)
