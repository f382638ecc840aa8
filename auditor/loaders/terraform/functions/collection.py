"""Maps, objects and the elements of any collection."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.loaders.terraform.call import ArgumentError, Call, Family, Parameter, is_sequence, whole_number
from auditor.loaders.terraform.convert import convert, equal, make_map, unify
from auditor.loaders.terraform.graphemes import clusters
from auditor.loaders.terraform.number import add, from_int
from auditor.loaders.terraform.types import (
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
    first_unknown,
    friendly,
    length,
    or_dynamic,
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


def _union(values: Iterable[Typed]) -> Marks:
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


def _keys_type(arguments: list[Typed]) -> Type:
    type_ = type_of(arguments[0])
    if isinstance(type_, MapType):
        return ListType(STRING)
    if isinstance(type_, ObjectType):
        return TupleType((STRING,) * len(type_.attributes))
    raise ArgumentError(0, "must have map or object type")


@_family.add("keys", Parameter("inputMap", unknown=True, marked=True), result=_keys_type)
def _keys(call: Call) -> Typed:
    table = call.arguments[0]
    if isinstance(table.data, Unknown):
        if not isinstance(table.type, ObjectType):
            return call.unknown(table, table.marks)
        names = sorted(table.type.attributes)
    else:
        names = sorted(table.data)
    return call.value([call.value(name) for name in names], ListType(STRING) if isinstance(table.type, MapType) else None, table.marks)


def _values_type(arguments: list[Typed]) -> Type:
    type_ = type_of(arguments[0])
    if isinstance(type_, MapType):
        return ListType(type_.element)
    if isinstance(type_, ObjectType):
        return TupleType(tuple(type_.attributes.values()))
    raise EvaluationError("values() requires a map as the first argument")


@_family.add("values", Parameter("mapping", marked=True), result=_values_type)
def _values(call: Call) -> Typed:
    table = call.arguments[0]
    items = [table.data[name] for name in sorted(table.data)]
    return call.value(items, ListType(table.type.element) if isinstance(table.type, MapType) else None, table.marks)


def _lookup_type(arguments: list[Typed]) -> Type:
    if len(arguments) > 3:
        raise EvaluationError(f"lookup() takes two or three arguments, got {len(arguments)}")
    table, key, *default = arguments
    if isinstance(table.type, MapType):
        if default:
            try:
                convert(default[0], table.type.element)
            except EvaluationError:
                raise ArgumentError(2, "the default value must have the same type as the map elements") from None
        return table.type.element
    if not isinstance(table.data, dict) and not isinstance(table.type, ObjectType):
        raise ArgumentError(0, "lookup() requires a map as the first argument")
    if isinstance(key.data, Unknown):
        return DYNAMIC
    known = table.type.attributes if isinstance(table.type, ObjectType) else table.data
    if key.data in known:
        return table.type.attributes[key.data] if isinstance(table.type, ObjectType) else type_of(table.data[key.data])
    if default:
        return type_of(default[0])
    raise ArgumentError(0, f'the given object has no attribute "{key.data}"')


@_family.add(
    "lookup",
    Parameter("inputMap", marked=True),
    Parameter("key", STRING, marked=True),
    result=_lookup_type,
    rest=Parameter("default", unknown=True, dynamic=True, null=True, marked=True),
    nullable=True,
)
def _lookup(call: Call) -> Typed:
    table, key, *default = call.arguments
    marks = _union((table, key))
    if key.data in table.data:
        return with_marks(table.data[key.data], marks)
    if default:
        return with_marks(convert(default[0], call.result), marks)
    shown = "(sensitive value)" if key.marks.sensitive else f'"{key.data}"'
    raise EvaluationError(f"lookup failed to find key {shown}")


def _merge_type(arguments: list[Typed]) -> Type:
    if not arguments:
        return ObjectType({})
    types = []
    for argument in arguments:
        if argument.type in (None, DYNAMIC) and (argument.data is None or isinstance(argument.data, Unknown)):
            return DYNAMIC
        type_ = type_of(argument)
        if not isinstance(type_, (MapType, ObjectType)):
            raise EvaluationError(f'arguments must be maps or objects, got "{friendly(type_)}"')
        types.append(type_)
    if all(type_ == types[0] for type_ in types):
        return types[0]
    attributes: dict[str, Type | None] = {}
    for argument, type_ in zip(arguments, types, strict=True):
        if argument.data is None:
            continue
        if isinstance(type_, ObjectType):
            attributes.update(type_.attributes)
        elif isinstance(argument.data, Unknown):
            return DYNAMIC
        else:
            attributes.update(dict.fromkeys(argument.data, type_.element))
    return ObjectType(attributes)


@_family.add("merge", result=_merge_type, rest=Parameter("maps", dynamic=True, null=True, marked=True))
def _merge(call: Call) -> Typed:
    if call.result == DYNAMIC and all(argument.data is None for argument in call.arguments):
        return call.value({}, None, _union(call.arguments))
    items: dict[str, Typed] = {}
    for argument in call.arguments:
        if argument.data is not None:
            items.update(argument.data.items())
    type_ = call.result if isinstance(call.result, MapType) else None
    return call.value(dict(sorted(items.items())), type_, _union(call.arguments))


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


@_family.add("transpose", Parameter("values", MapType(ListType(STRING))), result=MapType(ListType(STRING)))
def _transpose(call: Call) -> Typed:
    table = call.arguments[0]
    if (unknown := first_unknown(table)) is not None:
        return call.unknown(unknown)
    found: dict[str, list[str]] = {}
    for name in sorted(table.data):
        if table.data[name].data is None:
            raise EvaluationError("can't use a null value as a collection")
        for item in table.data[name].data:
            if item.data is None:
                raise EvaluationError("input must not contain null values")
            found.setdefault(item.data, []).append(name)
    return make_map({name: call.strings(names) for name, names in found.items()}, ListType(STRING), call.value(None))


def _zipmap_type(arguments: list[Typed]) -> Type:
    keys, values = arguments
    type_ = type_of(values)
    if isinstance(type_, ListType):
        return MapType(type_.element)
    if not isinstance(type_, TupleType):
        raise EvaluationError("values argument must be a list or tuple value")
    if first_unknown(keys) is not None:
        return DYNAMIC
    if len(keys.data) != len(type_.elements):
        raise EvaluationError(f"number of keys ({len(keys.data)}) does not match number of values ({len(type_.elements)})")
    for index, key in enumerate(keys.data):
        if key.data is None:
            raise EvaluationError(f"keys list has null value at index {index}")
    return ObjectType({key.data: element for key, element in zip(keys.data, type_.elements, strict=True)})


@_family.add("zipmap", Parameter("keys", ListType(STRING), marked=True), Parameter("values", marked=True), result=_zipmap_type)
def _zipmap(call: Call) -> Typed:
    keys, values = call.arguments
    marks = _union((keys, values, *keys.data))
    if (unknown := first_unknown(keys)) is not None:
        return call.unknown(unknown, marks)
    count = length(values)
    if isinstance(count, Unknown):
        return call.unknown(count, marks)
    if len(keys.data) != count:
        raise EvaluationError(f"number of keys ({len(keys.data)}) does not match number of values ({count})")
    if any(key.data is None for key in keys.data):
        raise EvaluationError("keys list has a null value")
    items = {key.data: value for key, value in zip(keys.data, values.data, strict=True)}
    type_ = MapType(or_dynamic(values.type.element)) if isinstance(values.type, ListType) else None
    return call.value(dict(sorted(items.items())), type_, marks)
