"""Conversion of types, and what may be shown."""

from __future__ import annotations

from auditor.loaders.terraform.call import ArgumentError, Call, Family, Parameter
from auditor.loaders.terraform.values.convert import convert
from auditor.loaders.terraform.values.equality import quoted
from auditor.loaders.terraform.values.mismatch import mismatch
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
    friendly,
    type_of,
)
from auditor.loaders.terraform.values.unify import convertible
from auditor.model.value import Marks, Unknown

_family = Family()
FUNCTIONS = _family.functions

_ANYTHING = Parameter("v", null=True, unknown=True, dynamic=True, marked=True)


def _add(name: str, target: Type) -> None:
    def result(arguments: list[Typed]) -> Type:
        got = type_of(arguments[0])
        if convertible(got, target):
            return target
        if isinstance(got, (TupleType, ObjectType)) and type(got) is type(target):
            raise ArgumentError(0, f"incompatible {friendly(got)} type for conversion: {mismatch(got, target)}")
        raise ArgumentError(0, f"cannot convert {friendly(got)} to {friendly(target, constraint=True)}")

    @_family.add(name, _ANYTHING, result=result, nullable=True)
    def body(call: Call) -> Typed:
        value = call.arguments[0]
        if isinstance(value.data, Unknown):
            return Typed(value.data, target, value.place, value.marks)
        try:
            return convert(value, target)
        except EvaluationError:
            raise _refused(value, target) from None


def _refused(value: Typed, target: Type) -> ArgumentError:
    got = friendly(type_of(value))
    if deep_marks([value]).sensitive:
        return ArgumentError(0, f"cannot convert this sensitive {got} to {friendly(target, constraint=True)}")
    if isinstance(value.data, str) and target == BOOL:
        return ArgumentError(0, f'cannot convert {quoted(value.data)} to bool; only the strings "true" or "false" are allowed')
    if isinstance(value.data, str) and target == NUMBER:
        return ArgumentError(0, f"cannot convert {quoted(value.data)} to number; given string must be a decimal representation of a number")
    return ArgumentError(0, f"cannot convert {got} to {friendly(target, constraint=True)}")


_add("tostring", STRING)
_add("tonumber", NUMBER)
_add("tobool", BOOL)
_add("tolist", ListType(DYNAMIC))
_add("toset", SetType(DYNAMIC))
_add("tomap", MapType(DYNAMIC))

_VALUE = Parameter("value", null=True, unknown=True, dynamic=True, marked=True)


def _same_type(arguments: list[Typed]) -> Type:
    return type_of(arguments[0])


@_family.add("sensitive", _VALUE, result=_same_type, nullable=True)
def _sensitive(call: Call) -> Typed:
    value = call.arguments[0]
    return Typed(value.data, value.type, value.place, Marks(value.marks.refs, sensitive=True))


@_family.add("nonsensitive", _VALUE, result=_same_type, nullable=True)
def _nonsensitive(call: Call) -> Typed:
    value = call.arguments[0]
    if not value.marks.sensitive:
        return value
    return Typed(value.data, value.type, value.place, Marks(value.marks.refs))


@_family.add("issensitive", _VALUE, result=BOOL)
def _issensitive(call: Call) -> Typed:
    value = call.arguments[0]
    if value.marks.sensitive:
        return call.value(True)
    return call.unknown(value) if isinstance(value.data, Unknown) else call.value(False)


@_family.add("ephemeralasnull", _VALUE, result=_same_type, nullable=True)
def _ephemeralasnull(call: Call) -> Typed:
    # Ephemeral values are not told apart here; every other value passes unchanged.
    return call.arguments[0]
