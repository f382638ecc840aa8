"""YAML: the scalars as their readers type them, the places of everything, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.loaders.yaml import Dialect, read_yaml
from auditor.loaders.yaml.dialect import GITHUB, GITLAB, KUBERNETES
from auditor.model.node import Node
from auditor.model.value import plain


def read(text: str, dialect: Dialect = KUBERNETES) -> list[Any]:
    """The plain data of every document."""
    documents, problems = read_yaml(text, "x.yaml", dialect)
    assert not problems
    return [plain(document.root) for document in documents]


@pytest.mark.parametrize(
    ("text", "kubernetes", "github", "gitlab"),
    [
        ("y", True, "y", "y"),
        ("on", True, "on", True),
        ("True", True, True, True),
        ("0644", 420, 644, 644),
        ("0o644", 420, 420, 420),
        ("08", 8, 8, 8),
        ("22:22", "22:22", "22:22", "22:22"),
        ("2024-01-01", "2024-01-01", "2024-01-01", "2024-01-01"),
        ("1e3", 1000, 1000.0, 1000.0),
        ("1_000", 1000, "1_000", "1_000"),
        ("1e400", "1e400", "1e400", "1e400"),
        ("3.10", 3.1, 3.1, 3.1),
        ("512m", "512m", "512m", "512m"),
        ("=", "=", "=", "="),
        ("~", None, None, None),
        ('"yes"', "yes", "yes", "yes"),
        ("!!str 12", "12", "12", "12"),
        ("!vault x", "x", "x", "x"),
    ],
)
def test_scalars(text: str, kubernetes: Any, github: Any, gitlab: Any) -> None:
    found = [read(f"a: {text}\n", dialect)[0]["a"] for dialect in (KUBERNETES, GITHUB, GITLAB)]
    assert found == [kubernetes, github, gitlab]
    assert [type(item) for item in found] == [type(kubernetes), type(github), type(gitlab)]


def test_places_of_keys_and_values() -> None:
    documents, _ = read_yaml("# c\na: 1\n---\nb:\n  - c: x\n    d: |\n      one\n      two\n  - e\n", "x.yaml", KUBERNETES)
    node = Node(documents[1].root)
    assert str(node.at("b[0].c").span) == "x.yaml:5:8"
    assert (node.at("b[0].d").span.line, node.at("b[0].d").span.end_line) == (6, 8)
    assert str(node.at("b[1]").span) == "x.yaml:9:5"
    assert node.at("b[0]").span.end_line == 8


def test_merge_keys_differ() -> None:
    text = "base: &b {x: 1, z: 2}\na: {x: 9, <<: *b}\n"
    assert read(text, KUBERNETES)[0]["a"] == {"x": 1, "z": 2}  # as kubectl merges
    assert read(text, GITLAB)[0]["a"] == {"x": 9, "z": 2}
    assert read(text, GITHUB)[0]["a"] == {"x": 9, "<<": {"x": 1, "z": 2}}


def test_documents_are_cut_apart() -> None:
    assert read("a: 1\n---\n---\n# nothing\n--- # c\nb: 2\n...\n%YAML 1.1\n---\nc: 3\n") == [{"a": 1}, {"b": 2}, {"c": 3}]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: [1\nb: 2\n", 2, "expected"),
        ("a: &x {b: *x}\n", 1, "contains itself"),
        ("a: *nowhere\n", 1, "no anchor"),
        ("a:\n\tb: 1\n", 2, "token"),
        ("a: \x01\n", 1, "character"),
        ("? {a: 1}\n: 2\n", 1, "cannot be a key"),
        ("[" * 500, 1, "deeper"),
    ],
)
def test_problems_say_where(text: str, line: int, words: str) -> None:
    documents, problems = read_yaml(text, "x.yaml", KUBERNETES)
    assert not documents
    assert [problem.span.line for problem in problems] == [line]
    assert words in problems[0].message


def test_a_bomb_is_refused() -> None:
    text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 10)}]\n" for n in range(9))
    documents, problems = read_yaml(text, "x.yaml", KUBERNETES)
    assert not documents
    assert "aliases" in problems[0].message


def test_duplicate_keys_are_known() -> None:
    documents, _ = read_yaml("a: 1\nb: 2\na: 3\n", "x.yaml", KUBERNETES)
    table = documents[0].root.data
    assert [key.line for key in table.duplicates] == [3]  # type: ignore[union-attr]
    assert plain(documents[0].root) == {"a": 3, "b": 2}


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab1:-?&*!|>'\"[]{},#% \n\t~<é\x00"), max_size=60))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    for dialect in (KUBERNETES, GITHUB, GITLAB):
        documents, problems = read_yaml(text, "x.yaml", dialect)
        for document in documents:
            assert document.root.span().line >= 1
        for problem in problems:
            assert problem.span.line >= 1
