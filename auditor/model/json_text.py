"""JSON with places: read quickly, located only when somebody asks where a part is written."""

from __future__ import annotations

import json
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from auditor.model.span import Span
from auditor.model.value import Place, Value, from_plain

_TOKEN = re.compile(r'\s*(?:("(?:[^"\\]|\\.)*")|([{}\[\],:])|([^\s{}\[\],:"]+))')
_TRAILING = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[\]}])')
_MAX_DEPTH = 200


def parse_json(text: str, place: Place) -> Value | None:
    """The value of a JSON text written at `place`; None when it is not a JSON object or array.

    A comma after the last item is overlooked, as people leave it there: what they meant can still be judged.
    """
    if text.lstrip()[:1] not in ("{", "["):
        return None
    data = _data(text)
    if data is None:
        data = _data(_TRAILING.sub(lambda found: found[1] or " ", text))
    if data is None:
        return None
    return from_plain(data, lambda path: Inside(place, text, path))


def parse_json_file(text: str, file: str) -> Value:
    """The value of a JSON file; raises `json.JSONDecodeError` and `RecursionError`."""
    return from_plain(json.loads(text), JsonFile(file, text).place)


def _data(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


@dataclass(frozen=True, slots=True)
class Inside:
    """The part at `path` of a JSON text that is itself written at `place`."""

    place: Place
    text: str
    path: tuple[str | int, ...]

    def span(self) -> Span:
        """The lines of that part where the text's lines can be told apart, else the whole text."""
        whole = self.place.span()
        found = locate(self.text, self.path)
        lines = self.text.count("\n")
        if found is None or whole.end_line - whole.line < lines:
            return whole
        # A text of several lines is a heredoc, whose body starts on the line below its marker, or a file of its own.
        below = 1 if whole.end_line - whole.line > lines or whole.column > 1 else 0
        (line, column), (end_line, end_column) = found
        return Span(whole.file, whole.line + below + line - 1, column, whole.line + below + end_line - 1, end_column)


@dataclass(frozen=True, slots=True)
class JsonFile:
    """A JSON document that is a file of its own; `place(path)` finds a part of it."""

    file: str
    text: str

    def place(self, path: tuple[str | int, ...]) -> Place:
        """The place of the part at `path`."""
        return _Part(self, path)


@dataclass(frozen=True, slots=True)
class _Part:
    document: JsonFile
    path: tuple[str | int, ...]

    def span(self) -> Span:
        found = locate(self.document.text, self.path)
        if found is None:
            return Span(self.document.file)
        (line, column), (end_line, end_column) = found
        return Span(self.document.file, line, column, end_line, end_column)


def locate(text: str, path: tuple[str | int, ...]) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """((line, column), (end line, end column)) of the part at `path`, its key excluded; None when it is not there.

    Only what lies on the way is taken apart, so that a part of a large document is found quickly.
    """
    start = _after(text, 0)
    end = None
    for step in path:
        found = _members(text, start).get(step)
        if found is None:
            return None
        start, end = found
    if end is None:
        try:
            end = _end(text, start)
        except (ValueError, RecursionError):
            return None
    return _line_column(text, start), _line_column(text, end)


_SPACE = re.compile(r"\s*")
_DECODER = json.JSONDecoder(strict=False)


def _end(text: str, start: int) -> int:
    """Where the value that begins at `start` ends; raises ValueError or RecursionError."""
    return _DECODER.raw_decode(text, start)[1]


@lru_cache(maxsize=1 << 14)
def _members(text: str, start: int) -> dict[str | int, tuple[int, int]]:
    """The offsets of the members of the object or array that begins at `start`; nothing for anything else."""
    found: dict[str | int, tuple[int, int]] = {}
    if text[start : start + 1] not in ("{", "["):
        return found
    named = text[start] == "{"
    position = _after(text, start + 1)
    try:
        while text[position : position + 1] not in ("}", "]", ""):
            key: str | int = len(found)
            if named:
                key, position = _DECODER.raw_decode(text, position)
                position = _after(text, _after(text, position) + 1)
            end = _end(text, position)
            found[key] = (position, end)
            position = _after(text, end)
            if text[position : position + 1] != ",":
                break
            position = _after(text, position + 1)
    except (ValueError, RecursionError):
        return found
    return found


def _after(text: str, position: int) -> int:
    """The position of what follows the white space."""
    return _SPACE.match(text, position).end()  # type: ignore[union-attr]


def _line_column(text: str, offset: int) -> tuple[int, int]:
    starts = _line_starts(text)
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


@lru_cache(maxsize=8)
def _line_starts(text: str) -> array[int]:
    """The offset of each line's first character."""
    return array("Q", (0, *(found.end() for found in re.finditer("\n", text))))


@lru_cache(maxsize=8)
def offsets(text: str) -> dict[tuple[str | int, ...], tuple[int, int]]:
    """The offsets of every part of a JSON text."""
    found: dict[tuple[str | int, ...], tuple[int, int]] = {}
    for path, start, end in _parts(text):
        found.setdefault(path, (start, end))
    return found


def _parts(text: str) -> Iterator[tuple[tuple[str | int, ...], int, int]]:
    stack: list[list[Any]] = []  # [path, start, next index or None for a table, pending key]
    position = 0

    def path_here() -> tuple[str | int, ...]:
        if not stack:
            return ()
        path, _, index, key = stack[-1]
        return (*path, key if index is None else index)

    while token := _TOKEN.match(text, position):
        string, mark, word = token.groups()
        start = token.start(token.lastindex or 0)
        position = token.end()
        if mark in ("{", "["):
            stack.append([path_here(), start, None if mark == "{" else 0, None])
        elif mark in ("}", "]"):
            if not stack:
                return
            path, opened, _, _ = stack.pop()
            yield path, opened, position
        elif mark == "," and stack and stack[-1][2] is not None:
            stack[-1][2] += 1
        elif mark == "," and stack:
            stack[-1][3] = None
        elif string is not None and stack and stack[-1][2] is None and stack[-1][3] is None:
            stack[-1][3] = json.loads(string, strict=False)
        elif string is not None or word is not None:
            yield path_here(), start, position
