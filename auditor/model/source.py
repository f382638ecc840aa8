"""What suppressions are read from: comments, and the blocks that they speak for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of a source file. `own_line`: whether nothing else stands on its line."""

    file: str
    line: int
    text: str
    own_line: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A range of lines that a suppression comment inside or just above it speaks for: a block, a resource, a module call."""

    file: str
    start: int
    end: int
    address: str = ""
