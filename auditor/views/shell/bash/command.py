"""Simple commands: assignments, words, redirects and the texts of heredocs."""

from __future__ import annotations

import re
from typing import Final

from auditor.views.shell.bash.cursor import Broken, Cursor, Heredoc
from auditor.views.shell.bash.pieces import closing, joined, placeholder
from auditor.views.shell.bash.words import expression, quoted, word
from auditor.views.shell.tree import Assignment, Command, Dialect, Part, PartKind, Redirect, Word

_REDIRECT: Final = re.compile(r"(?P<fd>\d+|\{\w+\})?(?P<op><<<|<<-|<<|<>|<&|>>|>&|>\||<(?!\()|>(?!\())|(?P<both>&>>|&>)", re.ASCII)
_ASSIGNMENT: Final = re.compile(r"(?P<name>[A-Za-z_]\w*)(?:\[(?:[^\[\]\n]|\[[^\[\]\n]*\])*\])?(?P<add>\+?)=", re.ASCII)
_REGEX_OPERATOR: Final = re.compile(r"=~(?=\s)")
_TEST_OPERATOR: Final = re.compile(r"&&|\|\||[()<>]|!(?=\s)")
_TEST_ENDS: Final = frozenset(" \t\n;&|<>()")
_ARRAY_ENDS: Final = frozenset(" \t\n)")
_INDEX: Final = re.compile(r"\[[^\]\n]*\]=")

DECLARING: Final = {
    "export": "export",
    "declare": "shell",
    "typeset": "shell",
    "readonly": "shell",
    "local": "local",
}
"""Commands whose arguments assign -> the scope."""


def simple(cursor: Cursor) -> Command:
    """Assignments, words and redirects, up to what ends a command."""
    start = end = cursor.position
    words: list[Word] = []
    assignments: list[Assignment] = []
    redirects: list[Redirect] = []
    while True:
        cursor.skip_blanks()
        if found := redirect(cursor):
            redirects.append(found)
        elif assigned := _assigned(cursor, words):
            assignments.append(assigned)
        else:
            one = word(cursor)
            if one is None:
                break
            words.append(one)
        end = cursor.position
    if not (words or assignments or redirects):
        raise Broken(start, f"{cursor.peek() or 'the end'!r} is not expected here")
    if words and words[0].literal not in DECLARING:
        assignments = [Assignment(a.start, a.end, a.name, a.value, "command", a.appends) for a in assignments]
    return Command(start, end, tuple(words), tuple(assignments), tuple(redirects))


def _assigned(cursor: Cursor, words: list[Word]) -> Assignment | None:
    if not words:
        return assignment(cursor, "shell")
    return assignment(cursor, _scope(words)) if words[0].literal in DECLARING else None


def _scope(words: list[Word]) -> str:
    scope = DECLARING[words[0].text]
    return "export" if any(re.fullmatch(r"-\w*x\w*", it.raw) for it in words[1:]) else scope


def assignment(cursor: Cursor, scope: str) -> Assignment | None:
    """`NAME=value`, when one begins here."""
    start = cursor.position
    found = cursor.match(_ASSIGNMENT)
    if not found:
        return None
    if cursor.at("("):
        value: Word | None = _array(cursor)
    else:
        value = word(cursor, patterns=False) or Word(cursor.position, cursor.position, "", ())
    return Assignment(start, cursor.position, found["name"], value, scope, bool(found["add"]))


def _array(cursor: Cursor) -> Word:
    start = cursor.position
    cursor.position += 1
    parts: list[Part] = []
    while True:
        cursor.skip_lines()
        if cursor.take(")"):
            break
        cursor.match(_INDEX)
        one = word(cursor, _ARRAY_ENDS)
        if one is None:
            raise Broken(start, "an array is not closed")
        parts.extend(one.parts)
    raw = cursor.source[start : cursor.position]
    inside = Word(start, cursor.position, raw, tuple(parts))
    return Word(start, cursor.position, raw, (Part(PartKind.OTHER, start, cursor.position, raw, quoted=True, argument=inside),))


def redirect(cursor: Cursor) -> Redirect | None:
    """The redirect that begins here."""
    start = cursor.position
    found = cursor.match(_REDIRECT)
    if not found:
        return None
    operator = found["op"] or found["both"]
    number = found["fd"] or ""
    descriptor = int(number[:4]) if number.isdigit() else -1
    cursor.skip_blanks()
    target = word(cursor)
    if target is None:
        raise Broken(start, f"{operator!r} has no target")
    made = Redirect(
        start, cursor.position, operator, None if operator == "<<<" else target, descriptor, target if operator == "<<<" else None
    )
    if operator in ("<<", "<<-"):
        is_quoted = any(sign in target.raw for sign in "'\"\\")
        cursor.pending.append(Heredoc(made, target.text, is_quoted, operator == "<<-"))
    return made


def heredocs(cursor: Cursor) -> None:
    """Read the texts that the line before has announced; the cursor is at the start of a line."""
    waiting, cursor.pending = cursor.pending, []
    for one in waiting:
        start = cursor.position
        stop = after = cursor.end
        while True:
            line_end = cursor.text.find("\n", cursor.position, cursor.end)
            line_end = cursor.end if line_end < 0 else line_end
            line = cursor.source[cursor.position : line_end]
            if (line.lstrip("\t") if one.indented else line) == one.delimiter:
                stop, after = cursor.position, min(line_end + 1, cursor.end)
                break
            if line_end >= cursor.end:
                break
            cursor.position = line_end + 1
        object.__setattr__(one.redirect, "body", _text(cursor, one, start, stop))
        cursor.position = after


def _text(cursor: Cursor, heredoc: Heredoc, start: int, stop: int) -> Word:
    outer = cursor.end
    cursor.position, cursor.end = start, stop
    parts: list[Part] = []
    if heredoc.quoted:
        while not cursor.done():
            here = cursor.position
            if here in cursor.places:
                placeholder(cursor, parts, quoted=True)
                continue
            cursor.position = min((place for place in cursor.places if here < place < stop), default=stop)
            parts.append(Part(PartKind.LITERAL, here, cursor.position, cursor.source[here : cursor.position], quoted=True))
    else:
        quoted(cursor, parts, "")
    cursor.end = outer
    if heredoc.indented:
        parts = [_without_tabs(it, it.start == start) for it in parts]
    return Word(start, stop, cursor.source[start:stop], tuple(joined(parts)))


def _without_tabs(it: Part, at_line_start: bool) -> Part:
    if it.kind is not PartKind.LITERAL:
        return it
    text = re.sub(r"(?<=\n)\t+", "", it.text)
    return Part(it.kind, it.start, it.end, text.lstrip("\t") if at_line_start else text, it.quoted)


def test(cursor: Cursor) -> Command:
    """`[[ ... ]]`, each operator a word of its own."""
    start = cursor.position
    words: list[Word] = []
    pattern = False
    while True:
        cursor.skip_lines()
        here = cursor.position
        if cursor.done():
            raise Broken(start, "'[[' is not closed")
        one = _pattern(cursor) if pattern else None
        if one is None and (found := cursor.match(_TEST_OPERATOR)):
            one = Word(here, cursor.position, found[0], (Part(PartKind.LITERAL, here, cursor.position, found[0]),))
        one = one or word(cursor, _TEST_ENDS)
        if one is None:
            raise Broken(here, f"{cursor.peek()!r} is not expected in a test")
        pattern = bool(_REGEX_OPERATOR.match(cursor.text, here, cursor.end))
        words.append(one)
        if one.raw == "]]":
            break
    end = cursor.position
    return Command(start, end, tuple(words), (), redirects(cursor))


def redirects(cursor: Cursor) -> tuple[Redirect, ...]:
    """The redirects behind a compound command."""
    found: list[Redirect] = []
    while True:
        before = cursor.position
        cursor.skip_blanks()
        one = redirect(cursor)
        if one is None:
            cursor.position = before
            return tuple(found)
        found.append(one)


def _pattern(cursor: Cursor) -> Word | None:
    """A regular expression: up to a blank that no parenthesis or bracket holds."""
    start = position = cursor.position
    depth = 0
    while position < cursor.end:
        char = cursor.text[position]
        if char == "\\":
            position += 2
            continue
        if char in "'\"":
            closed = cursor.text.find(char, position + 1, cursor.end)
            position = closed if closed > 0 else position
        elif char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif char in " \t\n" and depth <= 0:
            break
        position += 1
    return None if position == start else _as_word(cursor, start, min(position, cursor.end))


def _as_word(cursor: Cursor, start: int, end: int) -> Word:
    inside = expression(cursor, start, end)
    cursor.position = end
    parts = tuple(
        it if it.kind is not PartKind.VARIABLE or it.text.startswith("$") else Part(PartKind.GLOB, it.start, it.end, it.text)
        for it in inside.parts
    )
    return Word(start, end, inside.raw, parts)


def arithmetic(cursor: Cursor) -> Command | None:
    """`((...))`; None when it is a subshell in a subshell."""
    start = cursor.position
    try:
        end = closing(cursor, start, "(", ")")
    except Broken:
        return None
    if cursor.text[end - 2 : end] != "))":
        return None
    inner = expression(cursor, start + 2, end - 2)
    cursor.position = end
    opener = Word(start, start + 2, "((", (Part(PartKind.LITERAL, start, start + 2, "(("),))
    return Command(start, end, (opener, inner), (), redirects(cursor) if cursor.dialect is not Dialect.SH else ())
