"""Expressions: fences, syntax with places, three-valued evaluation, and what flows into a value."""

from __future__ import annotations

from typing import Any

import pytest

from auditor.views.github.expression import (
    Failed,
    Mistake,
    Open,
    Partial,
    asks_status,
    condition,
    constant,
    evaluate,
    fences,
    interpolate,
    is_whole,
    parse,
    reaching,
    references,
    truth,
    truth_of,
)
from auditor.views.github.expression.parse import MAX_LENGTH
from auditor.views.github.expression.tree import Tree


def tree_of(text: str) -> Tree:
    tree = parse(text)
    assert not isinstance(tree, Mistake), tree
    return tree


def value_of(text: str, **contexts: Any) -> Any:
    return evaluate(tree_of(text), contexts)


def test_fences_know_where_they_stand() -> None:
    text = "a ${{ 'x}}y' }} b ${{c}}"
    first, second = fences(text)
    assert (text[first.start : first.end], first.source, text[first.inner : first.inner + 7]) == ("${{ 'x}}y' }}", " 'x}}y' ", " 'x}}y'")
    assert (second.source, second.closed) == ("c", True)


@pytest.mark.parametrize("text", ["${{ a", "${{ 'a }}", "x ${{"])
def test_a_fence_that_never_ends(text: str) -> None:
    assert [fence.closed for fence in fences(text)] == [False]


def test_a_text_of_one_fence() -> None:
    assert is_whole(" ${{ a }}\n")
    assert not is_whole("${{ a }} ${{ b }}")
    assert not is_whole("a")
    assert not is_whole("x${{ a }}")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ('github.x == "a"', 12, 13),
        ("1 + 2", 2, 3),
        ("contains('a'", 11, 12),
        ("a b", 2, 3),
        ("a.", 1, 2),
        ("'abc", 0, 4),
        ("a & b", 2, 3),
        ("", 0, 0),
        ("a ? b", 2, 3),
    ],
)
def test_mistakes_have_a_place(text: str, start: int, end: int) -> None:
    mistake = parse(text)
    assert isinstance(mistake, Mistake)
    assert (mistake.start, mistake.end) == (start, end)


def test_deep_and_long_texts_are_mistakes() -> None:
    for text in ("(" * 200 + "a" + ")" * 200, "!" * 3000 + "a", "a" + ".b" * 3000, "a" * (MAX_LENGTH + 1)):
        assert isinstance(parse(text), Mistake)


def test_an_open_operand_decides_as_little_as_it_must() -> None:
    assert value_of("false && github.x") is False
    assert value_of("github.x || 'y'") == Open(True, frozenset({"github.x"}))
    assert truth(value_of("github.x && false")) is False
    assert value_of("github.head_ref || github.run_id", github=Partial(head_ref="")) == Open(None, frozenset({"github.run_id"}))
    assert truth(value_of("github.a == 'x'")) is None
    assert value_of("github.a.b", github={"a": {}}) is None
    assert value_of("github.a.b", github={"a": Partial()}) == Open(None, frozenset({"github.a.b"}))
    assert truth(value_of("github.sha != ''", github={"sha": Open(True)})) is True
    assert value_of("contains(x, 'a')", x=["a", Open()]) is True
    assert truth(value_of("contains(x, 'b')", x=["a", Open()])) is None
    assert value_of("case(x.a, 'b', true, 'b', 'c')") == Open(True, frozenset({"x.a"}))


def test_the_runner_would_stop() -> None:
    for text in ("format('{1}', 'a')", "fromJSON('{')", "case('x', 1, 2)"):
        with pytest.raises(Failed):
            value_of(text)
        assert constant(tree_of(text)) == Open()


def test_a_template_is_text_and_a_single_fence_keeps_its_type() -> None:
    assert interpolate("${{ 1 == 1 }}") is True
    assert interpolate("v${{ 1.50 }}-${{ null }}") == "v1.5-"
    assert interpolate("a-${{ github.run_id }}") == Open(True, frozenset({"github.run_id"}))
    assert interpolate("${{ ( }}") == Open()
    assert interpolate("plain") == "plain"


@pytest.mark.parametrize(
    ("text", "success", "holds"),
    [
        ("github.event_name == 'push'", True, True),
        ("github.event_name == 'push'", False, False),
        ("github.event_name == 'push'", None, None),
        ("always()", False, True),
        ("${{ !cancelled() && github.event_name == 'push' }}", False, True),
        ("${{ github.event_name == 'x' }}", True, False),
        ("${{ github.event_name == 'x' }} && true", True, True),
        ("${{ false }}\n", True, False),
        ("x ${{ false }}", False, False),
        ("secrets.X != ''", True, None),
        ("((", True, None),
    ],
)
def test_conditions(text: str, success: bool | None, holds: bool | None) -> None:
    assert condition(text, {"github": {"event_name": "push"}}, {"success": success, "cancelled": False}) is holds


def test_a_condition_without_its_success() -> None:
    assert truth_of("true") is True
    assert asks_status("!FAILURE()")
    assert not asks_status("'failure()'")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("github.event.issue.title", ["github.event.issue.title"]),
        ("github.actor == 'x' && github.head_ref || 'none'", ["github.head_ref"]),
        ("github.head_ref || github.ref_name", ["github.head_ref", "github.ref_name"]),
        ("contains(github.event.issue.title, 'x')", []),
        ("!github.event.issue.title", []),
        ("format('{0}', github.event.issue.body)", ["github.event.issue.body"]),
        ("toJSON(github.event)", ["github.event"]),
        ("fromJSON(steps.a.outputs.b).c", ["steps.a.outputs.b"]),
        ("case(github.actor == 'x', github.head_ref, inputs.y)", ["github.head_ref", "inputs.y"]),
        ("github.event.*.body", ["github.event.*.body"]),
        ("secrets[matrix.name]", ["secrets.?"]),
        ("github['event']['issue']['title']", ["github.event.issue.title"]),
        ("hashFiles(github.head_ref)", []),
    ],
)
def test_what_reaches_the_value(text: str, found: list[str]) -> None:
    assert [reference.text for reference in reaching(tree_of(text))] == found


def test_every_reference_and_its_place() -> None:
    text = "a.b[c.d] && contains(e, !f.g)"
    assert [(r.text, text[r.start : r.end]) for r in references(tree_of(text))] == [
        ("a.b.?", "a.b[c.d]"),
        ("c.d", "c.d"),
        ("e", "e"),
        ("f.g", "f.g"),
    ]
