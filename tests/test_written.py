"""Where the parts of a text stand."""

from __future__ import annotations

import pytest

from auditor.loaders.yaml import read_yaml
from auditor.loaders.yaml.dialect import GITHUB
from auditor.model.node import Node

TEXT = """\
on: push
plain: echo ${{ github.ref }}
quoted: "echo ${{ github.ref }}"
escaped: "a\\tb ${{ github.ref }}"
block: |
    set -e

      echo ${{ github.ref }}
indented: |2
    echo ${{ github.ref }}
folded: >
  a
  b ${{ github.ref }}
"""


@pytest.mark.parametrize(
    ("key", "where"),
    [("plain", (2, 17)), ("quoted", (3, 19)), ("escaped", (4, 10)), ("block", (8, 16)), ("indented", (10, 14)), ("folded", (11, 9))],
)
def test_a_part_stands_where_it_is_written(key: str, where: tuple[int, int]) -> None:
    (document,), problems = read_yaml(TEXT, "w.yml", GITHUB)
    node = Node(document.root).at(key)
    start = node.text.index("github.ref")  # type: ignore[union-attr]  # a text, or the test fails
    part = node.part(start, start + len("github.ref"))
    assert not problems
    assert part.text == "github.ref"
    assert (part.span.line, part.span.column) == where
    if key not in ("escaped", "folded"):
        line = TEXT.splitlines()[part.span.line - 1]
        assert line[part.span.column - 1 : part.span.end_column - 1] == "github.ref"


def test_a_key_has_a_place_of_its_own() -> None:
    (document,), _ = read_yaml(TEXT, "w.yml", GITHUB)
    key = Node(document.root).key("block")
    assert (key.text, key.span.line, key.span.column) == ("block", 5, 1)
