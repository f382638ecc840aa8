"""A Dockerfile's instructions: parser directives, comments, continued lines, heredocs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

MAX_INSTRUCTIONS: Final = 1_000
"""No hand writes more, and builders accept far fewer layers."""

_DIRECTIVE: Final = re.compile(r"#[ \t]*([A-Za-z][\w-]*)[ \t]*=[ \t]*(.*?)[ \t]*\r?$")
_KNOWN: Final = frozenset({"syntax", "escape", "check"})
_COMMENT: Final = re.compile(r"[ \t]*#")
_HEREDOC: Final = re.compile(r"(?<![<\d])<<(-?)(['\"]?)([A-Za-z_][\w.]*)\2(?![<\w])")
_WITH_HEREDOCS: Final = frozenset({"RUN", "COPY", "ADD"})


@dataclass(frozen=True, slots=True)
class Heredoc:
    """The text behind `<<NAME`; offsets into the file. `expand`: whether variables in it are replaced."""

    name: str
    start: int
    end: int
    expand: bool
    indented: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One instruction. `start` to `end`: all of it; `rest`: what follows the keyword, cleaned, as long as in the file."""

    keyword: str
    start: int
    end: int
    rest: str
    rest_start: int
    rest_end: int
    heredocs: tuple[Heredoc, ...] = ()


@dataclass(slots=True)
class Scan:
    """The directives and instructions of a file."""

    escape: str = "\\"
    directives: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    open_heredocs: list[int] = field(default_factory=list)
    """Where heredocs begin that no line ends."""
    left: int = -1
    """Where reading stopped because there are too many instructions, -1 when it did not."""


def scan(text: str) -> Scan:
    """The instructions of a text."""
    found = Scan()
    position = _directives(text, found)
    ends = re.compile(rf"(?:(?<!{re.escape(found.escape)})|(?<=^)){re.escape(found.escape)}[ \t]*\r?$")
    while position < len(text):
        end = _line_end(text, position)
        line = text[position:end]
        if not line.strip() or _COMMENT.match(line):
            position = end + 1
            continue
        if len(found.lines) >= MAX_INSTRUCTIONS:
            found.left = position
            break
        position = _instruction(text, position, ends, found)
    return found


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _directives(text: str, found: Scan) -> int:
    """Read the directives at the top; returns where they end."""
    position = 0
    while position < len(text):
        end = _line_end(text, position)
        match = _DIRECTIVE.match(text[position:end])
        if not match or match[1].lower() not in _KNOWN or match[1].lower() in found.directives:
            break
        found.directives[match[1].lower()] = (match[2], position + match.start(2), position + match.end(2))
        position = end + 1
    value = found.directives.get("escape", ("", 0, 0))[0]
    found.escape = value if value in ("\\", "`") else "\\"
    return position


def _instruction(text: str, start: int, ends: re.Pattern[str], found: Scan) -> int:
    pieces: list[str] = []
    position = begin = start
    while True:
        end = _line_end(text, position)
        line = text[position:end]
        if position > begin and (_COMMENT.match(line) or not line.strip()):
            pieces.append(" " * len(line))
            more = True
        else:
            more = ends.search(line) is not None
            pieces.append(_cleaned(line, found.escape) if more else line.replace("\r", " "))
        if not more or end >= len(text):
            break
        blank = not pieces[-1].strip()
        pieces.append(" " if (blank and position > begin) or found.escape != "\\" else "\n")
        position = end + 1
    cleaned = "".join(pieces)
    offset = len(cleaned) - len(cleaned.lstrip())
    keyword = re.match(r"\S+", cleaned[offset:])
    assert keyword is not None
    rest_start = begin + offset + keyword.end()
    rest = cleaned[offset + keyword.end() :]
    lead = len(rest) - len(rest.lstrip())
    after = end + 1
    heredocs: tuple[Heredoc, ...] = ()
    last = begin + len(cleaned.rstrip())
    if keyword[0].upper() in _WITH_HEREDOCS and "<<" in rest:
        heredocs, after = _heredocs(text, rest, after, found)
        last = max(last, heredocs[-1].end) if heredocs else last
    stripped = rest[lead:].rstrip()
    found.lines.append(
        Line(keyword[0].upper(), begin + offset, last, stripped, rest_start + lead, rest_start + lead + len(stripped), heredocs)
    )
    return after


def _cleaned(line: str, escape: str) -> str:
    """A continued line, its escape character at its very end; of the other escape character nothing is left."""
    body = line.rstrip().removesuffix(escape)
    gap = len(line) - len(body) - 1
    return f"{body}{' ' * gap}{escape if escape == chr(92) else ' '}"


def _heredocs(text: str, rest: str, position: int, found: Scan) -> tuple[tuple[Heredoc, ...], int]:
    made: list[Heredoc] = []
    for dash, quote, name in _unquoted(rest):
        start = position
        while True:
            if position >= len(text):
                found.open_heredocs.append(start)
                made.append(Heredoc(name, start, len(text), not quote, bool(dash)))
                return tuple(made), position
            end = _line_end(text, position)
            line = text[position:end].rstrip("\r")
            if (line.lstrip("\t") if dash else line) == name:
                made.append(Heredoc(name, start, position, not quote, bool(dash)))
                position = end + 1
                break
            position = end + 1
    return tuple(made), position


def _unquoted(rest: str) -> Iterator[tuple[str, str, str]]:
    """The heredocs that a line announces, those in quotes left out."""
    for match in _HEREDOC.finditer(rest):
        before = rest[: match.start()]
        if before.count('"') % 2 == 0 and before.count("'") % 2 == 0 and "((" not in before:
            yield match[1], match[2], match[3]
