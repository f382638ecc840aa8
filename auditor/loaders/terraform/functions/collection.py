"""The elements of any collection."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.loaders.terraform.algorithms.graphemes import clusters
from auditor.loaders.terraform.call import ArgumentError, Call, Family, Parameter, is_sequence, whole_number
from auditor.loaders.terraform.values.convert import convert, equal, unify
from auditor.loaders.terraform.values.number import add, from_int
from auditor.loaders.terraform.values.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    EvaluationError,
    ListType,
    ObjectType,
    SetType,
    TupleType,
    Type,
    Typed,
    first_unknown,
    friendly,
    length,
    type_of,
)
from auditor.model.value import UNMARKED, Marks, Unknown

_family = Family()
FUNCTIONS = _family.functions


def with_marks(value: Typed, marks: Marks) -> Typed:
    """`value` with more marks; the same object when it has them already."""
    if marks is UNMARKED or marks == value.marks:
        return value
    return Typed(value.data, value.type, value.place, marks if value.marks is UNMARKED else value.marks | marks)


def all_marks(values: Iterable[Typed]) -> Marks:
    """The marks of all these values together."""
    total = UNMARKED
    for value in values:
        if value.marks is not UNMARKED:
            total = value.marks if total is UNMARKED else total | value.marks
    return total


def _length_type(arguments: list[Typed]) -> Type:
    type_ = type_of(arguments[0]) if isinstance(arguments[0].data, Unknown) or arguments[0].data is None else None
    if isinstance(arguments[0].data, (str, list, dict)) or (type_ is not None and type_ not in (NUMBER, BOOL)):
        return NUMBER
    raise EvaluationError("argument must be a string, a collection type, or a structural type")


@_family.add("length", Parameter("value", dynamic=True, unknown=True, marked=True), result=_length_type)
def _length(call: Call) -> Typed:
    value = call.arguments[0]
    if isinstance(value.data, Unknown):
        type_ = type_of(value)
        if isinstance(type_, TupleType):
            return call.value(from_int(len(type_.elements)), None, value.marks)
        if isinstance(type_, ObjectType):
            return call.value(from_int(len(type_.attributes)), None, value.marks)
        return call.unknown(value, value.marks)
    if isinstance(value.data, str):
        return call.value(from_int(len(clusters(value.data))), None, value.marks)
    count = length(value)
    return call.unknown(count, value.marks) if isinstance(count, Unknown) else call.value(from_int(count), None, value.marks)


_BOOLS = Parameter("list", ListType(BOOL))


@_family.add("alltrue", _BOOLS, result=BOOL)
def _alltrue(call: Call) -> Typed:
    for item in call.arguments[0].data:
        if isinstance(item.data, Unknown):
            return call.unknown(item)
        if not item.data:
            return call.value(False)
    return call.value(True)


@_family.add("anytrue", _BOOLS, result=BOOL)
def _anytrue(call: Call) -> Typed:
    unknown: Unknown | None = None
    for item in call.arguments[0].data:
        if isinstance(item.data, Unknown):
            unknown = unknown or item.data
        elif item.data:
            return call.value(True)
    return call.value(False) if unknown is None else call.unknown(unknown)


def _coalesce_type(arguments: list[Typed]) -> Type:
    found = unify([type_of(argument) for argument in arguments])
    if found is None:
        raise EvaluationError("all arguments must have the same type")
    return found


_VALUES = Parameter("vals", unknown=True, dynamic=True, null=True)


@_family.add("coalesce", result=_coalesce_type, rest=_VALUES)
def _coalesce(call: Call) -> Typed:
    for argument in call.arguments:
        value = convert(argument, call.result)
        if isinstance(value.data, Unknown):
            return call.unknown(value)
        if value.data is not None and value.data != "":
            return value
    raise EvaluationError("no non-null, non-empty-string arguments")


def _coalescelist_type(arguments: list[Typed]) -> Type:
    if not arguments:
        raise EvaluationError("at least one argument is required")
    types = []
    for argument in arguments:
        if isinstance(argument.data, Unknown):
            return DYNAMIC
        types.append(type_of(argument))
        if not isinstance(types[-1], (ListType, TupleType)):
            raise EvaluationError("coalescelist arguments must be lists or tuples")
    return types[0] if all(type_ == types[0] for type_ in types) else DYNAMIC


@_family.add("coalescelist", result=_coalescelist_type, rest=_VALUES)
def _coalescelist(call: Call) -> Typed:
    for argument in call.arguments:
        if isinstance(argument.data, Unknown):
            return call.unknown(argument)
        if argument.data:
            return argument
    raise EvaluationError("no non-null arguments")


@_family.add("contains", Parameter("list"), Parameter("value"), result=BOOL)
def _contains(call: Call) -> Typed:
    items, wanted = call.arguments
    if not is_sequence(items):
        raise EvaluationError("argument must be list, tuple, or set")
    unknown: Unknown | None = None
    for item in items.data:
        same = equal(wanted, item)
        if same:
            return call.value(True)
        if same is None:
            unknown = unknown or first_unknown(item) or first_unknown(wanted)
    return call.value(False) if unknown is None else call.unknown(unknown)


@_family.add("index", Parameter("list"), Parameter("value"), result=NUMBER)
def _index(call: Call) -> Typed:
    items, wanted = call.arguments
    if not isinstance(type_of(items), (ListType, TupleType)):
        raise EvaluationError("argument must be a list or tuple")
    if not items.data:
        raise EvaluationError("cannot search an empty list")
    for index, item in enumerate(items.data):
        same = equal(item, wanted)
        if same is None:
            return call.unknown(first_unknown(item) or first_unknown(wanted) or Unknown("a part is unknown"))
        if same:
            return call.value(from_int(index))
    raise EvaluationError("item not found")


def _element_type(arguments: list[Typed]) -> Type:
    items, index = arguments
    type_ = type_of(items)
    if isinstance(type_, ListType):
        return type_.element
    if not isinstance(type_, TupleType):
        raise EvaluationError(f"cannot read elements from {friendly(type_)}")
    if isinstance(index.data, Unknown):
        return DYNAMIC
    position = whole_number(index, prefix="invalid index: ")
    if not type_.elements:
        raise EvaluationError("cannot use element function with an empty list")
    if position < 0 and position % len(type_.elements):
        raise EvaluationError("cannot use element function with a negative index")
    return type_.elements[position % len(type_.elements)]


@_family.add("element", Parameter("list", marked=True), Parameter("index", NUMBER), result=_element_type, nullable=True)
def _element(call: Call) -> Typed:
    items, index = call.arguments
    position = whole_number(index, prefix="invalid index: ")
    if not items.data:
        raise EvaluationError("cannot use element function with an empty list")
    count = length(items)
    if isinstance(count, Unknown):
        return call.unknown(count, items.marks)
    found: Typed = items.data[position % count]
    return with_marks(found, items.marks)


def _one_type(arguments: list[Typed]) -> Type:
    type_ = type_of(arguments[0])
    if isinstance(type_, (ListType, SetType)):
        return type_.element
    if isinstance(type_, TupleType) and len(type_.elements) < 2:
        return type_.elements[0] if type_.elements else DYNAMIC
    raise ArgumentError(0, "must be a list, set, or tuple value with either zero or one elements")


@_family.add("one", Parameter("list"), result=_one_type, nullable=True)
def _one(call: Call) -> Typed:
    items = call.arguments[0]
    count = length(items)
    if isinstance(count, Unknown):
        return call.unknown(count)
    if count > 1:
        raise ArgumentError(0, "must be a list, set, or tuple value with either zero or one elements")
    if count == 0:
        return call.value(None, None if call.result == DYNAMIC else call.result)
    found: Typed = items.data[0]
    return found


@_family.add("sum", Parameter("list"), result=NUMBER)
def _sum(call: Call) -> Typed:
    items = call.arguments[0]
    if not isinstance(items.data, (list, dict)):
        raise ArgumentError(0, "cannot sum noniterable")
    if not items.data:
        raise ArgumentError(0, "cannot sum an empty list")
    if isinstance(items.data, dict):
        raise ArgumentError(0, f"argument must be list, set, or tuple. Received {friendly(type_of(items))}")
    if (unknown := first_unknown(items)) is not None:
        return call.unknown(unknown)
    total = None
    for item in items.data:
        try:
            number = convert(item, NUMBER)
        except EvaluationError:
            number = item
        if number.data is None or (number is item is not None and type_of(item) != NUMBER):
            raise ArgumentError(0, "argument must be list, set, or tuple of number values")
        total = number.data if total is None else add(total, number.data)
    return call.value(total)
