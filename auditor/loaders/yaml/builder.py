"""The tree of a YAML document, made from libyaml's events.

What is shared by an alias is one object; how much a reader would see of it is counted, so that a few lines cannot stand for a billion
values.
"""

from __future__ import annotations

import base64
import binascii
from functools import cache
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
MAX_REMEMBERED = 20_000
"""The most texts whose type is remembered."""
MAX_DUPLICATES = 100
"""The most keys of a mapping that are remembered as standing twice."""

_TYPED = frozenset(f"tag:yaml.org,2002:{name}" for name in ("int", "float", "bool", "null"))
"""Tags that type a scalar even when it is quoted."""
_PARSER: Any = getattr(yaml, "_yaml", None)


class Refused(Exception):
    """The document is well-formed and still not accepted."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


class Builder:
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
        self.aliased = 0
        self.typed = _typed(dialect)
        self.duplicates: list[Written] = []
        self.stack: list[tuple[Written | None, Written | None, int]] = []
        self.warnings: list[Diagnostic] = []

    def build(self) -> Written | Builder | None:  # noqa: C901, PLR0912, PLR0915 - the hot loop: a call costs more than its body
        """The root of the next document, None for an empty one; the builder itself at the end."""
        self.anchors.clear()
        self.sizes.clear()
        self.open.clear()
        self.aliased = 0
        root: Written | None = None
        stack = self.stack = []
        current: Written | None = None
        inside: Any = None
        key: Written | None = None
        started = count = 0
        plain, file, before, get, typed = self.dialect.plain, self.file, self.before, self.parser.get_event, self.typed
        while True:
            event = get()
            kind = event.__class__
            if kind is ScalarEvent:
                raw = event.value
                if event.style or event.tag is not None:
                    node = self.scalar(event)
                else:
                    mark, end = event.start_mark, event.end_mark
                    data = typed.get(raw, typed)
                    if data is typed:
                        data = plain(raw)
                        if len(typed) < MAX_REMEMBERED:
                            typed[raw] = data
                    node = Written(data, file, mark.line + before, mark.column + 1, end.line + before, end.column + 1, raw)
                if event.anchor:
                    self.anchors[event.anchor] = node
                count += 1
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                mark = event.start_mark
                opened: Any = Table() if kind is MappingStartEvent else []
                line, column = mark.line + before, mark.column + 1
                if len(stack) >= MAX_DEPTH:
                    raise Refused(f"nested deeper than {MAX_DEPTH} levels", line, column)
                if key is None and inside.__class__ is Table:
                    raise Refused("a mapping or a list cannot be a key", line, column)
                stack.append((current, key, started))
                current, inside, key, started = Written(opened, file, line, column, line, column), opened, None, count
                if event.tag is not None:
                    current.tag = event.tag
                if event.anchor:
                    self.anchors[event.anchor] = current
                    self.open.add(id(current))
                count += 1
                continue
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                assert current is not None
                mark = event.end_mark
                self.close(current, mark.line + before, mark.column + 1)
                if self.anchors:
                    self.open.discard(id(current))
                    self.sizes[id(current)] = count - started
                node = current
                current, key, started = stack.pop()
                inside = current.data if current is not None else None
            elif kind is AliasEvent:
                node = self.alias(event)
                count += self.sizes.get(id(node), 1)
            elif kind is DocumentEndEvent:
                return root
            elif kind is StreamEndEvent:
                return self
            else:
                continue
            if inside.__class__ is Table:
                if key is None:
                    key = node
                    continue
                name = key.data
                if name.__class__ is str and name == key.raw and name not in inside and name != "<<":
                    inside.keys_at[name] = key
                    inside[name] = node
                else:
                    self.put(inside, key, node)
                key = None
            elif inside is None:
                root = node
            else:
                inside.append(node)

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
        node = Written(data, self.file, line, mark.column + 1, end_line, end_column, event.value)
        node._form = (event.style or "", tag, self.indent(mark.line, event.value) if event.style == "|" else 0)
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
            raise Refused(f"the alias *{event.anchor} has no anchor before it", mark.line + self.before, mark.column + 1)
        if id(node) in self.open:
            raise Refused(f"the anchor &{event.anchor} contains itself", mark.line + self.before, mark.column + 1)
        self.aliased += self.sizes.get(id(node), 1)
        if self.aliased > MAX_ALIASED:
            message = f"more than {MAX_ALIASED:,} values once aliases are followed"
            raise Refused(message, mark.line + self.before, mark.column + 1)
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
            for inside in (table, *(around.data for around, _, _ in self.stack if around is not None)):
                if isinstance(inside, Table):
                    inside.doubled = True
            if len(table.duplicates) < MAX_DUPLICATES:
                table.duplicates.append(key)
        table.keys_at[name] = key
        table[name] = node

    def end(self) -> None:
        """What follows the mark `...` belongs to nobody: kubectl does not read it either."""
        try:
            event = self.parser.get_event()
            place = None if event is None or event.__class__ is StreamEndEvent else event.start_mark
        except yaml.MarkedYAMLError as error:
            place = error.problem_mark
        if place is not None:
            message = "what follows the end of the document, and no --- before it, is not read"
            line = place.line + self.before
            self.warnings.append(Diagnostic(Span(self.file, line, 1, line, 1), "yaml-after-end", message, Level.WARNING, gap=True))

    def problems(self) -> list[Diagnostic]:
        """What is wrong with the last document, though it is read: keys that stand twice are one problem."""
        found, self.warnings, twice, self.duplicates = self.warnings, [], self.duplicates, []
        if twice:
            more = f"; so do {len(twice) - 1:,} more keys" if len(twice) > 1 else ""
            message = f"the key {twice[0].raw[:60]!r} stands twice: the last one counts{more}"
            found.append(Diagnostic(twice[0].span(), "yaml-duplicate-key", message, Level.WARNING))
        return found

    def merge(self, table: Table, source: Value, key: Written) -> None:
        """Put the entries of another mapping into a table."""
        if not isinstance(source.data, dict):
            span = key.span()
            self.warnings.append(Diagnostic(span, "yaml-merge", "only a mapping can be merged with <<", Level.WARNING))
            return
        for name, value in source.data.items():
            if self.dialect.overwrites or name not in table:
                table[name] = value


@cache
def _typed(dialect: Dialect) -> dict[str, Any]:
    """What plain scalars are read as: most of them stand in a tree many times."""
    return {}


def _lead(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _key_text(key: Written) -> str:
    if key.data is None:
        return "null"
    if isinstance(key.data, bool):
        return "true" if key.data else "false"
    return str(key.data)
