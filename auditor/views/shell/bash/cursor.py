"""The place in a script that is being read, and what waits to be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from auditor.views.shell.tree import Dialect, Redirect, Sequence

MAX_DEPTH = 60

FILLER = "\ue000"
"""Stands for every character of a placeholder: no shell gives it a meaning."""

_BLANK = re.compile(r"(?:[ \t]|\\\n)+")
_COMMENT = re.compile(r"#[^\n]*")


class Broken(Exception):
    """The text is not a script of this grammar."""

    def __init__(self, position: int, reason: str) -> None:
        super().__init__(reason)
        self.position = position
        self.reason = reason


@dataclass(slots=True)
class Heredoc:
    """A `<<` whose text begins after the line."""

    redirect: Redirect
    delimiter: str
    quoted: bool
    indented: bool


@dataclass(slots=True)
class Cursor:
    """`text` is what is read (placeholders filled), `source` what is quoted from; both have the same length."""

    text: str
    source: str
    end: int
    dialect: Dialect
    places: dict[int, int]
    """Where placeholders start -> where they end."""
    read_sequence: Callable[[Cursor, str, frozenset[str]], Sequence]
    read_heredocs: Callable[[Cursor], None]
    position: int = 0
    depth: int = 0
    pending: list[Heredoc] = field(default_factory=list)

    def peek(self, length: int = 1) -> str:
        """The next characters."""
        return self.text[self.position : min(self.position + length, self.end)]

    def at(self, token: str) -> bool:
        """Whether the token comes next."""
        return self.text.startswith(token, self.position, self.end)

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The match of a pattern right here, consumed."""
        found = pattern.match(self.text, self.position, self.end)
        if found:
            self.position = found.end()
        return found

    def take(self, token: str) -> bool:
        """Consume the token, if it comes next."""
        if self.at(token):
            self.position += len(token)
            return True
        return False

    def expect(self, token: str, where: str) -> None:
        """Consume the token."""
        if not self.take(token):
            raise Broken(self.position, f"{token!r} is missing in {where}")

    def advance(self, length: int) -> None:
        """Go on, at most to the end."""
        self.position = min(self.position + length, self.end)

    def done(self) -> bool:
        """Whether nothing is left."""
        return self.position >= self.end

    def skip_blanks(self) -> None:
        """Go past blanks, continued lines, and a comment."""
        self.match(_BLANK)
        self.match(_COMMENT)

    def skip_lines(self) -> None:
        """Go past blanks, comments and line ends; the texts of heredocs are read on the way."""
        while True:
            self.skip_blanks()
            if not self.take("\n"):
                return
            if self.pending:
                self.read_heredocs(self)

    def deeper(self) -> None:
        """Enter a nested construct."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Broken(self.position, "nested too deeply")
