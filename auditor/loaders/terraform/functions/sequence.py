"""Lists and tuples made of others."""

from __future__ import annotations

from auditor.loaders.terraform.call import ArgumentError, Call, Family, Parameter, whole_number
from auditor.loaders.terraform.functions.collection import with_marks
from auditor.loaders.terraform.values.convert import convert, equal, unify
from auditor.loaders.terraform.values.number import add, from_int
from auditor.loaders.terraform.values.types import (
    DYNAMIC,
    NUMBER,
    STRING,
    EvaluationError,
    ListType,
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

_ANY_LIST = Parameter("list", ListType(DYNAMIC))
_MOST_RANGE = 1024


def _any_number(unknown: Unknown, type_: Type, like: Typed) -> Typed:
    """An item that stands for any number of unknown ones."""
    return Typed(Unknown(unknown.reason, unknown.nullable, many=True), type_, like.place, like.marks)


def _same_type(arguments: list[Typed]) -> Type:
    return type_of(arguments[0])


@_family.add(
    "chunklist",
    Parameter("list", ListType(DYNAMIC), marked=True),
    Parameter("size", NUMBER, marked=True),
    result=lambda arguments: ListType(type_of(arguments[0])),
)
def _chunklist(call: Call) -> Typed:
    items, count = call.arguments
    size = whole_number(count, prefix="invalid size: ")
    marks = items.marks if count.marks is UNMARKED else items.marks | count.marks
    if size < 0:
        raise EvaluationError("the size argument must be positive")
    if isinstance(unknown := length(items), Unknown):
        return call.unknown(unknown, marks)
    if size == 0 and items.data:
        return call.value([items], call.result, marks)
    chunks = [call.value(items.data[start : start + size], items.type) for start in range(0, len(items.data), size or 1)]
    return call.value(chunks, call.result, marks)


@_family.add("compact", Parameter("list", ListType(STRING)), result=ListType(STRING))
def _compact(call: Call) -> Typed:
    items = call.arguments[0]
    kept = [
        _any_number(item.data, STRING, item) if isinstance(item.data, Unknown) else item
        for item in items.data
        if item.data not in (None, "")
    ]
    return call.value(kept, ListType(STRING))


def _concat_type(arguments: list[Typed]) -> Type:
    if not arguments:
        raise EvaluationError("at least one argument is required")
    types = [type_of(argument) for argument in arguments]
    if all(isinstance(type_, ListType) for type_ in types) and (common := unify(types)) is not None:
        return common
    elements: list[Type] = []
    open_ended = False
    for index, (type_, argument) in enumerate(zip(types, arguments, strict=True)):
        if isinstance(type_, TupleType):
            elements.extend(type_.elements)
        elif isinstance(type_, ListType):
            open_ended = open_ended or isinstance(argument.data, Unknown)
            elements.extend([type_.element] * (0 if open_ended else len(argument.data)))
        else:
            raise ArgumentError(index, f"all arguments must be lists or tuples; got {friendly(type_)}")
    return DYNAMIC if open_ended else TupleType(tuple(elements))


@_family.add("concat", result=_concat_type, rest=Parameter("seqs", unknown=True, marked=True))
def _concat(call: Call) -> Typed:
    items: list[Typed] = []
    marks = UNMARKED
    for index, argument in enumerate(call.arguments):
        try:
            part = convert(argument, call.result) if isinstance(call.result, ListType) else argument
        except EvaluationError as error:
            raise ArgumentError(index, error.message) from None
        marks = marks if part.marks is UNMARKED else part.marks if marks is UNMARKED else marks | part.marks
        if isinstance(part.data, Unknown):
            if isinstance(part.type, TupleType):
                items += [Typed(Unknown(part.data.reason), element, part.place, part.marks) for element in part.type.elements]
            else:
                items.append(_any_number(part.data, part.type.element if isinstance(part.type, ListType) else DYNAMIC, part))
        else:
            items += part.data
    return call.value(items, call.result if isinstance(call.result, ListType) else None, marks)


@_family.add("distinct", _ANY_LIST, result=_same_type)
def _distinct(call: Call) -> Typed:
    items = call.arguments[0]
    kept: list[Typed] = []
    seen: set[tuple[type, object]] = set()
    element = items.type.element if isinstance(items.type, ListType) else DYNAMIC
    for item in items.data:
        if isinstance(item.data, (str, bool, int)):
            key = (str if isinstance(item.data, str) else type(item.data), item.data)
            if key not in seen:
                seen.add(key)
                kept.append(item)
        elif (unknown := first_unknown(item)) is not None:
            kept.append(_any_number(unknown, element, item))
        elif not any(equal(old, item) for old in kept):
            kept.append(item)
    return call.value(kept, items.type)


def _flatten_type(arguments: list[Typed]) -> Type:
    type_ = type_of(arguments[0])
    if not isinstance(type_, (ListType, SetType, TupleType)):
        raise EvaluationError("can only flatten lists, sets and tuples")
    return DYNAMIC


@_family.add("flatten", Parameter("list", marked=True), result=_flatten_type)
def _flatten(call: Call) -> Typed:
    items: list[Typed] = []
    marks = _flat(call.arguments[0], items, UNMARKED)
    return call.value(items, None, marks)


def _flat(value: Typed, into: list[Typed], marks: Marks) -> Marks:
    marks = marks if value.marks is UNMARKED else value.marks if marks is UNMARKED else marks | value.marks
    for item in value.data:
        if isinstance(item.data, list):
            marks = _flat(item, into, marks)
        elif (isinstance(item.data, Unknown) and isinstance(type_of(item), (ListType, SetType, TupleType))) or (
            isinstance(item.data, Unknown) and item.type is None
        ):
            into.append(_any_number(item.data, DYNAMIC, item))
        else:
            into.append(item)
    return marks


def _matchkeys_type(arguments: list[Typed]) -> Type:
    values, keys, wanted = arguments
    if unify([type_of(keys), type_of(wanted)]) is None:
        raise EvaluationError("keys and searchset must be of the same type")
    return type_of(values)


@_family.add(
    "matchkeys",
    Parameter("values", ListType(DYNAMIC)),
    Parameter("keys", ListType(DYNAMIC)),
    Parameter("searchset", ListType(DYNAMIC)),
    result=_matchkeys_type,
)
def _matchkeys(call: Call) -> Typed:
    values, keys, wanted = call.arguments
    if len(values.data) != len(keys.data):
        raise EvaluationError("length of keys and values should be equal")
    common = unify([type_of(keys), type_of(wanted)])
    keys, wanted = convert(keys, common), convert(wanted, common)
    if wanted.data:
        for part in (values, keys, wanted):
            if (unknown := first_unknown(part)) is not None:
                return call.unknown(unknown)
    kept = [value for value, key in zip(values.data, keys.data, strict=True) if any(equal(key, one) for one in wanted.data)]
    return call.value(kept, values.type)


@_family.add("range", result=ListType(NUMBER), rest=Parameter("params", NUMBER))
def _range(call: Call) -> Typed:
    numbers = [argument.data for argument in call.arguments]
    if not 1 <= len(numbers) <= 3:
        raise EvaluationError("must have one, two, or three arguments")
    start, end = (from_int(0), numbers[0]) if len(numbers) == 1 else numbers[:2]
    step = numbers[2] if len(numbers) == 3 else from_int(-1 if end < start else 1)
    if step < 0 and end > start:
        raise ArgumentError(1, "end must be less than start when step is negative")
    if step >= 0 and end < start:
        raise ArgumentError(1, "end must be greater than start when step is positive")
    found: list[Typed] = []
    number = start
    while number > end if step < 0 else number < end:
        if len(found) >= _MOST_RANGE:
            raise EvaluationError(
                "more than 1024 values were generated; either decrease the difference between start and end or use a smaller step"
            )
        found.append(call.value(number))
        number = add(number, step)
    return call.value(found, ListType(NUMBER))


def _reverse_type(arguments: list[Typed]) -> Type:
    type_ = type_of(arguments[0])
    if isinstance(type_, TupleType):
        return TupleType(type_.elements[::-1])
    if isinstance(type_, (ListType, SetType)):
        return ListType(type_.element)
    raise ArgumentError(0, f"can only reverse list or tuple values, not {friendly(type_)}")


@_family.add("reverse", Parameter("list", marked=True), result=_reverse_type)
def _reverse(call: Call) -> Typed:
    items = call.arguments[0]
    if isinstance(items.type, SetType) and isinstance(unknown := length(items), Unknown):
        return call.unknown(unknown, items.marks)
    return call.value(items.data[::-1], None if isinstance(call.result, TupleType) else call.result, items.marks)


def _bounds(arguments: list[Typed]) -> tuple[int, int] | None:
    """The start and end of a slice; None when one of them is not known."""
    items, *ends = arguments
    type_ = type_of(items)
    count = len(type_.elements) if isinstance(type_, TupleType) else None if isinstance(items.data, Unknown) else length(items)
    found: list[int] = []
    for index, (end, name) in enumerate(zip(ends, ("start", "end"), strict=True), 1):
        if isinstance(end.data, Unknown):
            continue
        number = whole_number(end, index, prefix=f"invalid {name} index: ")
        if number < 0:
            raise ArgumentError(index, f"{name} index must not be less than zero")
        if isinstance(count, int) and number > count:
            raise ArgumentError(index, f"{name} index must not be greater than the length of the list")
        found.append(number)
    if len(found) < 2:
        return None
    if found[0] > found[1]:
        raise ArgumentError(1, "start index must not be greater than end index")
    return found[0], found[1]


def _slice_type(arguments: list[Typed]) -> Type:
    type_ = type_of(arguments[0])
    if isinstance(type_, SetType):
        raise ArgumentError(
            0,
            "cannot slice a set, because its elements do not have indices; explicitly convert to a list if the ordering of the "
            "result is not important",
        )
    if not isinstance(type_, (ListType, TupleType)):
        raise ArgumentError(0, "must be a list or tuple value")
    bounds = _bounds(arguments)
    if isinstance(type_, ListType):
        return type_
    return DYNAMIC if bounds is None else TupleType(type_.elements[bounds[0] : bounds[1]])


@_family.add(
    "slice",
    Parameter("list", marked=True, unknown=True),
    Parameter("start_index", NUMBER),
    Parameter("end_index", NUMBER),
    result=_slice_type,
)
def _slice(call: Call) -> Typed:
    items = call.arguments[0]
    bounds = _bounds(call.arguments)
    assert bounds is not None
    if isinstance(items.data, Unknown) and isinstance(items.type, ListType):
        return _unknown_items(call, items, items.type, bounds)
    if isinstance(unknown := length(items), Unknown):
        return call.unknown(unknown, items.marks)
    return with_marks(call.value(items.data[bounds[0] : bounds[1]], items.type), items.marks)


def _unknown_items(call: Call, items: Typed, type_: ListType, bounds: tuple[int, int]) -> Typed:
    """As many unknown items as the slice has: a shorter list is an error, so their number is known though the list is not."""
    reason = Unknown(items.data.reason, nullable=False)
    found = [Typed(reason, type_.element, items.place, items.marks.item(index)) for index in range(*bounds)]
    return with_marks(call.value(found, type_), items.marks)
