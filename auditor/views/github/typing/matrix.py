"""The type of `matrix`: what the rows and the included combinations of a strategy hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from auditor.model.value import Unknown, Value
from auditor.views.github.expression import fences, is_whole
from auditor.views.github.reading import down, is_open
from auditor.views.github.typing.types import ANY, BOOL, NULL, NUMBER, OPEN, STRING, ListOf, Object, Type, union

Typed = Callable[[str], Type]
"""The type of the text between two fences."""


def matrix_type(job: Value, typed: Typed) -> Type:
    """What the context `matrix` holds in a job; nothing when the job has no matrix."""
    strategy = down(job, "strategy")
    matrix = down(strategy, "matrix")
    if is_open(strategy) or is_open(matrix) or (strategy is not None and isinstance(strategy.data, str)):
        return OPEN
    if matrix is None:
        return Object()
    if not isinstance(matrix.data, dict):
        return OPEN if isinstance(matrix.data, str) else Object()
    rows: dict[str, Type] = {}
    for name, row in matrix.data.items():
        if name in ("include", "exclude"):
            continue
        rows[name.lower()] = union([written_type(item, typed) for item in row.data]) if isinstance(row.data, list) else ANY
    include = matrix.data.get("include")
    if include is None:
        return Object(rows)
    if not isinstance(include.data, list):
        return Object(rows, ANY)
    for item in include.data:
        if not isinstance(item.data, dict):
            return Object(rows, ANY)
        for name, value in item.data.items():
            kind = written_type(value, typed)
            key = name.lower()
            rows[key] = union([rows[key], kind]) if key in rows else kind
    return Object(rows)


def written_type(value: Value, typed: Typed) -> Type:
    """The type of a value as it is written; a text that is one expression has that of the expression."""
    data: Any = value.data
    match data:
        case Unknown():
            return ANY
        case None:
            return NULL
        case bool():
            return BOOL
        case str():
            return typed(fences(data)[0].source) if fences(data) and is_whole(data) else STRING
        case list():
            return ListOf(union([written_type(item, typed) for item in data]))
        case dict():
            return Object({str(key).lower(): written_type(item, typed) for key, item in data.items()})
        case _:
            return NUMBER
