"""The simple pieces of words: what needs no look inside."""

from __future__ import annotations

from auditor.views.shell.bash.cursor import FILLER, Broken, Cursor
from auditor.views.shell.tree import Part, PartKind


def as_literal(it: Part) -> Part:
    """The part, taken as it is written."""
    return Part(PartKind.LITERAL, it.start, it.end, it.text, it.quoted)


def joined(parts: list[Part]) -> list[Part]:
    """The parts with literals that touch each other, and are quoted alike, as one."""
    found: list[Part] = []
    for it in parts:
        last = found[-1] if found else None
        if last is not None and last.kind is it.kind is PartKind.LITERAL and last.quoted == it.quoted and last.end == it.start:
            found[-1] = Part(PartKind.LITERAL, last.start, it.end, last.text + it.text, it.quoted)
        else:
            found.append(it)
    return found


def closing(cursor: Cursor, start: int, opener: str, closer: str) -> int:
    """The end of a balanced piece of text that begins at `start`; what stands in quotes does not count."""
    depth = 0
    position = start
    while position < cursor.end:
        char = cursor.text[position]
        if char == "\\":
            position += 2
            continue
        if char in "'\"":
            end = cursor.text.find(char, position + 1, cursor.end)
            if end < 0:
                break
            position = end
        elif char == opener:
            depth += 1
        elif char == closer:
            depth -= 1
            if depth == 0:
                return position + 1
        position += 1
    raise Broken(start, f"{opener!r} is not closed")


def literal(cursor: Cursor, start: int, text: str, *, quoted: bool = False) -> Part:
    """A literal part that ends here."""
    return Part(PartKind.LITERAL, start, cursor.position, text, quoted)


def raw(cursor: Cursor, parts: list[Part], end: int) -> None:
    """The inside of single quotes, where only placeholders are replaced."""
    if cursor.position == end:
        parts.append(Part(PartKind.LITERAL, cursor.position - 1, end + 1, "", quoted=True))
    while cursor.position < end:
        start = cursor.position
        stop = cursor.text.find(FILLER, start, end)
        if stop == start:
            placeholder(cursor, parts, quoted=True)
            continue
        cursor.position = end if stop < 0 else stop
        parts.append(literal(cursor, start, cursor.source[start : cursor.position], quoted=True))


def placeholder(cursor: Cursor, parts: list[Part], *, quoted: bool) -> None:
    """A placeholder, whole."""
    start = cursor.position
    cursor.position = min(cursor.places.get(start, start + 1), cursor.end)
    parts.append(Part(PartKind.PLACEHOLDER, start, cursor.position, cursor.source[start : cursor.position], quoted))
