"""The lines of source around a finding, secrets masked, with the offending range."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from auditor.model.finding import Finding
from auditor.model.redacted_text import Hidden, hidden, mask_lines
from auditor.model.redaction import mask_literals
from auditor.reporters.parts.printable import printable
from auditor.reporters.parts.redacted import holds_secret

CONTEXT = 2
"""Lines shown before and after."""
MAX_LINE = 1_000
"""A longer line was not written by hand and is not shown."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a snippet, printable. `start` and `end` are the marked columns, from 0; equal where nothing is marked."""

    number: int
    text: str
    inside: bool
    start: int = 0
    end: int = 0


class Snippets:
    """Cuts snippets out of the texts of a report."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._source = lru_cache(maxsize=64)(self._read)

    def of(self, finding: Finding) -> tuple[Line, ...]:
        """The lines around the place of a finding; none where the source is not at hand."""
        span = finding.span
        lines, ranges = self._source(span.file)
        if not 1 <= span.line <= len(lines):
            return ()
        last = min(max(span.end_line, span.line), span.line + CONTEXT) if span.end_line > span.line else span.line
        first = max(1, span.line - CONTEXT)
        shown = mask_lines(lines, first, min(len(lines), last + CONTEXT), ranges)
        if holds_secret(finding):
            shown = [mask_literals(text) if span.line <= number <= span.end_line else text for number, text in enumerate(shown, first)]
        cut = [_line(number, lines[number - 1], text, finding) for number, text in enumerate(shown, first)]
        return _trimmed(cut)

    def _read(self, file: str) -> tuple[list[str], tuple[Hidden, ...]]:
        text = self._texts.get(file, "")
        return text.split("\n") if text else [], hidden(text)


def _line(number: int, raw: str, masked: str, finding: Finding) -> Line:
    span = finding.span
    inside = span.line <= number <= max(span.line, span.end_line)
    if len(raw) > MAX_LINE:
        return Line(number, f"(a line of {len(raw)} characters)", inside)
    raw, masked = raw.removesuffix("\r"), masked.removesuffix("\r")
    if number != span.line:
        return Line(number, _spaced(masked), inside)
    start = _moved(span.column - 1, raw, masked)
    end = _moved(span.end_column - 1 if span.end_line == span.line else len(raw.rstrip()), raw, masked)
    text = _spaced(masked)
    begin = len(_spaced(masked[:start]))
    stop = len(_spaced(masked[: max(start, end)]))
    return Line(number, text, inside, begin, max(stop, min(begin + 1, len(text))))


def _moved(column: int, raw: str, masked: str) -> int:
    """Where a column of the raw line is in the masked one."""
    column = max(0, min(column, len(raw)))
    if raw == masked:
        return column
    before = next((i for i, (a, b) in enumerate(zip(raw, masked, strict=False)) if a != b), min(len(raw), len(masked)))
    if column <= before:
        return column
    room = min(len(raw), len(masked)) - before
    after = next((i for i in range(room) if raw[-1 - i] != masked[-1 - i]), room)
    return len(masked) - min(after, len(raw) - column)


def _spaced(text: str) -> str:
    return printable(text.replace("\t", "    "))


def _trimmed(lines: list[Line]) -> tuple[Line, ...]:
    """Without the blank lines at both ends."""
    while lines and not lines[0].inside and not lines[0].text.strip():
        lines.pop(0)
    while lines and not lines[-1].inside and not lines[-1].text.strip():
        lines.pop()
    return tuple(lines)
