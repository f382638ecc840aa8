"""Secrets in texts of several lines and in plain data: what only the neighbours of a line show, besides what `redaction` finds in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeAlias

from auditor.model.redaction import PAIR, PAIR_BACK, STARS, mask, mask_line, mask_literals, reference, secret_name

Hidden: TypeAlias = tuple[int, int, bool]
"""(first line, last line, whether all of them is secret rather than only the values in them)."""

Part: TypeAlias = tuple[int, int, bool]
"""The same by offsets, the end exclusive."""


def mask_text(text: str) -> str:
    """Text of several lines: each line, and what only its neighbours show to be secret."""
    if "\n" not in text:
        return mask_line(text)
    lines = text.split("\n")
    return "\n".join(mask_lines(lines, 1, len(lines), hidden(text)))


def mask_lines(lines: Sequence[str], first: int, last: int, ranges: Sequence[Hidden]) -> list[str]:
    """Lines `first` to `last` (from 1, both included), masked; `ranges` are the `hidden` ones of the whole text."""
    found = []
    for number, line in enumerate(lines[first - 1 : last], first):
        how = {whole for start, end, whole in ranges if start <= number <= end}
        found.append(_mask_whole(line) if True in how else mask_literals(line) if how else mask_line(line))
    return found


def mask_data(data: Any, name: str = "") -> Any:
    """Plain JSON data with the secrets in it masked; `name` is what the whole is assigned to."""
    match data:
        case str():
            return mask(data) if secret_name(name) and not reference(data) else mask_text(data)
        case Mapping():
            pair = data.get("name", data.get("key"))
            inner = pair if isinstance(pair, str) else ""
            return {key: mask_data(item, inner if key == "value" and inner else str(key)) for key, item in data.items()}
        case list() | tuple():
            return [mask_data(item, name) for item in data]
        case _:
            return data


def _mask_whole(line: str) -> str:
    body = line.strip()
    return line[: len(line) - len(line.lstrip())] + STARS if body else line


# -- which lines

_PEM = re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[^\n-]*\n((?:(?!-----)[^\n]*\n){1,400})")
_HEREDOC = re.compile(r"(?<![\w.-])([\w.-]{2,100})[\"']?[ \t]*[=:][ \t]*(?:\w+\()?<<[-~]?[\"']?(\w+)[\"']?[^\n]*\n")
_SCALAR = re.compile(r":[ \t]*[|>][\d+-]*[ \t]*\n")
_BLOCK_SCALAR = re.compile(r"(?m)^([ \t]*(?:- )?)([\w.-]{2,100}):[ \t]*[|>][\d+-]*[ \t]*\n")
_VARIABLE = re.compile(r"(?m)^[ \t]*variable[ \t]+\"([^\"\n]{1,200})\"[ \t]*\{[^\n]*\n((?:(?!\})[^\n]*\n){1,200})")
_SHORT_VARIABLE = re.compile(r"(?m)^[ \t]*variable[ \t]+\"([^\"\n]{1,200})\"[ \t]*\{([^\n]{1,4000})\}[ \t]*(?:[#/][^\n]*)?$")
_DEFAULT = re.compile(r"(?m)^[ \t]*default[ \t]*=[\s\S]*")
_SENSITIVE = re.compile(r"(?m)^\s*sensitive\s*=\s*true")
_SHORT_DEFAULT = re.compile(r"\bdefault[ \t]*=")
_SHORT_SENSITIVE = re.compile(r"\bsensitive[ \t]*=[ \t]*true\b")
_OPENING = re.compile(r"[\[{(][ \t]*\n")
_ASSIGNED = re.compile(r"(?<![\w.-])([\w.-]{2,100})[\"']?[ \t]*[=:][ \t]*(?:\w+\()?[\[{(][ \t]*\n")
_VALUE = re.compile(r"(?mi)^[ \t]*\"?(?:insecure_)?value(?:_wo)?\"?[ \t]*[=:][ \t]*")
_MANIFEST = re.compile(r"(?m)^kind:[ \t]*[\"']?Secret\b")
_DATA = re.compile(r"(?m)^(?:data|stringData):[ \t]*\n((?:(?:[ \t]+[^\n]*|[ \t]*#[^\n]*|)\n)*(?:[ \t]+[^\n]+)?)")


def hidden(text: str) -> tuple[Hidden, ...]:
    """The lines of a text that hold secrets although nothing in the line itself says so.

    Bodies of private keys; heredocs, block scalars and bracketed values given to a secret name; defaults of secret variables; a value
    below or above its secret name; values of a SecureString; data of a Kubernetes Secret.
    """
    text = text.replace("\r\n", " \n")
    breaks = [found.start() for found in re.finditer("\n", text)]
    parts = chain.from_iterable(find(text) for find in (_keys, _heredocs, _variables, _collections, _neighbours, _parameters, _manifests))
    lines = ((bisect_left(breaks, start) + 1, bisect_left(breaks, max(start, end - 1)) + 1, whole) for start, end, whole in parts)
    return tuple(sorted(set(lines)))


def _keys(text: str) -> Iterator[Part]:
    if "PRIVATE KEY" in text:
        for found in _PEM.finditer(text):
            yield found.start(1), found.end(1), True


# What stands inside a part is not looked at again: that would take quadratic time.


def _heredocs(text: str) -> Iterator[Part]:
    end = 0
    for found in _HEREDOC.finditer(text) if "<<" in text else ():
        if found.start() >= end and secret_name(found[1]):
            end = _marker(text, found.end(), found[2])
            yield found.end(), end, True
    for found in _BLOCK_SCALAR.finditer(text) if _SCALAR.search(text) else ():
        if secret_name(found[2]):
            yield found.end(), _dedent(text, found.end(), len(found[1])), True


def _variables(text: str) -> Iterator[Part]:
    for found in _VARIABLE.finditer(text) if "variable" in text else ():
        default = _DEFAULT.search(found[2])
        if default and (secret_name(found[1]) or _SENSITIVE.search(found[2])):
            yield found.start(2) + default.start(), found.end(2), False
    for found in _SHORT_VARIABLE.finditer(text) if "variable" in text else ():
        default = _SHORT_DEFAULT.search(found[2])
        if default and (secret_name(found[1]) or _SHORT_SENSITIVE.search(found[2])):
            yield found.start(2) + default.start(), found.end(2), False


def _collections(text: str) -> Iterator[Part]:
    end = 0
    for opening in _OPENING.finditer(text):
        if opening.start() < end:
            continue
        begin = max(text.rfind("\n", 0, opening.start()) + 1, opening.start() - 400)
        found = _ASSIGNED.search(text, begin, opening.end())
        if found and secret_name(found[1]) and not found[1].lower().endswith("secrets"):
            end = _closing(text, opening.end())
            yield opening.end(), end, False


def _neighbours(text: str) -> Iterator[Part]:
    # Looking for plain words first is ten times faster than the patterns alone.
    for pattern, words in ((PAIR, ("name", "Name", "NAME", "key", "Key", "KEY")), (PAIR_BACK, ("value", "Value", "VALUE", "default"))):
        for word in words:
            end = 0
            for start in _places(text, word):
                found = pattern.match(text, start) if start >= end else None
                if found and secret_name(found[1]) and "\n" in text[found.start() : max(found.end(), found.end(1))]:
                    part = _written(text, found.end())
                    end = part[1]
                    yield part


def _places(text: str, word: str) -> Iterator[int]:
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)


def _parameters(text: str) -> Iterator[Part]:
    end = 0
    for secure in _places(text, "SecureString"):
        if secure >= end:
            end = _block_end(text, secure)
            for value in _VALUE.finditer(text, _block_start(text, secure), end):
                yield _written(text, value.end())


def _manifests(text: str) -> Iterator[Part]:
    end = 0
    for found in _MANIFEST.finditer(text):
        if found.start() >= end:
            start = text.rfind("\n---", end, found.start()) + 1
            after = text.find("\n---", found.end())
            end = after if after >= 0 else len(text)
            for data in _DATA.finditer(text, max(start, 0), end):
                yield data.start(1), data.end(1), False


def _written(text: str, start: int) -> Part:
    """The range of the value that begins there: a heredoc, what stands in brackets, or the rest of the line."""
    end = text.find("\n", start)
    end = end if end >= 0 else len(text)
    line = text[start:end]
    if heredoc := re.match(r"<<[-~]?[\"']?(\w+)", line):
        return end, _marker(text, end, heredoc[1]), True
    if line.rstrip().endswith(("(", "[", "{")):
        return start, _closing(text, end), False
    return start, end, False


def _marker(text: str, start: int, word: str) -> int:
    found = re.compile(rf"(?m)^[ \t]*{re.escape(word)}\b").search(text, start)
    return found.start() if found else len(text)


def _dedent(text: str, start: int, indent: int) -> int:
    """Where the lines that are indented deeper than `indent` end."""
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end + 1
        line = text[start:end]
        if line.strip() and len(line) - len(line.lstrip(" \t")) <= indent:
            return start
        start = end
    return len(text)


def _closing(text: str, start: int) -> int:
    depth = 1
    for found in re.compile(r"[\[{(\])}]").finditer(text, start, start + 20_000):
        depth += 1 if found[0] in "[{(" else -1
        if depth == 0:
            return found.start()
    return min(len(text), start + 20_000)


def _block_start(text: str, at: int) -> int:
    starts = [text.rfind(mark, 0, at) for mark in ("\n}", "\nresource ", "\n---")]
    return max(*starts, at - 4_000, 0)


def _block_end(text: str, at: int) -> int:
    ends = [end for end in (text.find("\n}", at), text.find("\n---", at)) if end >= 0]
    return min([*ends, at + 4_000, len(text)])
