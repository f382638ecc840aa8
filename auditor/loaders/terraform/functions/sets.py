"""Sets: setintersection, setproduct, setsubtract, setunion."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from math import prod

from auditor.loaders.terraform.call import ArgumentError, Call, Family, Parameter
from auditor.loaders.terraform.values.convert import convert, equal, make_set, unify
from auditor.loaders.terraform.values.types import (
    DYNAMIC,
    EvaluationError,
    ListType,
    SetType,
    TupleType,
    Type,
    Typed,
    first_unknown,
    length,
    type_of,
)
from auditor.model.value import UNMARKED, Unknown

_family = Family()
FUNCTIONS = _family.functions

_MOST_PRODUCTS = 100_000
_ANY_SET = SetType(DYNAMIC)


def _set_type(arguments: list[Typed]) -> Type:
    elements = []
    for argument in arguments:
        type_ = type_of(argument)
        assert isinstance(type_, SetType)
        if not (isinstance(argument.data, list) and not argument.data and type_.element == DYNAMIC):
            elements.append(type_.element)
    if not elements:
        return _ANY_SET
    found = unify(elements)
    if found is None:
        raise EvaluationError("given sets must all have compatible element types")
    return SetType(found)


def _converted(call: Call) -> list[Typed]:
    found = []
    for index, argument in enumerate(call.arguments):
        try:
            found.append(convert(argument, call.result))
        except EvaluationError as error:
            raise ArgumentError(index, error.message) from None
    if any(part.type != found[0].type for part in found):
        raise EvaluationError("given sets must all have compatible element types")
    return found


def _has(items: list[Typed], wanted: Typed) -> bool:
    return any(equal(item, wanted) is True for item in items)


@_family.add(
    "setunion",
    Parameter("first_set", _ANY_SET, dynamic=True, unknown=True),
    result=lambda arguments: DYNAMIC if any(a.type in (None, DYNAMIC) for a in arguments) else _set_type(arguments),
    rest=Parameter("other_sets", _ANY_SET, dynamic=True, unknown=True),
)
def _setunion(call: Call) -> Typed:
    items: list[Typed] = []
    if not isinstance(call.result, SetType):
        return call.unknown(next(argument for argument in call.arguments if isinstance(argument.data, Unknown)))
    for part in _converted(call):
        if isinstance(part.data, Unknown):
            items.append(Typed(Unknown(part.data.reason, many=True), call.result.element, part.place, part.marks))
        else:
            items += part.data
    return make_set(items, call.result.element, call.value(None))


def _combined(call: Call, keep: Callable[[list[Typed], Typed], bool]) -> Typed:
    first, *others = _converted(call)
    for part in (first, *others):
        if (unknown := first_unknown(part)) is not None:
            return call.unknown(unknown)
    items: list[Typed] = first.data
    for other in others:
        items = [item for item in items if keep(other.data, item)]
    assert isinstance(call.result, SetType)
    return make_set(items, call.result.element, call.value(None))


@_family.add("setintersection", Parameter("first_set", _ANY_SET, dynamic=False), result=_set_type, rest=Parameter("other_sets", _ANY_SET))
def _setintersection(call: Call) -> Typed:
    return _combined(call, _has)


@_family.add("setsubtract", Parameter("a", _ANY_SET), Parameter("b", _ANY_SET), result=_set_type)
def _setsubtract(call: Call) -> Typed:
    return _combined(call, lambda items, wanted: not _has(items, wanted))


def _product_type(arguments: list[Typed]) -> Type:
    if len(arguments) < 2:
        raise EvaluationError("at least two arguments are required")
    elements: list[Type] = []
    ordered = True
    for index, argument in enumerate(arguments):
        type_ = type_of(argument)
        ordered = ordered and not isinstance(type_, SetType)
        if isinstance(type_, (SetType, ListType)):
            elements.append(type_.element)
        elif isinstance(type_, TupleType):
            found = unify(type_.elements) if type_.elements else DYNAMIC
            if found is None:
                raise ArgumentError(index, "all elements must be of the same type")
            elements.append(found)
        else:
            raise ArgumentError(index, "a set or a list is required")
    return ListType(TupleType(tuple(elements))) if ordered else SetType(TupleType(tuple(elements)))


@_family.add("setproduct", result=_product_type, rest=Parameter("sets", unknown=True, marked=True))
def _setproduct(call: Call) -> Typed:
    assert isinstance(call.result, (ListType, SetType))
    element = call.result.element
    assert isinstance(element, TupleType)
    marks = UNMARKED
    for argument in call.arguments:
        marks = marks if argument.marks is UNMARKED else argument.marks if marks is UNMARKED else marks | argument.marks
    for argument in call.arguments:
        if isinstance(argument.data, Unknown) or isinstance(length(argument), Unknown):
            return call.unknown(first_unknown(argument) or Unknown("its length is unknown"), marks)
    if prod(len(argument.data) for argument in call.arguments) > _MOST_PRODUCTS:
        return call.unknown(Unknown("the product has too many elements"), marks)
    parts = [[convert(item, wanted) for item in argument.data] for argument, wanted in zip(call.arguments, element.elements, strict=True)]
    for items, wanted in zip(parts, element.elements, strict=True):
        if wanted == DYNAMIC and any(type_of(item) != type_of(items[0]) for item in items):
            raise EvaluationError("all elements must be of the same type")
    found = [call.value(list(items)) for items in product(*parts)]
    if isinstance(call.result, ListType):
        return call.value(found, call.result, marks)
    return make_set(found, element, call.value(None, None, marks))
