"""Maps and objects: keys, lookup, merge, transpose, values, zipmap."""

from __future__ import annotations

from auditor.loaders.terraform.call import ArgumentError, Call, Family, Parameter
from auditor.loaders.terraform.functions.collection import all_marks, with_marks
from auditor.loaders.terraform.values.convert import convert, make_map
from auditor.loaders.terraform.values.types import (
    DYNAMIC,
    STRING,
    EvaluationError,
    ListType,
    MapType,
    ObjectType,
    TupleType,
    Type,
    Typed,
    first_unknown,
    friendly,
    length,
    or_dynamic,
    type_of,
)
from auditor.model.value import Unknown

_family = Family()
FUNCTIONS = _family.functions


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
    marks = all_marks((table, key))
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
        return call.value({}, None, all_marks(call.arguments))
    items: dict[str, Typed] = {}
    for argument in call.arguments:
        if argument.data is not None:
            items.update(argument.data.items())
    type_ = call.result if isinstance(call.result, MapType) else None
    return call.value(dict(sorted(items.items())), type_, all_marks(call.arguments))


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
    marks = all_marks((keys, values, *keys.data))
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
