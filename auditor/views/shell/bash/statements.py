"""Statements: lists, pipelines and compound commands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from auditor.views.shell.bash.command import arithmetic, redirects, simple, test
from auditor.views.shell.bash.cursor import Broken, Cursor
from auditor.views.shell.bash.words import word
from auditor.views.shell.tree import (
    AndOr,
    Assignment,
    Background,
    Case,
    Command,
    Function,
    Group,
    If,
    Loop,
    Negation,
    Opaque,
    Pipeline,
    Sequence,
    Statement,
    Word,
)

_KEYWORD: Final = re.compile(r"(?:if|then|elif|else|fi|for|while|until|do|done|case|esac|select|function|in|[{}!]|\[\[)(?=[\s;&|<>()]|$)")
_BANG: Final = re.compile(r"!(?=\s)")
_TIME: Final = re.compile(r"time(?:[ \t]+-p)?[ \t]+(?=\(|(?:[{]|if|for|while|until|case|\[\[)\s)")
_FUNCTION: Final = re.compile(r"([^\s;&|<>()'\"$`\\=]+)[ \t]*\([ \t]*\)")
_NAME: Final = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_SEPARATOR: Final = re.compile(r"&(?![&>])")
_CLOSERS: Final = frozenset({"then", "elif", "else", "fi", "do", "done", "esac", "in", "}"})
_PATTERN_ENDS: Final = frozenset(" \t\n;|()")
MAX_CHAIN: Final = 150
NOTHING: Final[frozenset[str]] = frozenset()


def script(cursor: Cursor) -> Sequence:
    """The whole text; what cannot be read is opaque up to its end, since the shell would stop there, too."""
    items: list[Statement] = []
    while True:
        start = cursor.position
        try:
            cursor.skip_lines()
            start = cursor.position
            if cursor.done():
                break
            if cursor.peek() == ")" or cursor.at(";"):
                raise Broken(start, f"{cursor.peek()!r} is not expected here")
            items.append(item(cursor))
        except Broken as error:
            items.append(Opaque(start, cursor.end, error.reason))
            break
    return Sequence(0, cursor.end, tuple(items), "script")


def sequence(cursor: Cursor, role: str, ends: frozenset[str]) -> Sequence:
    """Statements up to one of the keywords `ends`, a closing parenthesis, or `;;`."""
    cursor.skip_lines()
    start = cursor.position
    items: list[Statement] = []
    while not cursor.done() and not cursor.at(")") and not cursor.at(";;") and not cursor.at(";&") and keyword(cursor) not in ends:
        items.append(item(cursor))
        cursor.skip_lines()
    end = items[-1].end if items else start
    return Sequence(start, end, tuple(items), role)


def keyword(cursor: Cursor) -> str:
    """The reserved word that comes next, empty when there is none."""
    found = _KEYWORD.match(cursor.text, cursor.position, cursor.end)
    return found[0] if found else ""


def item(cursor: Cursor) -> Statement:
    """One list with what ends it."""
    start = cursor.position
    statement = and_or(cursor)
    cursor.skip_blanks()
    if cursor.match(_SEPARATOR):
        statement = Background(start, cursor.position, statement)
    elif cursor.at(";") and not cursor.at(";;") and not cursor.at(";&"):
        cursor.position += 1
    elif not cursor.done() and cursor.peek() not in "\n);":
        raise Broken(cursor.position, f"{cursor.peek()!r} is not expected here")
    return statement


def and_or(cursor: Cursor) -> Statement:
    """`a && b || c`, from the left."""
    left = pipeline(cursor)
    for _ in range(MAX_CHAIN):
        cursor.skip_blanks()
        operator = cursor.peek(2)
        if operator not in ("&&", "||"):
            return left
        cursor.position += 2
        cursor.skip_lines()
        right = pipeline(cursor)
        left = AndOr(left.start, right.end, left, operator, right)
    raise Broken(cursor.position, "the list is too long")


def pipeline(cursor: Cursor) -> Statement:
    """`! a | b`."""
    start = cursor.position
    negated = False
    while cursor.match(_BANG):
        negated = not negated
        cursor.skip_blanks()
    cursor.match(_TIME)
    stages = [command(cursor)]
    while True:
        cursor.skip_blanks()
        if not cursor.at("|") or cursor.at("||"):
            break
        cursor.position += 1
        cursor.take("&")
        cursor.skip_lines()
        stages.append(command(cursor))
    body = stages[0] if len(stages) == 1 else Pipeline(stages[0].start, stages[-1].end, tuple(stages))
    return Negation(start, body.end, body) if negated else body


def command(cursor: Cursor) -> Statement:
    """One stage of a pipeline."""
    start = cursor.position
    cursor.deeper()
    try:
        if cursor.at("(("):
            found = arithmetic(cursor)
            if found is not None:
                return found
        if cursor.take("("):
            body = sequence(cursor, "subshell", NOTHING)
            cursor.expect(")", "a subshell")
            return Group(start, cursor.position, body, redirects(cursor))
        name = keyword(cursor)
        if name in _COMPOUND:
            cursor.position += len(name)
            return _COMPOUND[name](cursor, start)
        if name == "[[":
            return test(cursor)
        if name in _CLOSERS and name != "in":
            raise Broken(start, f"{name!r} is not expected here")
        if found_function := cursor.match(_FUNCTION):
            return _function(cursor, start, found_function[1])
        return simple(cursor)
    finally:
        cursor.depth -= 1


def _keyword(cursor: Cursor, wanted: str, where: str) -> None:
    cursor.skip_lines()
    if keyword(cursor) != wanted:
        raise Broken(cursor.position, f"{wanted!r} is missing in {where}")
    cursor.position += len(wanted)


def _braces(cursor: Cursor, start: int) -> Statement:
    body = sequence(cursor, "group", frozenset({"}"}))
    _keyword(cursor, "}", "a group")
    return Group(start, cursor.position, body, redirects(cursor))


def _if(cursor: Cursor, start: int) -> Statement:
    branches: list[tuple[Sequence, Sequence]] = []
    while True:
        condition = sequence(cursor, "condition", frozenset({"then"}))
        _keyword(cursor, "then", "an if")
        branches.append((condition, sequence(cursor, "body", frozenset({"elif", "else", "fi"}))))
        if keyword(cursor) != "elif":
            break
        cursor.position += 4
    otherwise = None
    if keyword(cursor) == "else":
        cursor.position += 4
        otherwise = sequence(cursor, "else", frozenset({"fi"}))
    _keyword(cursor, "fi", "an if")
    return If(start, cursor.position, tuple(branches), otherwise, redirects(cursor))


def _while(cursor: Cursor, start: int) -> Statement:
    kind = cursor.text[start : cursor.position]
    condition = sequence(cursor, "condition", frozenset({"do"}))
    body = _do(cursor)
    return Loop(start, cursor.position, kind, body, condition, redirects=redirects(cursor))


def _do(cursor: Cursor) -> Sequence:
    _keyword(cursor, "do", "a loop")
    body = sequence(cursor, "body", frozenset({"done"}))
    _keyword(cursor, "done", "a loop")
    return body


def _for(cursor: Cursor, start: int) -> Statement:
    kind = cursor.text[start : cursor.position]
    cursor.skip_blanks()
    if cursor.at("(("):
        head = arithmetic(cursor)
        cursor.skip_blanks()
        cursor.take(";")
        body = _do(cursor)
        return Loop(start, cursor.position, kind, body, words=head.words if head else (), redirects=redirects(cursor))
    at = cursor.position
    name = cursor.match(_NAME)
    if not name:
        raise Broken(at, "a loop has no variable")
    variable = Assignment(at, cursor.position, name[0], None, "read")
    cursor.skip_lines()
    words: list[Word] = []
    if keyword(cursor) == "in":
        cursor.position += 2
        cursor.skip_blanks()
        while (one := word(cursor)) is not None:
            words.append(one)
            cursor.skip_blanks()
    cursor.take(";")
    body = _do(cursor)
    return Loop(start, cursor.position, kind, body, None, variable, tuple(words), redirects(cursor))


def _case(cursor: Cursor, start: int) -> Statement:
    cursor.skip_blanks()
    subject = word(cursor)
    _keyword(cursor, "in", "a case")
    arms: list[tuple[tuple[Word, ...], Sequence]] = []
    cursor.skip_lines()
    while keyword(cursor) != "esac":
        cursor.take("(")
        patterns = _patterns(cursor)
        body = sequence(cursor, "arm", frozenset({"esac"}))
        arms.append((patterns, body))
        if not (cursor.take(";;&") or cursor.take(";;") or cursor.take(";&")):
            break
        cursor.skip_lines()
    _keyword(cursor, "esac", "a case")
    return Case(start, cursor.position, subject, tuple(arms), redirects(cursor))


def _patterns(cursor: Cursor) -> tuple[Word, ...]:
    found: list[Word] = []
    while True:
        cursor.skip_blanks()
        one = word(cursor, _PATTERN_ENDS)
        if one is None:
            raise Broken(cursor.position, "a pattern is missing in a case")
        found.append(one)
        cursor.skip_blanks()
        if not cursor.take("|"):
            break
    cursor.expect(")", "a case")
    return tuple(found)


def _named_function(cursor: Cursor, start: int) -> Statement:
    cursor.skip_blanks()
    name = word(cursor)
    if name is None or name.literal is None:
        raise Broken(cursor.position, "a function has no name")
    cursor.skip_blanks()
    if cursor.take("("):
        cursor.skip_blanks()
        cursor.expect(")", "a function")
    return _function(cursor, start, name.literal)


def _function(cursor: Cursor, start: int, name: str) -> Statement:
    cursor.skip_lines()
    body = command(cursor)
    if isinstance(body, (Command, Function)) and not (isinstance(body, Command) and body.name in ("[[", "((")):
        raise Broken(body.start, "a function has no body")
    return Function(start, body.end, name, Sequence(body.start, body.end, (body,), "function"))


_COMPOUND: Final[Mapping[str, Callable[[Cursor, int], Statement]]] = {
    "{": _braces,
    "if": _if,
    "while": _while,
    "until": _while,
    "for": _for,
    "select": _for,
    "case": _case,
    "function": _named_function,
}
