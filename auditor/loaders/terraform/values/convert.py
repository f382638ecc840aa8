"""Conversion of values from type to type.

A value or element that needs no conversion is passed on as the very same object, so that it keeps its place.
"""

from __future__ import annotations

from collections.abc import Iterable

from auditor.loaders.terraform.values.equality import equal, make_set
from auditor.loaders.terraform.values.mismatch import mismatch
from auditor.loaders.terraform.values.number import parse_number
from auditor.loaders.terraform.values.number_text import number_text
from auditor.loaders.terraform.values.types import (
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
    length,
    or_dynamic,
    retyped,
    type_of,
    without_optional,
)
from auditor.loaders.terraform.values.unify import convertible, element_target, unify
from auditor.model.value import Unknown

__all__ = ["apply_defaults", "convert", "convert_branch", "equal", "make_list", "make_map", "make_set", "unify"]


def convert(value: Typed, target: Type | None) -> Typed:
    """`value` in another type, with the defaults of optional attributes filled in; raises `EvaluationError`."""
    wanted = or_dynamic(target)
    return _convert(apply_defaults(value, wanted) if _has_defaults(wanted) else value, wanted)


def convert_branch(value: Typed, common: Type, other: Type) -> Typed:
    """The result of one branch of a conditional in the type that it has in common with the `other` branch.

    Where a tuple meets a list, or an object a map, and that leaves the elements' type open, terraform takes the elements as
    they are, so they must be alike already.
    """
    match common, value:
        case ((ListType(element=element) | MapType(element=element)), Typed(data=list() | dict(), type=None)) if (
            element == DYNAMIC and type(other) is type(common)
        ):
            items = list(value.data) if isinstance(value.data, list) else [value.data[name] for name in sorted(value.data)]
            return retyped(value, value.data, type(common)(_common(items, DYNAMIC, common)))
        case _:
            return convert(value, common)


def _convert(value: Typed, target: Type) -> Typed:
    if target == DYNAMIC or (target == STRING and isinstance(value.data, str)):
        return value
    source = type_of(value)
    if source == target:
        return value
    if not convertible(source, target):
        raise EvaluationError(mismatch(source, target))
    if value.data is None:
        return retyped(value, None, resolved(source, without_optional(target)))
    if isinstance(value.data, Unknown):
        return retyped(value, value.data, resolved(source, without_optional(target)))
    match target:
        case ListType() | SetType():
            return _to_sequence(value, source, target)
        case MapType():
            return _to_map(value, source, target)
        case TupleType(elements=elements):
            return _same_or(value, [_convert(item, wanted) for item, wanted in zip(value.data, elements, strict=True)])
        case ObjectType():
            return _to_object(value, target)
        case _:
            return _to_primitive(value, target)


def _same_or(value: Typed, items: list[Typed]) -> Typed:
    same = all(new is old for new, old in zip(items, value.data, strict=True)) and value.type is None
    return value if same else retyped(value, items, None)


def _to_primitive(value: Typed, target: Type) -> Typed:
    data = value.data
    if target == STRING:
        return retyped(value, ("true" if data else "false") if isinstance(data, bool) else number_text(data), None)
    if target == NUMBER:
        number = parse_number(data)
        if number is None:
            raise EvaluationError("a number is required")
        return retyped(value, number, None)
    if data in ("true", "1", "false", "0"):
        return retyped(value, data in ("true", "1"), None)
    if data.lower() in ("true", "false"):
        raise EvaluationError(f'a bool is required; to convert from string, use lowercase "{data.lower()}"')
    raise EvaluationError("a bool is required")


def _to_sequence(value: Typed, source: Type, target: ListType | SetType) -> Typed:
    wanted = target.element
    if isinstance(source, TupleType):
        wanted = or_dynamic(element_target(source.elements, wanted))
    elif isinstance(source, SetType) and isinstance(target, ListType) and isinstance(unknown := length(value), Unknown):
        return retyped(value, Unknown(unknown.reason, nullable=False), ListType(source.element))
    items = [_convert(item, wanted) for item in value.data]
    if isinstance(source, TupleType) and isinstance(target, ListType):
        items = _unified(items)
    if not items:
        empty = source.element if wanted == DYNAMIC and isinstance(source, (ListType, SetType)) else wanted
        return retyped(value, [], type(target)(without_optional(empty)))
    make = make_list if isinstance(target, ListType) else make_set
    return make(items, _common(items, without_optional(wanted), target), value)


def _unified(items: list[Typed]) -> list[Typed]:
    """The items in one type, which matters when their types have parts that became known only now."""
    if not items:
        return items
    common = unify([type_of(item) for item in items])
    if common is None:
        raise EvaluationError("collection elements cannot be unified")
    return [_convert(item, common) for item in items]


def _common(items: list[Typed], wanted: Type, target: Type) -> Type:
    """The one type of the items of a collection."""
    found: Type = DYNAMIC
    for item in items:
        inner = type_of(item)
        if inner in (found, DYNAMIC):
            continue
        if found != DYNAMIC:
            kind = "list" if isinstance(target, ListType) else "set" if isinstance(target, SetType) else "map"
            raise EvaluationError(f"element types must all match for conversion to {kind}")
        found = inner
    return wanted if found == DYNAMIC else found


def make_list(items: Iterable[Typed], element: Type | None, like: Typed) -> Typed:
    """A list of items that have the element type, at the place of `like`."""
    return retyped(like, list(items), ListType(or_dynamic(element)))


def make_map(items: dict[str, Typed], element: Type | None, like: Typed) -> Typed:
    """A map of items that have the element type, in the order of their keys."""
    return retyped(like, dict(sorted(items.items())), MapType(or_dynamic(element)))


def _to_map(value: Typed, source: Type, target: MapType) -> Typed:
    wanted = target.element
    if isinstance(source, ObjectType):
        wanted = or_dynamic(element_target(tuple(source.attributes.values()), wanted, mixed=True))
    names = sorted(value.data)
    items = [_convert(value.data[name], wanted) for name in names]
    if isinstance(wanted, (ListType, SetType, MapType, ObjectType)):
        items = _unified(items)
    if not items:
        empty = source.element if wanted == DYNAMIC and isinstance(source, MapType) else wanted
        return retyped(value, {}, MapType(without_optional(empty)))
    return make_map(dict(zip(names, items, strict=True)), _common(items, without_optional(wanted), target), value)


def _to_object(value: Typed, target: ObjectType) -> Typed:
    items: dict[str, Typed] = {}
    changed = value.type is not None or len(value.data) != len(target.attributes)
    for name, wanted in target.attributes.items():
        old = value.data.get(name)
        if old is None:
            if name not in target.optional:
                raise EvaluationError(f'map has no element for required attribute "{name}"')
            items[name] = retyped(value, None, without_optional(wanted))
        else:
            items[name] = _convert(old, wanted)
        changed = changed or items[name] is not old
    return retyped(value, items, None) if changed else value


def resolved(source: Type, target: Type) -> Type:
    """`target` with what it leaves open filled in from `source`; for nulls and unknowns, whose type is all there is."""
    if DYNAMIC in (source, target):
        return target if source == DYNAMIC else source
    match target, source:
        case ((ListType() | SetType() | MapType()), (ListType() | SetType() | MapType())):
            return type(target)(resolved(source.element, target.element))
        case ((ListType() | SetType()), TupleType(elements=elements)):
            return type(target)(resolved(or_dynamic(unify(elements)), target.element))
        case MapType(), ObjectType(attributes=attributes):
            return MapType(resolved(or_dynamic(unify(attributes.values())), target.element))
        case ObjectType(), MapType(element=element):
            return ObjectType({name: resolved(element, inner) for name, inner in target.attributes.items()})
        case ObjectType(), ObjectType(attributes=attributes):
            return ObjectType({name: resolved(attributes.get(name, DYNAMIC), inner) for name, inner in target.attributes.items()})
        case TupleType(), TupleType(elements=elements):
            return TupleType(tuple(map(resolved, elements, target.elements)))
        case _:
            return target


def _has_defaults(type_: Type) -> bool:
    match type_:
        case ListType(element=element) | SetType(element=element) | MapType(element=element):
            return _has_defaults(element)
        case TupleType(elements=elements):
            return any(map(_has_defaults, elements))
        case ObjectType():
            return any(default is not None for default in type_.optional.values()) or any(map(_has_defaults, type_.attributes.values()))
        case _:
            return False


def apply_defaults(value: Typed, type_: Type) -> Typed:
    """`value` with the defaults of `type_` in place of optional attributes that are absent or null."""
    data = value.data
    if not isinstance(data, (list, dict)) or not _has_defaults(type_):
        return value
    match type_:
        case ListType(element=element) | SetType(element=element) if isinstance(data, list):
            return _filled_sequence(value, [apply_defaults(item, element) for item in data])
        case TupleType(elements=elements) if isinstance(data, list):
            return _filled_sequence(value, [*map(apply_defaults, data, elements), *data[len(elements) :]])
        case MapType(element=element) if isinstance(data, dict):
            return _filled_table(value, {name: apply_defaults(item, element) for name, item in data.items()})
        case ObjectType() if isinstance(data, dict):
            attributes = type_.attributes
            items = {name: apply_defaults(item, attributes[name]) if name in attributes else item for name, item in data.items()}
            for name, default in type_.optional.items():
                if default is not None and (name not in items or items[name].data is None):
                    items[name] = apply_defaults(default, attributes[name])
            return _filled_table(value, items)
        case _:
            return value


def _filled_sequence(value: Typed, items: list[Typed]) -> Typed:
    if all(new is old for new, old in zip(items, value.data, strict=True)):
        return value
    common = unify([type_of(item) for item in items]) if value.type is not None else None
    if common is None:
        return retyped(value, items, None)
    make = make_set if isinstance(value.type, SetType) else make_list
    return make([_convert(item, common) for item in items], common, value)


def _filled_table(value: Typed, items: dict[str, Typed]) -> Typed:
    if items.keys() == value.data.keys() and all(item is value.data[name] for name, item in items.items()):
        return value
    common = unify([type_of(item) for item in items.values()]) if isinstance(value.type, MapType) else None
    if common is None:
        return retyped(value, dict(sorted(items.items())), None)
    return make_map({name: _convert(item, common) for name, item in items.items()}, common, value)
