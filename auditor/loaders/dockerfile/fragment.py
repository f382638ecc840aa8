"""Pieces of a file as values: every character of their text stands where the file has it."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from auditor.model.span import Span
from auditor.model.written import Written


class Fragment(Written):
    """A value read from the characters `raw` of a file, which begin at a line and column.

    Where the value is the text itself, cleaned of comments and line ends but of the same length, its parts have their own places.
    """

    __slots__ = ()

    def within(self, start: int, end: int) -> Span:
        """Where the characters `start` to `end` are written; the whole where the value is not the text."""
        if not isinstance(self.data, str) or len(self.data) != len(self.raw):
            return self.span()
        line, column = self._place(start)
        end_line, end_column = self._place(end)
        return Span(self.file, line, column, end_line, end_column)

    def _place(self, offset: int) -> tuple[int, int]:
        before = self.raw[:offset]
        lines = before.count("\n")
        if not lines:
            return self.line, self.column + offset
        return self.line + lines, offset - before.rfind("\n")


class Text:
    """A file's text with its lines, and the maker of fragments."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.starts = [0]
        for line in text.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def fragment(self, data: Any, start: int, end: int) -> Fragment:
        """A value that stands at these offsets."""
        line, column = self.place(start)
        end_line, end_column = self.place(end)
        return Fragment(data, self.file, line, column, end_line, end_column, self.text[start:end])
