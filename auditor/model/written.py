"""Values of a YAML document: their place, their text as it stands there, and the place of every part of that text."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from auditor.model.span import Span
from auditor.model.value import UNMARKED, Value

_Form: TypeAlias = "tuple[str, str | None, int]"
_PLAIN: Final[_Form] = ("", None, 0)
"""Style, tag and indent of most scalars: without quotes and tag."""


class Written(Value):
    """A value with its place: lines and columns count from 1.

    `raw` is a scalar's text as it is meant, `style` how it is quoted: one of `|`, `>`, a quote, three of them, or nothing. `indent` is how
    many columns the lines of a `|` block stand to the right of its text.
    """

    __slots__ = ("_form", "column", "end_column", "end_line", "file", "line", "raw")

    def __init__(self, data: Any, file: str, line: int, column: int, end_line: int, end_column: int, raw: str = "") -> None:
        self.data = data
        self.marks = UNMARKED
        self.file = file
        self.line = line
        self.column = column
        self.end_line = end_line
        self.end_column = end_column
        self.raw = raw
        self._form = _PLAIN

    @property
    def style(self) -> str:
        """How a scalar is quoted."""
        return self._form[0]

    @style.setter
    def style(self, style: str) -> None:
        self._form = (style, *self._form[1:])

    @property
    def tag(self) -> str | None:
        """The tag that is written before it."""
        return self._form[1]

    @tag.setter
    def tag(self, tag: str | None) -> None:
        self._form = (self._form[0], tag, self._form[2])

    @property
    def indent(self) -> int:
        """How far the lines of a block stand to the right of its text."""
        return self._form[2]

    @indent.setter
    def indent(self, indent: int) -> None:
        self._form = (*self._form[:2], indent)

    @property
    def place(self) -> Written:  # type: ignore[override]  # a slot there, itself here
        """The value is its own place."""
        return self

    def span(self) -> Span:
        """Where it is written."""
        return Span(self.file, self.line, self.column, self.end_line, self.end_column)

    def within(self, start: int, end: int) -> Span:
        """Where the characters `start` to `end` of its text are written; the whole scalar where quoting hides it."""
        if self.style == "|":
            line, column = self._in_block(start)
            end_line, end_column = self._in_block(end)
            return Span(self.file, line, column, end_line, end_column)
        if len(self.style) == 3 and self.raw.count("\n") == self.end_line - self.line:
            return Span(self.file, *self._in_lines(start), *self._in_lines(end))
        quote = 1 if self.style in ("'", '"') else 0
        if self.line != self.end_line or self.end_column - self.column != len(self.raw) + 2 * quote:
            return self.span()
        column = self.column + quote
        return Span(self.file, self.line, column + start, self.line, column + end)

    def _in_lines(self, offset: int) -> tuple[int, int]:
        """Between triple quotes, where every line stands as it is."""
        before = self.raw[:offset]
        line = before.count("\n")
        return self.line + line, offset - (before.rfind("\n") + 1) + 1 if line else self.column + 3 + offset

    def _in_block(self, offset: int) -> tuple[int, int]:
        before = self.raw[:offset]
        return self.line + 1 + before.count("\n"), offset - (before.rfind("\n") + 1) + self.indent + 1


class Table(dict[str, Value]):
    """A mapping that knows where its keys stand, and which of them stand twice. `doubled`: whether some key does, in it or below."""

    __slots__ = ("doubled", "duplicates", "keys_at")

    def __init__(self) -> None:
        super().__init__()
        self.keys_at: dict[str, Written] = {}
        self.duplicates: list[Written] = []
        self.doubled = False
