"""Jenkinsfiles, as far as they are declarations: blocks, calls with their arguments, and assignments; other Groovy is passed over.

A block is a list of calls, a call a table: `name`, `arguments` (a list), `named` (a table), and `body` when a block follows it. An
assignment is a call whose name is what it assigns to, with `assigned` true. Texts know whether Groovy fills them in: their tag is
`gstring` then.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from auditor.model.diagnostic import Diagnostic
from auditor.model.span import Span
from auditor.model.value import Value
from auditor.model.written import Table, Written

MAX_DEPTH = 60

_TOKEN = re.compile(
    r"""(?P<blank>[ \t\r]+|\\\n)
      | (?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z)|\#![^\n]*)
      | (?P<newline>\n|;)
      | (?P<string>'''.*?(?:'''|\Z)|\"\"\".*?(?:\"\"\"|\Z)|'(?:[^'\\\n]|\\.)*'?|"(?:[^"\\\n]|\\.)*"?)
      | (?P<number>\d+(?:\.\d+)?)
      | (?P<word>@?[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)*)
      | (?P<mark>[{}()\[\],:=])
      | (?P<other>.)""",
    re.X | re.S,
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.S)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "\n": ""}
_OPEN = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


class _Source:
    """A text whose offsets have lines and columns."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def value(self, data: object, start: int, end: int) -> Written:
        line, column = self.place(start)
        end_line, end_column = self.place(end)
        return Written(data, self.file, line, column, end_line, end_column)

    def place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1


def read_jenkinsfile(text: str, file: str) -> tuple[Value, list[Diagnostic]]:
    """(the calls at the top level, problems)."""
    source = _Source(text, file)
    tokens = [
        _Token(str(found.lastgroup), found[0], found.start(), found.end())
        for found in _TOKEN.finditer(text)
        if found.lastgroup not in ("blank", "comment")
    ]
    parser = _Parser(source, tokens)
    calls = parser.block(0)
    return source.value(calls, 0, len(text)), parser.problems


class _Parser:
    def __init__(self, source: _Source, tokens: list[_Token]) -> None:
        self.source = source
        self.tokens = tokens
        self.next = 0
        self.problems: list[Diagnostic] = []

    def peek(self) -> _Token | None:
        return self.tokens[self.next] if self.next < len(self.tokens) else None

    def is_mark(self, text: str) -> bool:
        token = self.peek()
        return token is not None and token.kind == "mark" and token.text == text

    def block(self, depth: int) -> list[Value]:
        """The calls up to the end of the block."""
        calls: list[Value] = []
        opened = self.next
        while (token := self.peek()) is not None:
            if token.kind == "mark" and token.text == "}":
                if depth:
                    return calls
                self.next += 1
            elif token.kind == "word" and depth < MAX_DEPTH:
                calls.append(self.call(depth))
            elif token.kind == "mark" and token.text == "{":
                self.next += 1
                calls += self.block(depth + 1)
                self.next += 1
            else:
                self.next += 1
        if depth:
            line, column = self.source.place(self.tokens[opened - 1].start)
            span = Span(self.source.file, line, column, line, column + 1)
            self.problems.append(Diagnostic(span, "jenkinsfile-syntax", "this block is not closed", gap=True))
        return calls

    def call(self, depth: int) -> Value:
        """A name with what follows it on its line, and its block."""
        name = self.tokens[self.next]
        self.next += 1
        table = Table()
        table["name"] = self.source.value(name.text, name.start, name.end)
        table.keys_at["name"] = self.source.value("name", name.start, name.end)
        if self.is_mark("="):
            self.next += 1
            table["assigned"] = Value(data=True)
        arguments: list[Value] = []
        named = Table()
        end = self.arguments(arguments, named, name.end)
        table["arguments"] = self.source.value(arguments, name.start, end)
        table["named"] = self.source.value(named, name.start, end)
        if self.is_mark("{"):
            start = self.tokens[self.next].start
            self.next += 1
            body = self.block(depth + 1)
            end = self.tokens[self.next].end if self.next < len(self.tokens) else len(self.source.text)
            self.next += 1
            table["body"] = self.source.value(body, start, end)
        return self.source.value(table, name.start, end)

    def arguments(self, arguments: list[Value], named: Table, end: int) -> int:
        """Read arguments up to the end of the line or the block; the offset where they end."""
        inside: list[str] = []
        while (token := self.peek()) is not None:
            if token.kind == "newline" and not inside:
                break
            if token.kind == "mark" and token.text in ("{", "}") and not inside:
                break
            if token.kind == "mark" and token.text in _OPEN:
                inside.append(_OPEN[token.text])
            elif token.kind == "mark" and inside and token.text == inside[-1]:
                inside.pop()
            elif token.kind in ("string", "number", "word"):
                self.argument(token, arguments, named)
            self.next += 1
            end = token.end
        return end

    def argument(self, token: _Token, arguments: list[Value], named: Table) -> None:
        following = self.tokens[self.next + 1] if self.next + 1 < len(self.tokens) else None
        if token.kind == "word" and following is not None and following.kind == "mark" and following.text == ":":
            value = self.tokens[self.next + 2] if self.next + 2 < len(self.tokens) else None
            named.keys_at[token.text] = self.source.value(token.text, token.start, token.end)
            if value is not None and value.kind in ("string", "number", "word"):
                named[token.text] = self.value(value)
                self.next += 2
            return
        arguments.append(self.value(token))

    def value(self, token: _Token) -> Written:
        if token.kind == "number":
            return self.source.value(float(token.text) if "." in token.text else int(token.text), token.start, token.end)
        if token.kind == "word":
            known = {"true": True, "false": False, "null": None}
            made = self.source.value(known.get(token.text, token.text), token.start, token.end)
            made.tag = "code" if token.text not in known else None
            return made
        quote = token.text[:3] if token.text[:3] in ("'''", '"""') else token.text[0]
        raw = (
            token.text[len(quote) : -len(quote)]
            if token.text.endswith(quote) and len(token.text) >= 2 * len(quote)
            else token.text[len(quote) :]
        )
        text = _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), raw) if "\\" in raw else raw
        made = self.source.value(text, token.start, token.end)
        made.raw, made.style = text, quote if text == raw else "escaped"
        if quote[0] == '"' and "$" in raw:
            made.tag = "gstring"
        return made
