"""Cutting the parts of words at lines and characters, each piece at its own place."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.views.shell.tree import Part, PartKind, Word


def without_head(word: Word, length: int) -> Word:
    """The word without its first characters, which are literal."""
    _, tail = split(list(word.parts), 0, length)
    start = tail[0].start if tail else word.end
    raw = word.raw[start - word.start :] if tail else ""
    return Word(start, word.end, raw, tuple(tail))


def text_of(parts: list[Part]) -> str:
    """The text, with a stand-in for each character of what is dynamic."""
    return "".join(part.text if part.kind is PartKind.LITERAL else "\ufffc" * len(part.text) for part in parts)


def split(line: list[Part], at: int, gap: int) -> tuple[list[Part], list[Part]]:
    """What stands before the character `at`, and what stands `gap` characters later."""
    head: list[Part] = []
    tail: list[Part] = []
    place = 0
    for part in line:
        length = len(part.text)
        if place + length <= at:
            head.append(part)
        elif place >= at + gap:
            tail.append(part)
        else:
            if at > place:
                head.append(piece(part, 0, at - place))
            rest = at + gap - place
            if rest < length:
                tail.append(piece(part, max(0, rest), length))
        place += length
    return head, tail


def piece(part: Part, start: int, end: int) -> Part:
    """A piece of a literal, at its own place where it is written as it is."""
    if part.kind is not PartKind.LITERAL:
        return part
    exact = part.end - part.start == len(part.text)
    return Part(
        part.kind,
        part.start + start if exact else part.start,
        part.start + end if exact else part.end,
        part.text[start:end],
        part.quoted,
    )


def lines(parts: tuple[Part, ...]) -> Iterator[list[Part]]:
    """The parts of each line that is not empty."""
    line: list[Part] = []
    for part in parts:
        if part.kind is not PartKind.LITERAL or "\n" not in part.text:
            line.append(part)
            continue
        start = 0
        while (end := part.text.find("\n", start)) >= 0:
            if end > start:
                line.append(piece(part, start, end))
            if line:
                yield line
            line, start = [], end + 1
        if start < len(part.text):
            line.append(piece(part, start, len(part.text)))
    if line:
        yield line
