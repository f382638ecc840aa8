"""PowerShell, as far as it takes to see which commands run, with what, and what they write.

Blocks and parentheses are parts of words with statements of their own, so that the commands in them are there; `if`, `foreach`, `try`
and the like read as commands of that name. What a value is, an expression decides: as a word it is dynamic.
"""

from __future__ import annotations

import re
from typing import Final

from auditor.views.shell.bash.cursor import FILLER, Broken, Cursor
from auditor.views.shell.bash.pieces import joined, literal, placeholder
from auditor.views.shell.tree import (
    AndOr,
    Assignment,
    Command,
    Dialect,
    Opaque,
    Part,
    PartKind,
    Pipeline,
    Redirect,
    Sequence,
    Statement,
    Word,
)

_SPACE: Final = re.compile(r"(?:[ \t\r]|`\r?\n|<#.*?#>)+", re.DOTALL)
_COMMENT: Final = re.compile(r"#[^\n]*")
_HERE: Final = re.compile(r"@([\"'])[ \t]*\r?\n")
_VARIABLE: Final = re.compile(r"\$(?:\{(?P<braced>[^}\n]+)\}|(?P<plain>(?:[A-Za-z]+:)?[A-Za-z_?$^][\w]*)|[$?^])", re.ASCII)
_ASSIGNMENT: Final = re.compile(r"\$(?:\{)?(?P<name>(?:[A-Za-z]+:)?[A-Za-z_]\w*)\}?\s*(?P<operator>\+?)=(?!=)", re.ASCII)
_REDIRECT: Final = re.compile(r"(?P<fd>[1-6*])?(?P<op>>>|>&1|>)")
_PLAIN: Final = re.compile(rf"[^\s\"'`$(){{}}\[\];|&<>,@#{FILLER}]+|[@#,<\[\]]")
_EXPRESSION: Final = re.compile(r"[\"'$(\[@0-9]")
_STATEMENT_ENDS: Final = ";\n)}"


def read(text: str, places: tuple[tuple[int, int], ...]) -> Sequence:
    """The statements of a script; offsets are those of `text`."""
    pieces: list[str] = []
    end = 0
    for start, stop in places:
        pieces += (text[end:start], FILLER * (stop - start))
        end = stop
    masked = "".join((*pieces, text[end:]))
    cursor = Cursor(masked, text, len(text), Dialect.POWERSHELL, dict(places), lambda c, role, _: _sequence(c, role), lambda _: None)
    items: list[Statement] = []
    try:
        _statements(cursor, items)
        if not cursor.done():
            raise Broken(cursor.position, f"{cursor.peek()!r} is not expected here")
    except Broken as error:
        start = items[-1].end if items else 0
        items.append(Opaque(start, len(text), error.reason))
    return Sequence(0, len(text), tuple(items), "script")


def _skip(cursor: Cursor, *, lines: bool = False) -> None:
    while cursor.match(_SPACE) or cursor.match(_COMMENT) or (lines and (cursor.take("\n") or cursor.take(";"))):
        pass


def _sequence(cursor: Cursor, role: str) -> Sequence:
    cursor.deeper()
    start = cursor.position
    items: list[Statement] = []
    _statements(cursor, items)
    cursor.depth -= 1
    return Sequence(start, cursor.position, tuple(items), role)


def _statements(cursor: Cursor, items: list[Statement]) -> None:
    while True:
        _skip(cursor, lines=True)
        if cursor.done() or cursor.peek() in ")}":
            return
        before = cursor.position
        items.append(_chain(cursor))
        if cursor.position == before:
            raise Broken(before, f"{cursor.peek()!r} is not expected here")


def _chain(cursor: Cursor) -> Statement:
    left = _pipeline(cursor)
    for _ in range(100):
        _skip(cursor)
        operator = cursor.peek(2)
        if operator not in ("&&", "||"):
            return left
        cursor.position += 2
        _skip(cursor, lines=True)
        right = _pipeline(cursor)
        left = AndOr(left.start, right.end, left, operator, right)
    raise Broken(cursor.position, "the list is too long")


def _pipeline(cursor: Cursor) -> Statement:
    stages: list[Statement] = [_command(cursor)]
    while True:
        before = cursor.position
        _skip(cursor, lines=True)
        if not cursor.at("|") or cursor.at("||"):
            cursor.position = before
            break
        cursor.position += 1
        _skip(cursor, lines=True)
        stages.append(_command(cursor))
    return stages[0] if len(stages) == 1 else Pipeline(stages[0].start, stages[-1].end, tuple(stages))


def _command(cursor: Cursor) -> Command:
    start = end = cursor.position
    if found := cursor.match(_ASSIGNMENT):
        _skip(cursor)
        value = _command(cursor)
        name = found["name"]
        scope = "export" if name.lower().startswith("env:") else "shell"
        word = _spanning(cursor, value)
        return Command(start, value.end, (), (Assignment(start, value.end, name.rpartition(":")[2], word, scope, bool(found["operator"])),))
    words: list[Word] = []
    redirects: list[Redirect] = []
    if _EXPRESSION.match(cursor.peek()) or cursor.peek() == FILLER:
        words.append(Word(start, start, "", (Part(PartKind.LITERAL, start, start, "Write-Output"),)))
    elif cursor.take("&"):
        _skip(cursor)
    while True:
        _skip(cursor)
        if cursor.done() or cursor.peek() in _STATEMENT_ENDS or cursor.at("|") or cursor.at("&&"):
            break
        if one := _redirect(cursor):
            redirects.append(one)
        else:
            words.append(_word(cursor))
        end = cursor.position
    return Command(start, end, tuple(words), (), tuple(redirects))


def _spanning(cursor: Cursor, value: Command) -> Word:
    """The value of an assignment: the literal where it is one, else something dynamic with what is in it."""
    given = [word for word in value.words if word.raw]
    if len(given) == 1 and value.words[0].raw == "":
        return given[0]
    raw = cursor.source[value.start : value.end]
    body = Sequence(value.start, value.end, (value,), "substitution")
    return Word(value.start, value.end, raw, (Part(PartKind.OTHER, value.start, value.end, raw, quoted=True, body=body),))


def _redirect(cursor: Cursor) -> Redirect | None:
    start = cursor.position
    found = cursor.match(_REDIRECT)
    if not found:
        return None
    descriptor = int(found["fd"]) if (found["fd"] or "").isdigit() else -1
    if found["op"] == ">&1":
        at = cursor.position - 1
        return Redirect(start, cursor.position, ">&", Word(at, at + 1, "1", (Part(PartKind.LITERAL, at, at + 1, "1"),)), descriptor)
    _skip(cursor)
    if cursor.done() or cursor.peek() in _STATEMENT_ENDS:
        raise Broken(start, "a redirect has no target")
    return Redirect(start, cursor.position, found["op"], _word(cursor), descriptor)


def _word(cursor: Cursor) -> Word:
    start = cursor.position
    parts: list[Part] = []
    while not cursor.done():
        char = cursor.peek()
        if char in " \t\r\n;|)}" or (char == "&" and parts) or (char == ">" and parts):
            break
        _part(cursor, parts)
    if cursor.position == start:
        raise Broken(start, f"{cursor.peek()!r} is not expected here")
    return Word(start, cursor.position, cursor.source[start : cursor.position], tuple(joined(parts)))


def _part(cursor: Cursor, parts: list[Part]) -> None:
    start = cursor.position
    char = cursor.peek()
    if here := cursor.match(_HERE):
        _here_string(cursor, parts, start, here[1])
    elif char == "'":
        _single(cursor, parts)
    elif char == '"':
        cursor.position += 1
        _double(cursor, parts, '"')
        cursor.expect('"', "a quoted text")
        if not parts or parts[-1].end <= start:
            parts.append(literal(cursor, start, "", quoted=True))
    elif char == "$" and cursor.at("$("):
        _inside(cursor, parts, 2, ")", PartKind.COMMAND)
    elif char == "$":
        _dollar(cursor, parts, quoted=False)
    elif cursor.at("@(") or cursor.at("@{"):
        _inside(cursor, parts, 2, ")" if cursor.at("@(") else "}", PartKind.OTHER)
    elif char in "({":
        _inside(cursor, parts, 1, ")" if char == "(" else "}", PartKind.COMMAND if char == "(" else PartKind.OTHER)
    elif char == FILLER:
        placeholder(cursor, parts, quoted=False)
    elif char == "`":
        cursor.advance(2)
        parts.append(literal(cursor, start, cursor.source[start + 1 : start + 2], quoted=True))
    elif found := cursor.match(_PLAIN):
        parts.append(literal(cursor, start, found[0]))
    else:
        cursor.position += 1
        parts.append(literal(cursor, start, char))


def _inside(cursor: Cursor, parts: list[Part], opener: int, closer: str, kind: PartKind) -> None:
    start = cursor.position
    cursor.position += opener
    body = _sequence(cursor, "substitution" if closer == ")" else "body")
    cursor.expect(closer, "a block")
    parts.append(Part(kind, start, cursor.position, cursor.source[start : cursor.position], quoted=True, body=body))


def _dollar(cursor: Cursor, parts: list[Part], *, quoted: bool) -> None:
    start = cursor.position
    found = cursor.match(_VARIABLE)
    if not found:
        cursor.position += 1
        parts.append(literal(cursor, start, "$", quoted=quoted))
        return
    name = found["braced"] or found["plain"] or ""
    scope, colon, bare = name.rpartition(":")
    outside = bool(colon) and scope.lower() == "env"
    text = cursor.source[start : cursor.position]
    parts.append(Part(PartKind.VARIABLE, start, cursor.position, text, True, bare, "" if outside else "local"))


def _single(cursor: Cursor, parts: list[Part]) -> None:
    start = cursor.position
    end = start + 1
    while True:
        end = cursor.text.find("'", end, cursor.end)
        if end < 0:
            raise Broken(start, "a quote is not closed")
        if cursor.text[end + 1 : end + 2] != "'":
            break
        end += 2
    cursor.position = start + 1
    _verbatim(cursor, parts, end)
    cursor.position = end + 1


def _verbatim(cursor: Cursor, parts: list[Part], end: int) -> None:
    if cursor.position == end:
        parts.append(Part(PartKind.LITERAL, end, end, "", quoted=True))
    while cursor.position < end:
        here = cursor.position
        stop = cursor.text.find(FILLER, here, end)
        if stop == here:
            placeholder(cursor, parts, quoted=True)
            continue
        cursor.position = end if stop < 0 else stop
        parts.append(literal(cursor, here, cursor.source[here : cursor.position].replace("''", "'"), quoted=True))


def _double(cursor: Cursor, parts: list[Part], stop: str) -> None:
    while not cursor.done() and not (stop and cursor.at(stop)):
        start = cursor.position
        char = cursor.peek()
        if char == "`":
            cursor.advance(2)
            escaped = cursor.source[start + 1 : start + 2]
            parts.append(literal(cursor, start, {"n": "\n", "t": "\t", "r": "\r"}.get(escaped, escaped), quoted=True))
        elif cursor.at("$("):
            _inside(cursor, parts, 2, ")", PartKind.COMMAND)
        elif char == "$":
            _dollar(cursor, parts, quoted=True)
        elif char == FILLER:
            placeholder(cursor, parts, quoted=True)
        else:
            cursor.position += 1
            parts.append(literal(cursor, start, char, quoted=True))


def _here_string(cursor: Cursor, parts: list[Part], start: int, quote: str) -> None:
    found = re.compile(rf"\r?\n{quote}@").search(cursor.text, cursor.position - 1, cursor.end)
    if not found:
        raise Broken(start, "a text is not closed")
    if quote == "'":
        if cursor.position < found.start():
            _verbatim(cursor, parts, found.start())
    else:
        outer, cursor.end = cursor.end, found.start()
        _double(cursor, parts, "")
        cursor.end = outer
    cursor.position = found.end()
