"""The syntax: every place points at its text, and one error hides nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.loaders.terraform.language.parse import parse_blocks, parse_body, parse_expression
from auditor.loaders.terraform.language.tree import (
    Binary,
    Block,
    Call,
    Conditional,
    Expression,
    Literal,
    Reference,
    Source,
    Splat,
    Template,
)


def parse(text: str) -> Expression:
    """The expression of a text without errors."""
    expression, problems = parse_expression(Source("x.tf", text))
    assert not problems
    return expression


def test_places_are_those_of_the_text() -> None:
    source = Source("main.tf", 'resource "aws_x" "y" {\n  a = "é${var.b}"\n  c {\n    d = [1, 22]\n  }\n}\n')
    body, problems = parse_body(source)
    assert not problems
    block = body.blocks[0]
    assert (block.span().line, block.span().end_line, block.labels) == (1, 6, ("aws_x", "y"))
    assert block.body.attributes["a"].expression.text == '"é${var.b}"'
    assert str(block.body.attributes["a"].expression.span()) == "main.tf:2:7"
    inner = block.body.blocks[0].body.attributes["d"].expression
    assert inner.text == "[1, 22]"
    assert inner.span().end_column == 16


@pytest.mark.parametrize(
    ("text", "kind"),
    [("1 + 2 * 3", Binary), ("a ? b : c ? d : e", Conditional), ("a.b[*].c", Splat), ("f(x...)", Call), ('"${a}"', Template), ('"$${a}"', Literal)],
)
def test_expressions(text: str, kind: type) -> None:
    assert type(parse(text)) is kind


def test_multiplication_binds_tighter() -> None:
    found = parse("1 + 2 * 3")
    assert isinstance(found, Binary)
    assert (found.operator, found.right.text) == ("+", "2 * 3")


def test_constant_steps_are_part_of_a_reference() -> None:
    found = parse('var.a[0]["k.x"].b')
    assert isinstance(found, Reference)
    assert found.steps == ("a", 0, "k.x", "b")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a = 1\nb = [1, , 2]\nc = 3\n", 2, "a value is expected"),
        ('a = 1\nb = "open\nc = 3\n', 2, "not closed"),
        ("a = 1\nb = <<EOT\nnever ends\n", 2, "heredoc EOT"),
        ("a = 1\nb { c = 1\n", 2, "not closed"),
        ("a = 1\n/* open\nc = 3", 2, "comment"),
        ('a = 1\nb = "\\q"\nc = 3\n', 2, "escape"),
        ("a = 1\na = 2\nc = 3\n", 2, "twice"),
        ('a = 1\nb = "%{ if x }y"\nc = 3', 2, "endif"),
    ],
)
def test_an_error_says_where_and_what(text: str, line: int, words: str) -> None:
    body, problems = parse_body(Source("x.tf", text))
    assert [problem.span.line for problem in problems] == [line]
    assert words in problems[0].message
    assert problems[0].gap
    assert "a" in body.attributes


def test_the_rest_of_a_broken_file_is_read() -> None:
    text = 'resource "a" "b" {\n  x = [1,\n  y = 2\n}\nresource "c" "d" {\n  z = = 3\n  w = 4\n  v {\n    u = 5\n  }\n}\nlocals { k = 1 }\n'
    body, problems = parse_body(Source("x.tf", text))
    assert len(problems) == 2
    labels = [(block.type, block.labels) for block in body.blocks]
    assert labels == [("resource", ("a", "b")), ("resource", ("c", "d")), ("locals", ())]
    second: Block = body.blocks[1]
    assert set(second.body.attributes) == {"z", "w"}
    assert second.body.blocks[0].body.attributes["u"].expression.text == "5"


def test_deep_nesting_is_an_error_and_no_crash() -> None:
    for text in ("a = " + "[" * 5000, "a = " + "(" * 5000, "a = " + "!" * 5000 + "x", "a {" * 5000, 'a = "' + '${"' * 3000, "a = " + "x ? y : " * 4000 + "z"):
        _, problems = parse_body(Source("x.tf", text))
        assert problems


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from('ab1 ="\n{}[]()$%~<-E.,:?*!|&/#\\é\t\r\x00'), max_size=80))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    body, problems = parse_body(Source("x.tf", text))
    for attribute in body.attributes.values():
        assert attribute.span().line >= 1
    for problem in problems:
        assert 1 <= problem.span.line <= text.count("\n") + 1


def test_blocks_of_one_type_are_found_without_the_rest() -> None:
    text = 'locals {\n  a = [\n}\nmodule "one" {\n  source = "./one"\n}\n  module "two" { source = "../two" }\nmodule {\n# module "no" {\nresource "x" "module" {}\n'
    found = parse_blocks(Source("x.tf", text), "module")
    assert [(block.labels, block.body.attributes["source"].expression.text) for block in found if block.labels] == [
        (("one",), '"./one"'),
        (("two",), '"../two"'),
    ]
