"""Comma-separated values as `csvdecode` reads them (RFC 4180; a line that is empty does not count)."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.loaders.terraform.values.types import EvaluationError


def read_csv(text: str) -> Iterator[list[str]]:
    """The records; all have as many fields as the first one. Raises `EvaluationError`."""
    position, line, width = 0, 0, None
    while position < len(text):
        line += 1
        end = _line_end(text, position)
        if text[position:end].rstrip("\r\n") == "":
            position = end
            continue
        first = line
        fields, position, more = _record(text, position, line)
        line += more
        if width is not None and len(fields) != width:
            raise EvaluationError(f"record on line {first}: wrong number of fields")
        width = len(fields)
        yield fields


def _line_end(text: str, position: int) -> int:
    found = text.find("\n", position)
    return len(text) if found < 0 else found + 1


def _record(text: str, position: int, line: int) -> tuple[list[str], int, int]:
    """(fields, where the next record starts, how many more lines this one took)."""
    fields: list[str] = []
    more = 0
    while True:
        if text.startswith('"', position):
            field, position = _quoted(text, position + 1, line)
            more += field.count("\n")
            fields.append(field)
        else:
            end = _line_end(text, position)
            comma = text.find(",", position, end)
            stop = position + len(_bare(text[position:end])) if comma < 0 else comma
            field = text[position:stop]
            if '"' in field:
                raise EvaluationError(f'parse error on line {line + more}: bare " in non-quoted-field')
            fields.append(field)
            position = stop
        if text.startswith(",", position):
            position += 1
            continue
        return fields, _line_end(text, position), more


def _bare(field: str) -> str:
    """A field without the end of its line."""
    if field.endswith("\r\n"):
        return field[:-2]
    return field[:-1] if field.endswith(("\n", "\r")) else field


def _quoted(text: str, position: int, line: int) -> tuple[str, int]:
    parts: list[str] = []
    while True:
        end = text.find('"', position)
        if end < 0:
            raise EvaluationError(f'parse error on line {line}: extraneous or missing " in quoted-field')
        parts.append(text[position:end])
        position = end + 1
        if text.startswith('"', position):
            parts.append('"')
            position += 1
            continue
        rest = text[position : position + 2]
        if rest[:1] in ("", ",", "\n") or rest == "\r\n" or (rest == "\r" and position + 1 == len(text)):
            return "".join(parts).replace("\r\n", "\n"), position + (rest == "\r")
        raise EvaluationError(f'parse error on line {line}: extraneous or missing " in quoted-field')
