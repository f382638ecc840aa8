"""Parts of JSON texts are found where they are written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.json_text import JsonFile, locate, offsets

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
DOCUMENTS = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4), max_leaves=20)


def at(text: str, path: tuple[str | int, ...]) -> str:
    """The text of the part at a path, cut out by the lines and columns that were found."""
    found = locate(text, path)
    assert found is not None
    (line, column), (end_line, end_column) = found
    starts = [0]
    for character in text.split("\n"):
        starts.append(starts[-1] + len(character) + 1)
    return text[starts[line - 1] + column - 1 : starts[end_line - 1] + end_column - 1]


def paths(data: Any, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], Any]]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [(path, data), *(found for key, value in inner for found in paths(value, (*path, key)))]


@given(DOCUMENTS, st.sampled_from([None, 1, 4]))
def test_every_part_is_found_where_it_is_written(data: Any, indent: int | None) -> None:
    text = json.dumps(data, indent=indent)
    for path, value in paths(data):
        assert json.loads(at(text, path)) == value


@given(DOCUMENTS)
def test_one_part_is_found_where_all_parts_are(data: Any) -> None:
    text = json.dumps({"data": data}, indent=1)
    for path, (start, end) in offsets(text).items():
        assert at(text, path) == text[start:end]


@pytest.mark.parametrize("path", [("b",), ("a", 2), ("a", "b"), ("a", 0, "x"), (0,), ("",)])
def test_what_is_not_there_is_not_found(path: tuple[str | int, ...]) -> None:
    assert locate('{"a": [1, {"x": 2}]}', path) is None


@pytest.mark.parametrize(
    "text", ["", "{", "[", "{]", '{"a"', '{"a":', '{"a": }', '{"a": 1', "[1,", '{"a": [' * 100_000, "nonsense", "{1: 2}", "\x00"]
)
def test_broken_text_is_no_crash(text: str) -> None:
    for path in ((), ("a",), ("a", 0), (0,)):
        locate(text, path)
    assert JsonFile("x.json", text).place(("a", 0)).span().file == "x.json"
