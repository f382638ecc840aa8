"""Types, numbers, conversion and equality of Terraform's values. What terraform itself says is in tests/differential."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.loaders.terraform.values import number
from auditor.loaders.terraform.values.convert import apply_defaults, convert, equal, make_set, unify
from auditor.loaders.terraform.values.json_value import from_json, to_json
from auditor.loaders.terraform.values.number_text import format_number, general_text, number_text
from auditor.loaders.terraform.values.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    EvaluationError,
    ListType,
    MapType,
    ObjectType,
    SetType,
    TupleType,
    Type,
    Typed,
    deep_marks,
    first_unknown,
    friendly,
    length,
    type_of,
)
from auditor.model.span import Span
from auditor.model.value import NO_PLACE, At, Marks, Unknown

SECRET = Marks(sensitive=True)


def typed(data: Any, type_: Type | None = None, line: int = 0, marks: Marks | None = None) -> Typed:
    """Plain data as a value; lists and tables become tuples and objects."""
    if isinstance(data, list):
        data = [item if isinstance(item, Typed) else typed(item, line=line) for item in data]
    if isinstance(data, dict):
        data = {name: item if isinstance(item, Typed) else typed(item, line=line) for name, item in data.items()}
    place = At(Span("main.tf", line, 1, line, 2)) if line else NO_PLACE
    return Typed(data, type_, place) if marks is None else Typed(data, type_, place, marks)


def test_types_are_shown_as_constraints() -> None:
    object_type = ObjectType({"b": ListType(STRING), "a": NUMBER}, {"a": None})
    assert str(object_type) == "object({a=optional(number),b=list(string)})"
    assert str(TupleType((STRING, MapType(DYNAMIC)))) == "tuple([string,map(any)])"
    assert friendly(SetType(ListType(DYNAMIC)), constraint=True) == "set of list of any single type"


def test_types_are_values() -> None:
    assert ObjectType({"a": NUMBER, "b": STRING}) == ObjectType({"b": STRING, "a": NUMBER})
    assert len({ListType(STRING), ListType(STRING), SetType(STRING), ObjectType({}), ObjectType({})}) == 3
    assert ListType(None) == ListType(DYNAMIC)  # type: ignore[arg-type]  # what it may be given


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (typed("a"), STRING),
        (typed(True), BOOL),
        (typed(1), NUMBER),
        (typed(Fraction(1, 2)), NUMBER),
        (typed(None), DYNAMIC),
        (typed(None, STRING), STRING),
        (typed(Unknown("x"), ListType(STRING)), ListType(STRING)),
        (typed([1, "a"]), TupleType((NUMBER, STRING))),
        (typed({"a": [True]}), ObjectType({"a": TupleType((BOOL,))})),
    ],
)
def test_type_of(value: Typed, expected: Type) -> None:
    assert type_of(value) == expected


def test_texts_of_numbers() -> None:
    third = number.divide(1, 3)
    assert number_text(third).startswith("0.3333333333")
    assert number_text(third).endswith("3335")
    assert number.multiply(number.divide(2, 3), 3) == 2
    assert number_text(number.add(Fraction(1, 10), Fraction(2, 10))) == "0.3"
    assert number_text(10**50) == "1" + "0" * 50
    assert number_text(number.from_float(2**0.5)) == "1.4142135623730951"
    assert number_text(number.divide(number.from_int(1), number.from_int(3))) == "0.33333333333333333334"
    assert [number_text(n) for n in (-0.0, math.inf, -math.inf)] == ["-0", "+Inf", "-Inf"]
    assert general_text(1_000_000) == "1e+06"
    assert format_number(Fraction(5, 2), "f", 0) == "2"


def test_huge_numbers_are_refused() -> None:
    with pytest.raises(EvaluationError, match="too large"):
        number.parse_number("1e999999999")
    with pytest.raises(EvaluationError, match="too large"):
        number.multiply(1 << 600_000, 1 << 600_000)


def test_zero_and_infinity() -> None:
    assert number.divide(1, 0) == math.inf
    assert number.divide(-1, 0) == -math.inf
    assert number.modulo(5, 0) == 5
    for operation, left, right in ((number.divide, 0, 0), (number.subtract, math.inf, math.inf), (number.multiply, 0, math.inf)):
        with pytest.raises(EvaluationError):
            operation(left, right)


@given(st.integers(-(10**40), 10**40), st.integers(1, 10**20))
def test_texts_of_numbers_read_back_as_the_same_number(top: int, bottom: int) -> None:
    value = number.divide(top, bottom)
    read = number.parse_number(number_text(value))
    assert read == value


def test_what_needs_no_conversion_is_the_same_object() -> None:
    value = typed(["a", "b"], line=3)
    made = convert(value, ListType(STRING))
    assert made.type == ListType(STRING)
    assert made.place is value.place
    assert all(new is old for new, old in zip(made.data, value.data, strict=True))
    assert convert(made, ListType(STRING)) is made
    nested = typed({"a": "x", "b": made}, line=4)
    assert convert(nested, ObjectType({"a": STRING, "b": ListType(STRING)})) is nested


def test_a_converted_element_keeps_its_place_and_marks() -> None:
    item = typed(1, line=7, marks=SECRET)
    made = convert(typed([item, "x"]), ListType(STRING)).data[0]
    assert (made.data, made.place, made.marks) == ("1", item.place, SECRET)


@pytest.mark.parametrize(
    ("value", "target", "expected"),
    [
        (typed("1"), NUMBER, 1),
        (typed(True), STRING, "true"),
        (typed("true"), BOOL, True),
        (typed(Fraction(1, 10)), STRING, number_text(Fraction(1, 10))),
    ],
)
def test_primitive_conversions(value: Typed, target: Type, expected: object) -> None:
    assert convert(value, target).data == expected


@pytest.mark.parametrize(
    ("value", "target", "message"),
    [
        (typed("x"), NUMBER, "a number is required"),
        (typed("True"), BOOL, 'use lowercase "true"'),
        (typed([]), STRING, "string required"),
        (typed(1), BOOL, "bool required"),
        (typed([1, True]), ListType(DYNAMIC), "all list elements must have the same type"),
        (typed({"a": 1}), ObjectType({"b": STRING, "c": STRING}), 'attributes "b" and "c" are required'),
        (typed([{"a": []}]), ListType(ObjectType({"a": STRING})), 'element 0: attribute "a": string required'),
    ],
)
def test_impossible_conversions_say_why(value: Typed, target: Type, message: str) -> None:
    with pytest.raises(EvaluationError, match=message):
        convert(value, target)


def test_nulls_and_unknowns_take_the_type() -> None:
    assert type_of(convert(typed(None), STRING)) == STRING
    made = convert(typed(Unknown("later"), ListType(STRING)), SetType(DYNAMIC))
    assert made.data.reason == "later"
    assert made.type == SetType(STRING)


def test_optional_attributes_and_their_defaults() -> None:
    port = ObjectType({"port": NUMBER, "name": STRING}, {"port": typed(80, line=2), "name": None})
    service = ObjectType({"ports": ListType(port), "first": port}, {"first": typed({}, line=5)})
    made = convert(typed({"ports": [{}, {"port": None, "name": "x"}, {"port": "8080"}]}), service)
    assert [item.data["port"].data for item in made.data["ports"].data] == [80, 80, 8080]
    assert made.data["ports"].data[0].data["port"].place.span().line == 2
    assert made.data["first"].data["port"].data == 80
    assert made.data["first"].data["name"].data is None
    assert type_of(made.data["first"].data["name"]) == STRING
    unchanged = typed({"port": 1, "name": "x"})
    assert apply_defaults(unchanged, port) is unchanged


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        ([NUMBER, STRING], STRING),
        ([NUMBER, BOOL], None),
        ([DYNAMIC, NUMBER], NUMBER),
        ([TupleType((NUMBER,)), TupleType((STRING,))], TupleType((STRING,))),
        ([TupleType((NUMBER,)), TupleType(())], ListType(NUMBER)),
        ([ObjectType({"a": NUMBER}), ObjectType({"b": STRING})], MapType(STRING)),
        ([ObjectType({"a": NUMBER}), TupleType(())], None),
        ([ListType(NUMBER), TupleType((STRING,))], ListType(STRING)),
        ([], None),
    ],
)
def test_unify(types: list[Type], expected: Type | None) -> None:
    assert unify(types) == expected


def test_sets_are_ordered_and_without_duplicates() -> None:
    made = convert(typed(["b", "a", "b", "C"]), SetType(STRING))
    assert [item.data for item in made.data] == ["C", "a", "b"]
    assert [item.data for item in convert(typed([10, 9, 10]), SetType(NUMBER)).data] == [9, 10]
    assert make_set([typed("a", marks=SECRET)], STRING, typed(None)).marks.sensitive


def test_the_length_of_what_is_partly_unknown() -> None:
    assert length(typed([Unknown("x"), 1])) == 2
    assert isinstance(length(typed([typed(Unknown("x", many=True)), 1])), Unknown)
    assert isinstance(length(typed([typed(Unknown("x"), STRING), "a"], SetType(STRING))), Unknown)


def test_equality_is_of_values_and_types() -> None:
    assert equal(typed(1), typed("1")) is False
    assert equal(typed(1), typed(True)) is False
    assert equal(typed([1]), convert(typed([1]), ListType(NUMBER))) is False
    assert equal(typed([1, {"a": None}]), typed([1, {"a": None}])) is True
    assert equal(typed(None, STRING), typed(None)) is True
    assert equal(typed([typed(None, STRING)]), typed([None])) is False
    assert equal(typed(-0.0), typed(0)) is True


def test_equality_of_unknowns() -> None:
    unknown = typed(Unknown("x", nullable=False, prefix="arn:"), STRING)
    assert equal(unknown, typed("arn:aws")) is None
    assert equal(unknown, typed("other")) is False
    assert equal(unknown, typed(None)) is False
    assert equal(typed([unknown, 1]), typed([unknown, 2])) is False
    assert equal(typed([unknown, 1]), typed([unknown, 1])) is None


def test_marks_and_unknowns_are_found_anywhere() -> None:
    inner = typed({"a": [typed("x", marks=SECRET)], "b": typed(Unknown("y"))})
    assert deep_marks([typed([inner])]).sensitive
    found = first_unknown(typed([inner]))
    assert found is not None
    assert found.reason == "y"


def test_json_knows_where_its_parts_are() -> None:
    text = '{\n  "a": [1, "x"]\n}'
    value = from_json(text, At(Span("policy.json", 1, 1, 3, 2)))
    assert value.data["a"].data[1].place.span() == Span("policy.json", 2, 12, 2, 15)
    assert to_json(value) == '{"a":[1,"x"]}'
