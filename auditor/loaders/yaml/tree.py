"""YAML to values, from libyaml's events: 5 to 10 MB/s with the place of every key and value.

A text is cut at its document marks first, so that one broken document leaves the others. What is shared by an alias is one
object; how much a reader would see of it is counted, so that a few lines cannot stand for a billion values.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from auditor.loaders.yaml.dialect import Dialect
from auditor.model.diagnostic import Diagnostic, Level
from auditor.model.span import Span
from auditor.model.value import Value
from auditor.model.written import Table, Written

MAX_DEPTH = 100
MAX_ALIASED = 400_000
"""The most values that a document may seem to hold because of its aliases: kubectl refuses more, too."""
MAX_DUPLICATES = 100
"""The most keys of a mapping that are remembered as standing twice."""

_MARK = re.compile(r"^(?:%[^\n]*\n)*---(?:[ \t].*)?\r?$", re.M)
_EMPTY = re.compile(r"(?:[ \t]*(?:#.*)?\r?\n|%.*\n|\ufeff)*[ \t]*(?:#.*)?\Z")
_TYPED = frozenset(f"tag:yaml.org,2002:{name}" for name in ("int", "float", "bool", "null"))
"""Tags that type a scalar even when it is quoted."""
_PARSER: Any = getattr(yaml, "_yaml", None)


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a stream; `line` is the line that it starts on."""

    root: Written
    line: int
    end_line: int


class _Refused(Exception):
    """The document is well-formed and still not accepted."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


def read_yaml(text: str, file: str, dialect: Dialect) -> tuple[list[Document], list[Diagnostic]]:
    """(documents, problems) of a text; a broken document is one problem, an empty one nothing."""
    documents: list[Document] = []
    problems: list[Diagnostic] = []
    for start, piece in _pieces(text):
        root: Written | None = None
        try:
            root, warnings = _Builder(piece, file, start, dialect).build()
            problems += warnings
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1 + start, mark.column + 1) if mark else (start + 1, 1)
            problems.append(_problem(file, line, column, "yaml-syntax", " ".join(filter(None, (error.problem, error.context)))))
        except yaml.reader.ReaderError as error:
            line = piece.count("\n", 0, min(error.position, len(piece))) + 1 + start
            problems.append(_problem(file, line, 1, "yaml-syntax", f"a character that YAML does not allow: {error.reason}"))
        except _Refused as error:
            problems.append(_problem(file, error.line, error.column, "yaml-refused", error.message))
        if root is not None and root.data is not None:
            documents.append(Document(root, start + 1, start + piece.count("\n") + 1))
    return documents, problems


def _problem(file: str, line: int, column: int, code: str, message: str) -> Diagnostic:
    return Diagnostic(Span(file, line, column, line, column + 1), code, message, gap=True)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """(lines before it, text) of every document; what stands before the first mark belongs to it when it is empty."""
    starts = [0, *(found.start() for found in _MARK.finditer(text) if found.start())]
    begin = line = 0
    for end in (*starts[1:], len(text)):
        piece = text[begin:end]
        if end < len(text) and _EMPTY.match(piece) and not _MARK.match(piece):
            continue
        yield line, piece
        line += piece.count("\n")
        begin = end


class _Builder:
    """Makes one document's tree out of events."""

    def __init__(self, text: str, file: str, before: int, dialect: Dialect) -> None:
        self.parser: Any = _PARSER.CParser(text) if _PARSER else yaml.SafeLoader(text)
        self.text = text
        self.lines: list[str] = []
        self.file = file
        self.before = before + 1
        self.dialect = dialect
        self.anchors: dict[str, Written] = {}
        self.sizes: dict[int, int] = {}
        self.open: set[int] = set()
        self.count = self.aliased = 0
        self.duplicates: list[Written] = []
        self.warnings: list[Diagnostic] = []

    def build(self) -> tuple[Written | None, list[Diagnostic]]:  # noqa: C901, PLR0912, PLR0915 - the hot loop: a call costs more than its body
        """(root, warnings); None for an empty document."""
        root: Written | None = None
        stack: list[tuple[Written, Written | None, int]] = []
        current: Written | None = None
        key: Written | None = None
        started = 0
        plain, file, before, get = self.dialect.plain, self.file, self.before, self.parser.get_event
        while True:
            event = get()
            kind = event.__class__
            if kind is ScalarEvent:
                mark, end = event.start_mark, event.end_mark
                style, raw = event.style, event.value
                if not style and event.tag is None:
                    node = Written(plain(raw), file, mark.line + before, mark.column + 1, end.line + before, end.column + 1, raw)
                else:
                    node = self.scalar(event)
                    node.raw = raw
                    node.style = style or ""
                if event.anchor:
                    self.anchors[event.anchor] = node
                self.count += 1
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                mark = event.start_mark
                data: Any = Table() if kind is MappingStartEvent else []
                opened = Written(data, file, mark.line + before, mark.column + 1, mark.line + before, mark.column + 1)
                opened.tag = event.tag
                if event.anchor:
                    self.anchors[event.anchor] = opened
                self.open.add(id(opened))
                if len(stack) >= MAX_DEPTH:
                    raise _Refused(f"nested deeper than {MAX_DEPTH} levels", opened.line, opened.column)
                if current is not None and key is None and current.data.__class__ is Table:
                    raise _Refused("a mapping or a list cannot be a key", opened.line, opened.column)
                stack.append((current, key, started))  # type: ignore[arg-type]
                current, key, started = opened, None, self.count
                self.count += 1
                continue
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                assert current is not None
                node = current
                mark = event.end_mark
                self.close(node, mark.line + before, mark.column + 1)
                self.open.discard(id(node))
                self.sizes[id(node)] = self.count - started
                current, key, started = stack.pop()
            elif kind is AliasEvent:
                node = self.alias(event)
            elif kind is DocumentEndEvent:
                self.end(event.end_mark.line + before)
                return root, [*self.warnings, *self.twice()]
            elif kind is StreamEndEvent:
                return root, []
            else:
                continue
            if self.aliased > MAX_ALIASED:
                raise _Refused(f"more than {MAX_ALIASED:,} values once aliases are followed", node.line, node.column)
            if current is None:
                root = node
            elif current.data.__class__ is list:
                current.data.append(node)
            elif key is None:
                key = node
            else:
                data = current.data
                name = key.data
                if name.__class__ is str and name is key.raw and name != "<<" and name not in data:
                    data.keys_at[name] = key
                    data[name] = node
                else:
                    self.put(data, key, node)
                key = None

    def scalar(self, event: Any) -> Written:
        """A scalar that is quoted or tagged."""
        mark, end = event.start_mark, event.end_mark
        line, end_line, end_column = mark.line + self.before, end.line + self.before, end.column + 1
        if event.style in ("|", ">"):  # libyaml ends a block at the next token
            end_line = min(end_line, line + event.value.count("\n") + (0 if event.value.endswith("\n") else 1))
            end_column = 1 if end_line == end.line + self.before else 200
        tag = event.tag
        data: Any = event.value
        if tag == "tag:yaml.org,2002:binary":
            try:
                data = base64.b64decode(event.value).decode("utf-8", "replace")
            except binascii.Error:
                data = event.value
        elif tag in _TYPED or (tag == "tag:yaml.org,2002:timestamp" and not event.style):
            data = self.dialect.plain(event.value)
        node = Written(data, self.file, line, mark.column + 1, end_line, end_column)
        node.tag = tag
        if event.style == "|":
            node.indent = self.indent(mark.line, event.value)
        return node

    def indent(self, line: int, text: str) -> int:
        """How far the lines of a block stand to the right of its text."""
        self.lines = self.lines or self.text.split("\n")
        wanted = next((it for it in text.split("\n") if it.strip()), "")
        numbers = range(line + 1, len(self.lines))
        written = next((it for number in numbers if (it := self.lines[number]).strip()), "")
        return max(0, _lead(written) - _lead(wanted))

    def alias(self, event: Any) -> Written:
        """What an alias stands for."""
        mark = event.start_mark
        node = self.anchors.get(event.anchor)
        if node is None:
            raise _Refused(f"the alias *{event.anchor} has no anchor before it", mark.line + self.before, mark.column + 1)
        if id(node) in self.open:
            raise _Refused(f"the anchor &{event.anchor} contains itself", mark.line + self.before, mark.column + 1)
        size = self.sizes.get(id(node), 1)
        self.count += size
        self.aliased += size
        return node

    def close(self, node: Written, line: int, column: int) -> None:
        """Set the end of a mapping or list: the end of its last part, since libyaml's mark is the start of the next token."""
        data: Any = node.data
        last = (data[-1] if data.__class__ is list else next(reversed(data.values()))) if data else None
        if isinstance(last, Written) and last.file == self.file and last.line >= node.line and line > last.end_line:
            node.end_line, node.end_column = last.end_line, last.end_column
        else:
            node.end_line, node.end_column = line, column

    def put(self, table: Table, key: Written, node: Written) -> None:
        """File an entry under its key, merging what `<<` names."""
        name = key.raw if key.style or isinstance(key.data, str) else _key_text(key)
        if name == "<<" and self.dialect.merge and not key.style:
            sources = node.data if isinstance(node.data, list) else [node]
            for source in reversed(sources) if self.dialect.overwrites else sources:  # of several, the first wins
                self.merge(table, source, key)
            return
        if name in table.keys_at:
            self.duplicates.append(key)
            if len(table.duplicates) < MAX_DUPLICATES:
                table.duplicates.append(key)
        table.keys_at[name] = key
        table[name] = node

    def end(self, line: int) -> None:
        """What follows the mark `...` belongs to nobody: kubectl does not read it either."""
        try:
            more = self.parser.get_event().__class__ is not StreamEndEvent
        except yaml.MarkedYAMLError:
            more = True
        if more:
            message = "what follows the end of the document, and no --- before it, is not read"
            self.warnings.append(Diagnostic(Span(self.file, line, 1, line, 1), "yaml-after-end", message, Level.WARNING, gap=True))

    def twice(self) -> list[Diagnostic]:
        """That keys stand twice: one problem for a document."""
        if not self.duplicates:
            return []
        key = self.duplicates[0]
        more = f"; so do {len(self.duplicates) - 1:,} more keys" if len(self.duplicates) > 1 else ""
        message = f"the key {key.raw[:60]!r} stands twice: the last one counts{more}"
        return [Diagnostic(key.span(), "yaml-duplicate-key", message, Level.WARNING)]

    def merge(self, table: Table, source: Value, key: Written) -> None:
        if not isinstance(source.data, dict):
            span = key.span()
            self.warnings.append(Diagnostic(span, "yaml-merge", "only a mapping can be merged with <<", Level.WARNING))
            return
        for name, value in source.data.items():
            if self.dialect.overwrites or name not in table:
                table[name] = value


def _lead(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _key_text(key: Written) -> str:
    if key.data is None:
        return "null"
    if isinstance(key.data, bool):
        return "true" if key.data else "false"
    return str(key.data)
