"""Words: quotes, expansions, substitutions, patterns."""

from __future__ import annotations

import re
from typing import Final

from auditor.views.shell.bash.cursor import FILLER, Broken, Cursor
from auditor.views.shell.bash.pieces import as_literal, closing, joined, literal, placeholder
from auditor.views.shell.bash.pieces import raw as raw_text
from auditor.views.shell.tree import Dialect, Opaque, Part, PartKind, Sequence, Word

_PLAIN: Final = re.compile(r"[\w./:=@%,+\-\]^!}#]+")
_IN_QUOTES: Final = re.compile(rf"[^\"\\$`{FILLER}]+")
_IN_TEXT: Final = re.compile(rf"[^\\$`{FILLER}]+")
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[0-9]|[@*#?$!-]")
_BRACED: Final = re.compile(r"(?P<prefix>[!#]?)(?P<name>[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-])(?P<index>\[[^\]\n]*\])?")
_OPERATOR: Final = re.compile(r":?[-=?+]|##?|%%?|//?|\^\^?|,,?|@|:")
_BRACES: Final = re.compile(rf"\{{[^{{}}\s'\"$`;{FILLER}]*(?:,|\.\.)[^{{}}\s'\"$`;{FILLER}]*\}}")
_BRACKETS: Final = re.compile(r"\[[!^]?\]?[^\]\s'\"$`;&|()<>/]*\]")
_TILDE: Final = re.compile(r"~[\w+-]*(?=[/\s;&|)]|$)", re.ASCII)
_ENDS: Final = frozenset(" \t\n;&|<>()")
_ANSI: Final = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b", "e": "\x1b", "0": "\0"}


def word(cursor: Cursor, stop: frozenset[str] = _ENDS, *, patterns: bool = True) -> Word | None:
    """The word that begins here, None when there is none. `patterns`: whether globs and braces mean something in it."""
    start = cursor.position
    parts: list[Part] = []
    while not cursor.done():
        char = cursor.text[cursor.position]
        if char in stop and not (char in "<>" and cursor.peek(2) in ("<(", ">(")):
            break
        part(cursor, parts, patterns=patterns, first=cursor.position == start)
    if cursor.position == start:
        return None
    raw = cursor.source[start : cursor.position]
    if "://" in raw:
        parts = [as_literal(it) if it.kind is PartKind.GLOB else it for it in parts]
    return Word(start, cursor.position, raw, tuple(joined(parts)))


def part(cursor: Cursor, parts: list[Part], *, patterns: bool, first: bool) -> None:
    """Read one part of a word that is not in quotes."""
    start = cursor.position
    char = cursor.text[start]
    if found := cursor.match(_PLAIN):
        parts.append(literal(cursor, start, found[0]))
        if patterns and found[0][-1] in "@+!" and cursor.at("(") and cursor.dialect is not Dialect.SH:
            _extended(cursor, parts)
    elif char in "'\"":
        _quotes(cursor, parts, char)
    elif char == "\\":
        cursor.advance(2)
        escaped = cursor.text[start + 1 : start + 2]
        if escaped != "\n":
            parts.append(literal(cursor, start, escaped, quoted=True))
    elif char == "$":
        dollar(cursor, parts, quoted=False)
    elif char == "`":
        _backticks(cursor, parts, quoted=False)
    elif char == FILLER:
        placeholder(cursor, parts, quoted=False)
    elif char in "<>":
        cursor.position += 2
        _substitution(cursor, parts, PartKind.PROCESS, start, quoted=False)
    else:
        _pattern(cursor, parts, patterns=patterns, first=first)


def _quotes(cursor: Cursor, parts: list[Part], quote: str) -> None:
    start = cursor.position
    cursor.position += 1
    if quote == '"':
        quoted(cursor, parts, '"')
        cursor.expect('"', "a quoted text")
        if cursor.position == start + 2:
            parts.append(literal(cursor, start, "", quoted=True))
        return
    end = cursor.text.find("'", start + 1, cursor.end)
    if end < 0:
        raise Broken(start, "a quote is not closed")
    raw_text(cursor, parts, end)
    cursor.position = end + 1


def _pattern(cursor: Cursor, parts: list[Part], *, patterns: bool, first: bool) -> None:
    start = cursor.position
    char = cursor.text[start]
    if not patterns:
        cursor.position += 1
        kind = PartKind.GLOB if char == "~" and first else PartKind.LITERAL
    elif char in "*?":
        cursor.position += 1
        kind = PartKind.GLOB
        if cursor.at("(") and cursor.dialect is not Dialect.SH:
            parts.append(Part(kind, start, cursor.position, char))
            _extended(cursor, parts)
            return
    elif (
        (char == "[" and cursor.match(_BRACKETS))
        or (char == "{" and cursor.dialect is not Dialect.SH and cursor.match(_BRACES))
        or (char == "~" and first and cursor.match(_TILDE))
    ):
        kind = PartKind.GLOB
    else:
        cursor.position += 1
        kind = PartKind.LITERAL
    parts.append(Part(kind, start, cursor.position, cursor.source[start : cursor.position]))


def _extended(cursor: Cursor, parts: list[Part]) -> None:
    """`@(a|b)`."""
    start = cursor.position
    end = closing(cursor, start, "(", ")")
    cursor.position = end
    parts.append(Part(PartKind.GLOB, start, end, cursor.source[start:end]))


def quoted(cursor: Cursor, parts: list[Part], stop: str) -> None:
    """The inside of double quotes, or of a heredoc (`stop` empty), up to its end."""
    inside = _IN_QUOTES if stop else _IN_TEXT
    while not cursor.done():
        start = cursor.position
        char = cursor.text[start]
        if stop and char == stop:
            return
        if found := cursor.match(inside):
            parts.append(literal(cursor, start, found[0], quoted=True))
        elif char == "\\":
            cursor.advance(2)
            escaped = cursor.text[start + 1 : start + 2]
            if escaped != "\n":
                text = escaped if escaped in f"$`\\{stop}" else f"\\{escaped}"
                parts.append(literal(cursor, start, text, quoted=True))
        elif char == "$":
            dollar(cursor, parts, quoted=True)
        elif char == "`":
            _backticks(cursor, parts, quoted=True)
        else:
            placeholder(cursor, parts, quoted=True)


def dollar(cursor: Cursor, parts: list[Part], *, quoted: bool) -> None:
    """What begins with a dollar sign."""
    start = cursor.position
    cursor.position += 1
    cursor.deeper()
    if cursor.at("((") and _arithmetic(cursor, parts, start, quoted=quoted):
        pass
    elif cursor.take("("):
        _substitution(cursor, parts, PartKind.COMMAND, start, quoted=quoted)
    elif cursor.take("{"):
        _expansion(cursor, parts, start, quoted=quoted)
    elif not quoted and cursor.at("'") and cursor.dialect is not Dialect.SH:
        _ansi(cursor, parts, start)
    elif not quoted and cursor.at('"') and cursor.dialect is not Dialect.SH:
        pass  # $"...": a text to be translated, which is what follows
    elif found := cursor.match(_VARIABLE):
        parts.append(Part(PartKind.VARIABLE, start, cursor.position, cursor.source[start : cursor.position], quoted, found[0]))
    else:
        parts.append(literal(cursor, start, "$", quoted=quoted))
    cursor.depth -= 1


def _substitution(cursor: Cursor, parts: list[Part], kind: PartKind, start: int, *, quoted: bool) -> None:
    body = cursor.read_sequence(cursor, "substitution", frozenset())
    cursor.expect(")", "a substitution")
    parts.append(Part(kind, start, cursor.position, cursor.source[start : cursor.position], quoted, body=body))


def _backticks(cursor: Cursor, parts: list[Part], *, quoted: bool) -> None:
    start = cursor.position
    end = start + 1
    while end < cursor.end and cursor.text[end] != "`":
        end += 2 if cursor.text[end] == "\\" else 1
    if end >= cursor.end:
        raise Broken(start, "a backtick is not closed")
    body = Sequence(start + 1, end, (Opaque(start + 1, end, "backticks with backslashes inside"),), "substitution")
    if "\\" not in cursor.text[start:end]:
        outer, cursor.end, cursor.position = cursor.end, end, start + 1
        cursor.deeper()
        body = cursor.read_sequence(cursor, "substitution", frozenset())
        cursor.depth -= 1
        if not cursor.done():
            raise Broken(cursor.position, "a substitution is not closed")
        cursor.end = outer
    cursor.position = end + 1
    parts.append(Part(PartKind.COMMAND, start, end + 1, cursor.source[start : end + 1], quoted, body=body))


def _arithmetic(cursor: Cursor, parts: list[Part], start: int, *, quoted: bool) -> bool:
    """`$((...))`; False when it is a substitution that begins with a subshell."""
    try:
        end = closing(cursor, cursor.position, "(", ")")
    except Broken:
        return False
    if cursor.text[end - 2 : end] != "))":
        return False
    inner = expression(cursor, cursor.position + 2, end - 2)
    cursor.position = end
    parts.append(Part(PartKind.ARITHMETIC, start, end, cursor.source[start:end], quoted, argument=inner))
    return True


def expression(cursor: Cursor, start: int, end: int) -> Word:
    """The variables of an arithmetic expression, as the parts of a word."""
    outer = cursor.position, cursor.end
    cursor.position, cursor.end = start, end
    parts: list[Part] = []
    while not cursor.done():
        here = cursor.position
        char = cursor.text[here]
        if char == "$":
            dollar(cursor, parts, quoted=True)
        elif char == FILLER:
            placeholder(cursor, parts, quoted=True)
        elif char == "`":
            _backticks(cursor, parts, quoted=True)
        elif found := cursor.match(_NAME):
            parts.append(Part(PartKind.VARIABLE, here, cursor.position, found[0], True, found[0]))
        else:
            cursor.position += 1
            parts.append(literal(cursor, here, char, quoted=True))
    cursor.position, cursor.end = outer
    return Word(start, end, cursor.source[start:end], tuple(joined(parts)))


def _expansion(cursor: Cursor, parts: list[Part], start: int, *, quoted: bool) -> None:
    """`${...}`, after the brace."""
    found = cursor.match(_BRACED)
    if not found:
        end = closing(cursor, start + 1, "{", "}")
        cursor.position = end
        parts.append(Part(PartKind.OTHER, start, end, cursor.source[start:end], quoted))
        return
    operator = found["prefix"]
    argument = None
    if not cursor.at("}"):
        if operation := cursor.match(_OPERATOR):
            operator += operation[0]
        argument = _argument(cursor, quoted=quoted)
    cursor.expect("}", "an expansion")
    text = cursor.source[start : cursor.position]
    parts.append(Part(PartKind.VARIABLE, start, cursor.position, text, quoted, found["name"], operator, argument))


def _argument(cursor: Cursor, *, quoted: bool) -> Word:
    """What follows the operator of an expansion, up to the brace."""
    start = cursor.position
    parts: list[Part] = []
    while not cursor.done() and not cursor.at("}"):
        here = cursor.position
        if cursor.text[here] in " \t\n;&|<>()'" and (quoted or cursor.text[here] != "'"):
            cursor.position += 1
            parts.append(literal(cursor, here, cursor.text[here], quoted=quoted))
        elif cursor.text[here] == "]":
            cursor.position += 1
            parts.append(literal(cursor, here, "]", quoted=quoted))
        else:
            _piece(cursor, parts)
    return Word(start, cursor.position, cursor.source[start : cursor.position], tuple(joined(parts)))


_PIECE: Final = re.compile(r"[\w./:=@%,+\-^!#\[{*?~]+")


def _piece(cursor: Cursor, parts: list[Part]) -> None:
    here = cursor.position
    if found := cursor.match(_PIECE):
        parts.append(literal(cursor, here, found[0]))
    else:
        part(cursor, parts, patterns=False, first=False)


def _ansi(cursor: Cursor, parts: list[Part], start: int) -> None:
    """`$'...'`."""
    cursor.position += 1
    text: list[str] = []
    while not cursor.done() and not cursor.at("'"):
        char = cursor.text[cursor.position]
        if char == FILLER:
            parts.append(literal(cursor, start, "".join(text), quoted=True))
            placeholder(cursor, parts, quoted=True)
            start, text = cursor.position, []
            continue
        if char == "\\":
            cursor.position += 1
            following = cursor.peek()
            char = _ANSI.get(following, f"\\{following}")
        text.append(char)
        cursor.position += 1
    cursor.expect("'", "a quoted text")
    parts.append(literal(cursor, start, "".join(text), quoted=True))
