"""Where something is written."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.pickling import packed


@packed
@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A range of text in a file: lines and columns count from 1, the end is exclusive.

    `file` is relative to the scanned root (`../..` for files outside it), with forward slashes.
    """

    file: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Span("")
