"""The combinations of a matrix: values that stand twice, and exclusions that exclude nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from auditor.model.value import Unknown, Value
from auditor.model.written import Table
from auditor.views.github.names import nearest, one_of
from auditor.views.github.reading import Trail, down, entries, items
from auditor.views.github.syntax.walk import Problem, node_at

MAX_VALUES = 256
"""GitHub makes at most so many jobs of a matrix."""


def problems(root: Value) -> Iterator[Problem]:
    """The faults in the matrices of a workflow."""
    for name, job in entries(root, "jobs"):
        matrix = down(job, "strategy", "matrix")
        if matrix is not None and isinstance(matrix.data, dict):
            yield from _of(matrix, ("jobs", name, "strategy", "matrix"))


def _of(matrix: Value, trail: Trail) -> Iterator[Problem]:
    rows = {name: row for name, row in entries(matrix) if name not in ("include", "exclude", "<<")}
    for name, row in rows.items():
        yield from _twice(row, (*trail, name), name)
    exclude = down(matrix, "exclude")
    if exclude is None or not isinstance(exclude.data, list):
        return
    known = {name.lower(): row for name, row in rows.items()}
    if not rows and exclude.data and not _has_dynamic(matrix):
        where = node_at(_key(matrix, "exclude") or exclude, (*trail, "exclude"))
        yield Problem("exclude", where, "the matrix has no values of which some could be excluded")
        return
    for number, item in enumerate(exclude.data):
        for name, value in entries(item):
            place: Trail = (*trail, "exclude", number, name)
            lower = name.lower()
            if lower not in known:
                where = node_at(_key(item, name) or value, place)
                yield Problem("exclude", where, f"the matrix has no {name!r}{nearest(name, rows)}", one_of(rows))
            elif not _may_match(value, known[lower]):
                shown = one_of([json.dumps(_plain(it), ensure_ascii=False) for _, it in items(known[lower])])
                message = f"{json.dumps(_plain(value), ensure_ascii=False)} is none of the values of {name!r}, so nothing is excluded"
                yield Problem("exclude", node_at(value, place), message, shown)


def _twice(row: Value, trail: Trail, name: str) -> Iterator[Problem]:
    if not isinstance(row.data, list):
        return
    seen: dict[str, int] = {}
    for number, item in enumerate(row.data):
        if _is_dynamic(item):
            continue
        text = json.dumps(_plain(item), sort_keys=True)
        first = seen.setdefault(text, number)
        if first != number:
            where = node_at(item, (*trail, number))
            related = (node_at(row.data[first], (*trail, first)),)
            yield Problem("matrix-twice", where, f"{name!r} has the value {text} twice, so that its jobs run twice", related=related)


def _may_match(value: Value, row: Value) -> bool:
    if not isinstance(row.data, list) or _is_dynamic(value) or len(row.data) > MAX_VALUES:
        return True
    return any(_is_dynamic(item) or _covers(value, item) for item in row.data)


def _covers(wanted: Value, given: Value) -> bool:
    """Whether an exclusion matches a value: of an object, the entries that it names."""
    if _is_dynamic(wanted) or _is_dynamic(given):
        return True
    if isinstance(wanted.data, dict) and isinstance(given.data, dict):
        return all(key in given.data and _covers(item, given.data[key]) for key, item in wanted.data.items())
    if isinstance(wanted.data, list) and isinstance(given.data, list):
        return len(wanted.data) == len(given.data) and all(map(_covers, wanted.data, given.data))
    if isinstance(wanted.data, (dict, list)) or isinstance(given.data, (dict, list)):
        return False
    return _scalar(wanted) == _scalar(given)


def _scalar(value: Value) -> str:
    data = value.data
    if data is None:
        return ""
    return str(data).lower() if isinstance(data, bool) else str(data)


def _has_dynamic(matrix: Value) -> bool:
    return any(_is_dynamic(value) for _, value in entries(matrix))


def _is_dynamic(value: Value) -> bool:
    data: Any = value.data
    return isinstance(data, Unknown) or (isinstance(data, str) and "${{" in data)


def _plain(value: Value) -> Any:
    data: Any = value.data
    if isinstance(data, dict):
        return {key: _plain(item) for key, item in data.items()}
    if isinstance(data, list):
        return [_plain(item) for item in data]
    return "..." if isinstance(data, Unknown) else data if isinstance(data, (str, int, float, bool)) else None


def _key(holder: Value, name: str) -> Value | None:
    return holder.data.keys_at.get(name) if isinstance(holder.data, Table) else None
