"""The words of Terraform's native syntax."""

from __future__ import annotations

import re
from typing import Any, NoReturn

from auditor.loaders.terraform.language.tree import Source
from auditor.model.diagnostic import Diagnostic

MAX_DEPTH = 100
"""Expressions and blocks nested deeper than this are an error: Python's own stack is finite."""

_TOKEN = re.compile(
    r"""(?:[ \t\r]+|/\*(?s:.*?)\*/|(?:\#|//)[^\n]*)*
    (?:(?P<nl>\n)
    |(?P<id>[^\W\d][\w-]*)
    |"(?P<str>[^"\\$%\n]*)"
    |(?P<num>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    |<<(?P<hd>-?[^\W\d][\w-]*)[ \t]*\r?\n
    |(?P<op>==|!=|<=|>=|&&|\|\||=>|\.\.\.|::|\[\*\]|[-+*/%<>!?:=.,(){}\[\]])
    |(?P<quote>")
    |(?P<eof>\Z)
    |(?P<bad>.))""",
    re.X,
)


class SyntaxFailure(Exception):
    """The text cannot be parsed at this offset."""

    def __init__(self, message: str, start: int, end: int | None = None, *, lost: int | None = None) -> None:
        super().__init__(message)
        self.lost = start if lost is None else lost  # where sense is lost: what comes before cannot be read otherwise
        self.message = message
        self.start = start
        self.end = start + 1 if end is None else end


class Tokens:
    """The tokens of a text (or of a range of it), cut when they are needed, and the problems met on the way."""

    def __init__(self, source: Source, start: int = 0, end: int | None = None) -> None:
        self.source = source
        self.text = source.text if end is None else source.text[:end]
        self.position = start
        self.diagnostics: list[Diagnostic] = []
        self.lines = True  # whether a newline is a token
        self.depth = 0
        self.kind = ""
        self.token = ""
        self.start = start
        self.end = start
        self.last = start  # the end of the token before

    def advance(self) -> None:
        """Read the next token."""
        self.last = self.end
        while True:
            found = _TOKEN.match(self.text, self.position)
            assert found is not None  # `bad` takes any character, `eof` the end
            kind: Any = found.lastgroup
            self.position = self.end = found.end()
            if kind != "nl" or self.lines:
                break
        self.token = token = found[kind]
        self.kind = token if kind == "op" else kind
        self.start = found.start(kind) - (1 if kind == "str" else 2 if kind == "hd" else 0)

    def expect(self, kind: str, what: str) -> None:
        """Take a token of this kind."""
        if self.kind != kind:
            self.fail(what)
        self.advance()

    def fail(self, message: str) -> NoReturn:
        """Give up at the current token."""
        if self.text.startswith("/*", self.start):
            message = "the comment is not closed"
        raise SyntaxFailure(message, self.start, max(self.end, self.start + 1))

    def report(self, failure: SyntaxFailure) -> Diagnostic:
        """Remember a failure."""
        size = len(self.source.text)
        span = self.source.span(min(failure.start, size), min(failure.end, size))
        found = Diagnostic(span, "hcl-syntax", failure.message, gap=True)
        self.diagnostics.append(found)
        return found

    def enter(self) -> None:
        """Go one level deeper."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.fail(f"nested deeper than {MAX_DEPTH} levels")
