"""Regular expressions of Terraform, which are RE2's: matched by RE2 itself, in time that is linear in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from auditor.loaders.terraform.values.types import EvaluationError

_NAMED = re.compile(r"\(\?P?<(\w+)>")
_ONE_BYTE = re.compile(r"(?<!\\)(?:\\\\)*\\C")  # RE2 has it for bytes, Go refuses it
_MEMORY = 64 << 20  # bytes that a compiled pattern may take


class Regexp:
    """A compiled pattern. `names`: one entry for each group, None for a group without a name."""

    def __init__(self, pattern: str) -> None:
        import re2  # type: ignore[import-untyped]  # the package has no types

        if _ONE_BYTE.search(pattern):
            raise EvaluationError(r"invalid regexp pattern: invalid escape sequence in \C")
        options = re2.Options()
        options.log_errors = False
        options.max_mem = _MEMORY
        try:
            self._compiled: Any = re2.compile(pattern, options)
        except re2.error as error:
            message = error.args[0] if error.args else ""
            text = message.decode("utf-8", "replace") if isinstance(message, bytes) else str(message)
            raise EvaluationError(f"invalid regexp pattern: {text}") from None
        by_index = {index: name for name, index in self._compiled.groupindex.items()}
        names: list[str | None] = [by_index.get(index + 1) for index in range(self._compiled.groups)]
        written = _NAMED.findall(pattern)
        if None in names and len(written) == len(names):  # a name that stands twice has one index
            names = [*written]
        self.names: tuple[str | None, ...] = tuple(names)

    def search(self, text: str) -> list[int] | None:
        """The offsets of the first match and of its groups (start, end, start, end ...; -1 for a group that took no part)."""
        found = self._compiled.search(text)
        return None if found is None else _offsets(found)

    def all(self, text: str) -> Iterator[list[int]]:
        """The offsets of every match; an empty one right after another match does not count, as in Go."""
        end = -1
        for found in self._compiled.finditer(text):
            if found.start() == found.end() == end:
                continue
            end = found.end()
            yield _offsets(found)

    def replace(self, text: str, new: str) -> str:
        """The text with every match replaced; `$1` and `${name}` in `new` stand for groups."""
        made: list[str] = []
        done = 0
        for found in self.all(text):
            made += (text[done : found[0]], self._expanded(new, text, found))
            done = found[1]
        return "".join((*made, text[done:]))

    def _expanded(self, new: str, text: str, found: list[int]) -> str:
        made, position = [], 0
        while (dollar := new.find("$", position)) >= 0:
            made.append(new[position:dollar])
            name, position = _group_name(new, dollar)
            made.append("$" if name == "$" else self._group(name, text, found) if name is not None else "$")
        return "".join((*made, new[position:]))

    def _group(self, name: str, text: str, found: list[int]) -> str:
        if name.isdecimal() and name.isascii():
            index = int(name) if len(name) == 1 or name[0] != "0" else -1
        else:
            index = max((i + 1 for i, known in enumerate(self.names) if known == name and found[2 * i + 2] >= 0), default=-1)
        if not 0 <= index <= len(self.names) or found[2 * index] < 0:
            return ""
        return text[found[2 * index] : found[2 * index + 1]]


def _offsets(found: Any) -> list[int]:
    return [offset for group in range(found.re.groups + 1) for offset in found.span(group)]


def _group_name(new: str, dollar: int) -> tuple[str | None, int]:
    """(name after a `$`, offset behind it); None when no name follows."""
    start = dollar + 1
    if new[start : start + 1] == "$":
        return "$", start + 1
    braced = new[start : start + 1] == "{"
    start += braced
    end = start
    while end < len(new) and (new[end] == "_" or new[end].isalnum()):
        end += 1
    if end == start or (braced and new[end : end + 1] != "}"):
        return None, dollar + 1
    return new[start:end], end + braced


@lru_cache(maxsize=256)
def compile_regexp(pattern: str) -> Regexp:
    """The compiled pattern; raises `EvaluationError` for one that RE2 refuses."""
    return Regexp(pattern)
