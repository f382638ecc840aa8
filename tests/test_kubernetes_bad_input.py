"""Manifests that are broken or hostile: one diagnostic each, and what stands beside them is read."""

from __future__ import annotations

import pytest

from auditor.loaders import Settings
from auditor.loaders.files import Files
from auditor.loaders.kubernetes import units
from auditor.loaders.kubernetes.documents import read_documents
from auditor.model.diagnostic import Diagnostic
from auditor.model.value import plain

HEAD = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bad}\n"
GOOD = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: good}\n"
LETTERS = "abcdefghijkl"
CASES = {
    "a bomb": ("b: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(f"{it}: &{it}2 [{', '.join([f'*{LETTERS[n - 1]}2' if n else '*a'] * 10)}]\n" for n, it in enumerate(LETTERS)), "yaml-refused", 9),
    "a cycle": ("data: &a {x: *a}\n", "yaml-refused", 4),
    "a cycle of merges": ("data: &a {<<: *a}\n", "yaml-refused", 4),
    "an alias without anchor": ("data: {x: *nobody}\n", "yaml-refused", 4),
    "duplicate keys": ("data: {a: 1, a: 2}\n", "yaml-duplicate-key", 4),
    "many duplicate keys": ("data:\n" + "  a: 1\n" * 20_000, "yaml-duplicate-key", 6),
    "tabs": ("data:\n\ta: 1\n", "yaml-syntax", 5),
    "a deep list": ("data: " + "[" * 50_000 + "]" * 50_000 + "\n", "yaml-refused", 4),
    "a deep table": ("data:\n" + "".join(" " * n + "a:\n" for n in range(1, 1500)), "yaml-refused", 104),
    "an open quote": ('data: {a: "x}\n', "yaml-syntax", 5),
    "an open bracket": ("data: [\n", "yaml-syntax", 5),
    "a control character": ('data: {a: "\x01"}\n', "yaml-syntax", 4),
    "a key that is a table": ("? {a: b}\n: c\n", "yaml-refused", 4),
    "a list where the table goes on": ("- a\n", "yaml-syntax", 4),
}


def scan(text: str, name: str = "x.yaml") -> tuple[list[str], tuple[Diagnostic, ...]]:
    (unit,) = units(Files.of({name: text}), Settings())
    found = unit.load()
    return [str(it.at("metadata.name").data) for it in found.resources], found.diagnostics


@pytest.mark.parametrize("name", CASES)
def test_one_diagnostic_and_the_rest_goes_on(name: str) -> None:
    text, code, line = CASES[name]
    names, problems = scan(f"{HEAD}{text}---\n{GOOD}")
    assert [(it.code, it.span.line) for it in problems] == [(code, line)]
    assert names[-1] == "good"
    assert problems[0].gap is (names == ["good"])


def test_tags_are_never_obeyed() -> None:
    (root,), problems = read_documents(f"{HEAD}data: !!python/object/apply:os.system ['exit 1']\n", "x.yaml")
    assert problems == []
    assert plain(root)["data"] == ["exit 1"]


def test_json_that_is_nested_too_deeply() -> None:
    names, problems = scan('{"apiVersion": "v1", "kind": "ConfigMap", "data":' + "[" * 100_000 + "]" * 100_000 + "}", "x.json")
    assert (names, [it.code for it in problems]) == ([], ["json-syntax"])


@pytest.mark.slow
def test_a_hundred_thousand_documents() -> None:
    names, problems = scan(f"{GOOD}---\n" * 100_000)
    assert (len(names), problems) == (100_000, ())


def test_a_hundred_thousand_broken_documents_are_a_hundred_problems_and_a_number() -> None:
    names, problems = scan(f"{HEAD}data: [\n---\n" * 99_999 + GOOD)
    assert names == ["good"]
    assert len(problems) == 101
    assert problems[-1].message == "and 99,899 more documents of this file cannot be read"
