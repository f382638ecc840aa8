"""Manifests as kubectl itself reads them: every scalar form, structures, and generated documents."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.loaders.kubernetes.documents import read_documents
from auditor.model.value import plain
from tests.conftest import CHECKOUT
from tests.differential.yaml_documents import DIFFERENT as OTHERWISE
from tests.differential.yaml_documents import DOCUMENTS, HEAD

pytestmark = pytest.mark.skipif(shutil.which("kubectl") is None, reason="no kubectl on the PATH: apt-get install kubernetes-client")

SCALARS = ["y", "n", "Y", "N", "yes", "no", "Yes", "NO", "on", "off", "On", "true", "True", "TRUE", "false", "~", "null", "Null", "NULL", "0644", "0o644", "08", "09.5", "0x1F", "0b101", "22:22", "1:30", "12:30:45", "2024-01-01", "2024-01-01T00:00:00Z", "1e3", "1e9", "12345e6", "123e4567", "1e400", "1_000", "1_000.5", "=", "1.30", "1.10", ".5", "5.", "+1", "-0", "+.5", "0.0", "1E5", "1e-3", "007", "0", "00", "1__0", "_1", "9223372036854775807", "0x", "0o8", "1e", "1.2.3", "12e03", "512m", "1Gi", "v1", "a:b", "a#b", "-1", "-", ".", "..", "1-", "1.0.0", "<none>", "10:20:30.5"]
WRITTEN = [
    *(
        "!!str 12",
        "!vault x",
        "!!binary aGVsbG8=",
        "!!int '3'",
        "!!float 3",
        "!!bool yes",
        '"yes"',
        "'1'",
        "- 1",
        "a # c",
        "'it''s'",
        '"\\u00e9\\n"',
    ),
    *(
        "|\n    a\n    b",
        "|-\n    a\n\n    b\n",
        "|+\n    a\n\n",
        ">-\n    a\n    b\n\n    c",
        ">\n    a\n      b\n    c",
        "[a, 1, yes]",
        "{k: 1, 2: b}",
    ),
    *(
        "&a {x: 1}\nw: *a",
        "&a [1]\nw: [*a, *a]",
        "{<<: {a: 1}, b: 2}",
        "{a: 2, <<: {a: 1}}",
        "{<<: [{a: 1}, {a: 2}]}",
        '"a\n  b"',
        "a\n  b",
        "",
        "[]",
        "{}",
    ),
    *(
        "{true: a, 1: b}",
        "{yes: a}",
        "'a: b'",
        '"\\x41\\t"',
        "[a, [b, {c: d}]]",
        "\n  - a\n  -\n    - b\n",
        "\n  ? a\n  : b\n",
        "{1.5: x}",
    ),
]
DIFFERENT = {"- 1": "not one value", "-": "an empty list item"}
"""What is left out, and why."""


def by_kubectl(texts: list[str]) -> list[Any]:
    """What kubectl makes of documents, in one call."""
    stream = "---\n".join(texts)
    command = ["kubectl", "label", "--local", "--overwrite", "--dry-run=client", "-f", "-", "z=b", "-o", "json"]
    done = subprocess.run(command, input=stream, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return _objects(done.stdout)


def _objects(rest: str) -> list[Any]:
    found: list[Any] = []
    while rest.strip():
        item, end = json.JSONDecoder().raw_decode(rest.lstrip())
        rest = rest.lstrip()[end:]
        found += item["items"] if item["kind"] == "List" else [item]
    return found


def by_us(text: str) -> Any:
    roots, problems = read_documents(text, "x.yaml")
    assert not problems
    return plain(roots[0])


def same(one: Any, other: Any) -> bool:
    """Equal, and of the same types, but for whole numbers that JSON writes without a point."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other) and (isinstance(one, bool) is isinstance(other, bool))


def compare(texts: list[str]) -> None:
    documents = [f"{HEAD}v: {text}\n" for text in texts]
    different = []
    for text, document, theirs in zip(texts, documents, by_kubectl(documents), strict=True):
        ours = by_us(document)
        for key in ("apiVersion", "kind", "metadata"):
            del ours[key], theirs[key]
        if not same(ours, theirs):
            different.append((text, ours, theirs))
    assert not different


def test_scalars() -> None:
    compare([text for text in SCALARS if text not in DIFFERENT])


@cache
def whole(name: str) -> tuple[Any, Any]:
    """(what we read, what kubectl reads) of a whole document; None for a refusal."""
    text = DOCUMENTS[name]
    command = ["kubectl", "label", "--local", "--overwrite", "--dry-run=client", "-f", "-", "z=b", "-o", "json"]
    done = subprocess.run(command, input=text.encode("utf-8", "surrogatepass"), capture_output=True, check=False)
    theirs = None if done.returncode else _objects(done.stdout.decode())
    roots, problems = read_documents(text, "x.yaml")
    ours = None if any(problem.gap for problem in problems) else [plain(root) for root in roots]
    for found in (*(ours or ()), *(theirs or ())):
        if isinstance(found, dict):
            found.pop("metadata", None)
    return ours, theirs


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_whole_documents(name: str) -> None:
    ours, theirs = whole(name)
    assert same(ours, theirs) is (name not in OTHERWISE), (ours, theirs)


def test_every_difference_is_in_the_guide() -> None:
    guide = (CHECKOUT / "docs" / "guide" / "kubernetes.md").read_text()
    assert [reason for reason in sorted(set(OTHERWISE.values())) if reason not in guide] == []


def test_structures() -> None:
    compare([text for text in WRITTEN if text not in DIFFERENT])


_WORDS = st.text(alphabet="01789aeyYnNoOxXtTrRuUfF.+-_:~ ", min_size=1, max_size=7).map(str.strip)
_PLAIN = _WORDS.filter(lambda it: it and it[0] not in "-:" and ": " not in it and not it.endswith(":") and it not in (".inf", ".nan"))


@settings(max_examples=15, deadline=None)
@given(st.lists(_PLAIN, min_size=40, max_size=60, unique=True))
def test_generated_scalars(words: list[str]) -> None:
    compare(words)


_TREES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.text(alphabet="ab :-#\n'\"yé1.", max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(alphabet="abyn1 .", min_size=1, max_size=4), inner, max_size=3)
    ),
    max_leaves=12,
)


@settings(max_examples=10, deadline=None)
@given(st.lists(_TREES, min_size=20, max_size=30))
def test_generated_trees(trees: list[Any]) -> None:
    import yaml

    compare(["\n" + "".join(f"  {line}\n" for line in yaml.safe_dump({"t": tree}, allow_unicode=True).splitlines()) for tree in trees])
