"""YAML rules: what each operator says of what is there, missing and unknown."""

from __future__ import annotations

import re
from typing import Any

import pytest

from auditor.engine.declarative import compile_check, split
from auditor.engine.operators import OPERATORS
from auditor.model.node import Undecided
from tests.made import graph, resource

UNKNOWN = {"$unknown": "var.x has no value"}


def verdict(body: dict[str, Any], require: dict[str, Any], when: dict[str, Any] | None = None) -> str | list[str]:
    """The paths at fault, `pass`, or `unsure` (`+unsure` is added when what is certain is not all)."""
    it = resource("aws_x.y", body)
    found: list[str] = []
    try:
        found.extend(fail.where.path for fail in compile_check(require, when or {}, "wrong")(it.body, it, graph(it), {}))
    except Undecided:
        return [*found, "+unsure"] if found else "unsure"
    return found or "pass"


@pytest.mark.parametrize(
    ("test", "good", "bad", "missing"),
    [
        ("present", ["x", 0, False, {}], [""], "fail"),
        ("absent", [""], ["x", 0, {"a": 1}], "pass"),
        ({"equals": True}, [True, "true", "True"], [False, "false", 1, "yes", {}], "fail"),
        ({"equals": 22}, [22, "22", 22.0], [21, "x", True, {}], "fail"),
        ({"equals": "22"}, [22, "22"], ["22 ", 21], "fail"),
        ({"equals": "a"}, ["a", ["a", "a"]], ["b", ["a", "b"]], "fail"),
        ({"not-equals": "a"}, ["b", 1, {}, ["b"]], ["a", ["b", "a"]], "pass"),
        ({"in": ["a", 2]}, ["a", 2, "2"], ["b", 3], "fail"),
        ({"not-in": ["a", 2]}, ["b", 3], ["a", 2, "2"], "pass"),
        ({"at-least": 7}, [7, "7", 8.5], [6, "6", "x", True], "fail"),
        ({"at-most": 7}, [7, "7", -1], [8, "8", "x"], "fail"),
        ({"at-least": 1, "at-most": 5}, [1, 5], [0, 6], "fail"),
        ({"matches": "^TLS1[23]"}, ["TLS12", "TLS13-x"], ["TLS11", "xTLS12", {}], "fail"),
        ({"not-matches": "^TLS1[23]"}, ["TLS11", {}], ["TLS12"], "pass"),
        ({"contains": "a"}, [["a", "b"], "banana", {"a": 1}], [["b"], "x", {"b": 1}, 5], "fail"),
        ({"contains": ["a", "b"]}, [["b", "a", "c"]], [["a"]], "fail"),
        ({"not-contains": "a"}, [["b"], "x", {"b": 1}], ["banana", {"a": 1}], "pass"),
        ({"equals": "a", "default": "b"}, ["a"], ["b"], "fail"),
        ({"not-equals": "a", "default": "a"}, ["b"], ["a", ""], "fail"),
        ({"equals": "a", "default": "a"}, ["a", ""], ["b"], "pass"),
    ],
)
def test_operator(test: Any, good: list[Any], bad: list[Any], missing: str) -> None:
    for value in good:
        assert verdict({"p": value}, {"p": test}) == "pass", value
    for value in bad:
        paths = verdict({"p": value}, {"p": test})
        assert isinstance(paths, list), value
        assert all(path.startswith("p") for path in paths), value
    assert verdict({"p": UNKNOWN}, {"p": test}) == "unsure"
    bodies: list[dict[str, Any]] = [{}, {"p": None}, {"p": []}]
    for body in bodies:
        assert verdict(body, {"p": test}) == ("pass" if missing == "pass" else ["p"]), body


def test_every_operator_is_tested_above() -> None:
    marks = [mark for mark in test_operator.pytestmark if mark.name == "parametrize"]
    tested = {name for case in marks[0].args[1] for name in ([case[0]] if isinstance(case[0], str) else case[0])}
    assert tested - {"default"} == set(OPERATORS)


def test_the_finding_is_at_the_item() -> None:
    assert verdict({"p": ["a", "b", "a"]}, {"p": {"not-equals": "a"}}) == ["p[0]", "p[2]"]
    assert verdict({"p": ["a", "b", "c"]}, {"p": {"not-contains": ["b", "c"]}}) == ["p[1]", "p[2]"]
    assert verdict({"p": ["a"]}, {"p": {"contains": "b"}}) == ["p"]


def test_every_block_on_the_way_has_to_satisfy() -> None:
    body = {"block": [{"size": 1}, {"size": 9}, {}]}
    assert verdict(body, {"block.size": {"at-least": 5}}) == ["block[0].size", "block[2].size"]
    assert verdict(body, {"block[1].size": {"at-least": 5}}) == "pass"
    assert verdict({}, {"block.size": {"at-least": 5}}) == ["block.size"]
    assert verdict({"block": []}, {"block.size": "absent"}) == "pass"


def test_a_known_bad_item_decides_before_an_unknown_one() -> None:
    assert verdict({"p": [UNKNOWN, "a"]}, {"p": {"not-equals": "a"}}) == ["p[1]", "+unsure"]
    assert verdict({"p": [UNKNOWN, "a"]}, {"p": {"not-contains": "a"}}) == ["p[1]"]
    assert verdict({"p": [UNKNOWN, "b"]}, {"p": {"not-contains": "a"}}) == "unsure"
    assert verdict({"p": [UNKNOWN, "a"]}, {"p": {"contains": "a"}}) == "pass"
    assert verdict({"b": [UNKNOWN, {"size": 1}]}, {"b.size": {"at-least": 5}}) == ["b[1].size", "+unsure"]


def test_an_unknown_path_does_not_hide_the_others() -> None:
    assert verdict({"a": UNKNOWN, "b": 1}, {"a": {"equals": 2}, "b": {"equals": 2}}) == ["b", "+unsure"]


def test_conditions() -> None:
    require = {"p": {"equals": 1}}
    assert verdict({"p": 2, "kind": "x"}, require, {"kind": {"equals": "x"}}) == ["p"]
    assert verdict({"p": 2, "kind": "y"}, require, {"kind": {"equals": "x"}}) == "pass"
    assert verdict({"p": 2}, require, {"kind": {"equals": "x"}}) == "pass"
    assert verdict({"p": 2}, require, {"kind": {"equals": "x", "default": "x"}}) == ["p"]
    assert verdict({"p": 2, "kind": UNKNOWN}, require, {"kind": {"equals": "x"}}) == "unsure"
    assert verdict({"p": 1, "kind": UNKNOWN}, require, {"kind": {"equals": "x"}}) == "pass"
    assert verdict({"p": 2, "kind": UNKNOWN, "on": False}, require, {"kind": {"equals": "x"}, "on": {"equals": True}}) == "pass"


def test_messages_and_evidence_are_filled_in() -> None:
    it = resource("aws_x.y", {"p": {"q": 3}, "secret": {"$secret": "hunter2"}})
    check = compile_check({"p.q": {"at-least": 7, "default": 1}}, {}, "{path} is {actual}, not {expected}")
    (fail,) = check(it.body, it, graph(it), {})
    assert (fail.message, fail.expected, fail.actual) == ("p.q is 3, not at least 7", "at least 7", "3")
    (fail,) = check(it.at("nothing"), it, graph(it), {})
    assert fail.actual == "not set, which means 1"
    (fail,) = compile_check({"p.q": {"in": ["", "x"]}}, {}, "m")(it.body, it, graph(it), {})
    assert fail.expected == 'one of "", x'
    (fail,) = compile_check({"secret": {"equals": "x"}}, {}, "{actual}")(it.body, it, graph(it), {})
    assert fail.message == fail.actual == "(sensitive)"


@pytest.mark.parametrize(
    ("path", "steps"),
    [("a", ("a",)), ("a.b", ("a", "b")), ("a[0].b", ("a", "[0]", "b")), ('a["x.y"].z', ("a", '["x.y"]', "z"))],
)
def test_paths(path: str, steps: tuple[str, ...]) -> None:
    assert split(path) == steps


@pytest.mark.parametrize("path", ["", ".a", "a..b", "a.", "a[", "a[x]", "a b"])
def test_bad_paths(path: str) -> None:
    with pytest.raises(ValueError, match="not a path"):
        split(path)


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+$", "(a*)*", "(?:x{2,})+y", "(a|b+)*c", "((a+))+", "(a|aa)+$", "((a|b)c)*", "(a{1,100}){1,100}", r"([(]\)+)*", "(a+?)+?"],
)
def test_patterns_that_could_take_for_ever_are_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="for ever"):
        compile_check({"p": {"matches": pattern}}, {}, "m")


@pytest.mark.parametrize(
    "pattern", ["^a+b*$", r"^(\d{1,3}\.){3}\d{1,3}$", "(a|b)c+", "(a+)?b", "[(+*]+", r"\(a+\)+", "(ab)+c{1,4}", "a{2}{"]
)
def test_other_patterns_are_fine(pattern: str) -> None:
    assert verdict({"p": 7}, {"p": {"not-matches": pattern}}) == "pass"


def test_what_is_no_pattern_is_refused() -> None:
    with pytest.raises(re.error):
        compile_check({"p": {"matches": "["}}, {}, "m")


@pytest.mark.parametrize(("test", "expected"), [("present", ["key"]), ("absent", "pass")])
def test_an_empty_text_is_nothing(test: str, expected: str | list[str]) -> None:
    assert verdict({"key": ""}, {"key": test}) == expected
