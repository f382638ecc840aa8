"""Terraform's operators."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from auditor.loaders.terraform.values.convert import convert, equal
from auditor.loaders.terraform.values.number import add, divide, modulo, multiply, negate, subtract
from auditor.loaders.terraform.values.types import BOOL, NUMBER, EvaluationError, Type, Typed, first_unknown
from auditor.model.value import UNMARKED, Marks, Unknown

_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {"+": add, "-": subtract, "*": multiply, "/": divide, "%": modulo}
_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda a, b: bool(a < b),
    ">": lambda a, b: bool(a > b),
    "<=": lambda a, b: bool(a <= b),
    ">=": lambda a, b: bool(a >= b),
}
_LOGIC: dict[str, Callable[[Any, Any], bool]] = {"&&": lambda a, b: a and b, "||": lambda a, b: a or b}


def unary(operator: str, operand: Typed, place: Any) -> Typed:
    """`-operand` or `!operand`."""
    type_ = NUMBER if operator == "-" else BOOL
    value = _operand(operand, type_)
    if isinstance(value.data, Unknown):
        return Typed(Unknown(value.data.reason, False), type_, place, value.marks)
    data: Any = value.data
    return Typed(negate(data) if operator == "-" else not data, None, place, value.marks)


def binary(operator: str, left: Typed, right: Typed, place: Any) -> Typed:
    """`left operator right`; unknown when either side is."""
    if operator in ("==", "!="):
        return _equality(operator, left, right, place)
    if operator in _LOGIC:
        return _apply(_LOGIC[operator], left, right, BOOL, BOOL, place)
    if operator in _ORDER:
        return _apply(_ORDER[operator], left, right, NUMBER, BOOL, place)
    return _apply(_ARITHMETIC[operator], left, right, NUMBER, NUMBER, place)


def _equality(operator: str, left: Typed, right: Typed, place: Any) -> Typed:
    marks = _marks(left, right)
    same = equal(left, right)
    if same is None:
        found = first_unknown(left) or first_unknown(right)
        return Typed(Unknown(found.reason if found else "a part is unknown", False), BOOL, place, marks)
    return Typed(same if operator == "==" else not same, None, place, marks)


def _apply(function: Callable[[Any, Any], Any], left: Typed, right: Typed, takes: Type, gives: Type, place: Any) -> Typed:
    left, right = _operand(left, takes), _operand(right, takes)
    marks = _marks(left, right)
    for side in (left, right):
        if isinstance(side.data, Unknown):
            return Typed(Unknown(side.data.reason, False), gives, place, marks)
    return Typed(function(left.data, right.data), None, place, marks)


def _operand(value: Typed, type_: Type) -> Typed:
    if value.data is None:
        raise EvaluationError("argument must not be null: the operator needs a value")
    return convert(value, type_)


def _marks(left: Typed, right: Typed) -> Marks:
    if left.marks is UNMARKED and right.marks is UNMARKED:
        return UNMARKED
    return left.marks | right.marks
