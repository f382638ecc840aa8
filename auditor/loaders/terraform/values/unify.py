"""Which types convert to which, and the one type that several have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from auditor.loaders.terraform.values.types import (
    DYNAMIC,
    STRING,
    ListType,
    MapType,
    ObjectType,
    Primitive,
    SetType,
    TupleType,
    Type,
    or_dynamic,
)


def convertible(source: Type, target: Type, *, safe: bool = False) -> bool:
    """Whether values of a type can be converted to another; `safe`: whether every one of them can."""
    if target in (source, DYNAMIC):
        return True
    if source == DYNAMIC:
        return not safe
    match source, target:
        case Primitive(), Primitive():
            return target == STRING or (not safe and source == STRING)
        case ObjectType(), ObjectType():
            return all(
                convertible(source.attributes[name], inner, safe=safe) if name in source.attributes else name in target.optional
                for name, inner in target.attributes.items()
            )
        case TupleType(), TupleType():
            pairs = zip(source.elements, target.elements, strict=False)
            return len(source.elements) == len(target.elements) and all(convertible(a, b, safe=safe) for a, b in pairs)
        case ((ListType() | SetType()), ListType()):
            return convertible(source.element, target.element, safe=safe)
        case ((ListType() | SetType()), SetType()):
            return not (safe and isinstance(source, ListType)) and convertible(source.element, target.element, safe=safe)
        case MapType(), MapType():
            return convertible(source.element, target.element, safe=safe)
        case TupleType(), (ListType() | SetType()):
            return element_target(source.elements, target.element, safe=safe) is not None
        case ObjectType(), MapType():
            return element_target(tuple(source.attributes.values()), target.element, safe=safe, mixed=True) is not None
        case MapType(), ObjectType():
            return not safe and all(
                convertible(source.element, inner) or name in target.optional for name, inner in target.attributes.items()
            )
        case _:
            return False


def element_target(parts: Sequence[Type], element: Type, *, safe: bool = False, mixed: bool = False) -> Type | None:
    """The type that the parts of a tuple or object are converted to for a collection of `element`; None: impossible.

    `mixed`: parts of unknown type may stand beside others, as they may in a map.
    """
    if not parts:
        return element
    if element == DYNAMIC:
        found = _unify(parts, safe)
        if found is None or (found == DYNAMIC and not mixed and any(part != DYNAMIC for part in parts)):
            return None
        element = found
    return element if all(convertible(part, element, safe=safe) for part in parts) else None


def unify(types: Iterable[Type | None]) -> Type | None:
    """The type that values of all these types can be converted to; None when there is none."""
    return _unify([or_dynamic(type_) for type_ in types], safe=False)


def _unify(types: Sequence[Type], safe: bool) -> Type | None:
    if not types:
        return None
    if all(type_ == types[0] for type_ in types):
        return types[0]
    kinds = {type(type_) for type_ in types if type_ != DYNAMIC}
    dynamic = any(type_ == DYNAMIC for type_ in types)
    if len(kinds) == 1 and (kind := next(iter(kinds))) is not Primitive:
        return DYNAMIC if dynamic else _ALIKE[kind](types, safe)
    found: Type | None = None
    if kinds == {MapType, ObjectType}:
        found = _replaced(types, ObjectType, _objects_as_map, MapType, safe)
    elif kinds == {ListType, TupleType}:
        found = _replaced(types, TupleType, _tuples_as_list, ListType, safe)
    elif ObjectType in kinds and TupleType in kinds:
        return None
    if found is not None:
        return found
    for wanted in _preferred(types):
        if all(convertible(type_, wanted, safe=safe) for type_ in types):
            return wanted
    return None


def _replaced(
    types: Sequence[Type], kind: type, convert: Callable[[Sequence[Type], bool], Type | None], want: type, safe: bool
) -> Type | None:
    stand_in = convert([type_ for type_ in types if isinstance(type_, kind)], safe)
    if stand_in is None or not isinstance(stand_in, want):
        return None
    replaced: list[Type] = [stand_in if isinstance(type_, kind) else type_ for type_ in types]
    found = _unify(replaced, safe)
    return found if isinstance(found, want) else None


def _collections(types: Sequence[Type], safe: bool) -> Type | None:
    first = types[0]
    assert isinstance(first, (ListType, SetType, MapType))
    element = _unify([type_.element for type_ in types if isinstance(type_, type(first))], safe)
    return None if element is None else type(first)(element)


def _objects(types: Sequence[Type], safe: bool) -> Type | None:
    objects = [type_ for type_ in types if isinstance(type_, ObjectType)]
    names = objects[0].attributes.keys()
    if any(type_.attributes.keys() != names for type_ in objects):
        return _objects_as_map(objects, safe)
    attributes: dict[str, Type | None] = {}
    for name in names:
        attributes[name] = found = _unify([type_.attributes[name] for type_ in objects], safe)
        if found is None:
            return None
    made = ObjectType(attributes)
    return made if all(convertible(type_, made, safe=safe) for type_ in objects) else _objects_as_map(objects, safe)


def _objects_as_map(types: Sequence[Type], safe: bool) -> Type | None:
    element = _unify([inner for type_ in types if isinstance(type_, ObjectType) for inner in type_.attributes.values()], safe)
    if element is None:
        return None
    return MapType(element) if all(convertible(type_, MapType(element), safe=safe) for type_ in types) else None


def _tuples(types: Sequence[Type], safe: bool) -> Type | None:
    tuples = [type_ for type_ in types if isinstance(type_, TupleType)]
    if any(len(type_.elements) != len(tuples[0].elements) for type_ in tuples):
        return _tuples_as_list(tuples, safe)
    elements = [_unify(across, safe) for across in zip(*(type_.elements for type_ in tuples), strict=True)]
    if any(element is None for element in elements):
        return None
    made = TupleType(tuple(map(or_dynamic, elements)))
    return made if all(convertible(type_, made, safe=safe) for type_ in tuples) else _tuples_as_list(tuples, safe)


def _tuples_as_list(types: Sequence[Type], safe: bool) -> Type | None:
    element = _unify([inner for type_ in types if isinstance(type_, TupleType) for inner in type_.elements], safe)
    if element is None:
        return None
    return ListType(element) if all(convertible(type_, ListType(element), safe=safe) for type_ in types) else None


_ALIKE: dict[type, Callable[[Sequence[Type], bool], Type | None]] = {
    ListType: _collections,
    SetType: _collections,
    MapType: _collections,
    ObjectType: _objects,
    TupleType: _tuples,
}


def _preferred(types: Sequence[Type]) -> list[Type]:
    """The types, the most general first."""
    distinct = list(dict.fromkeys(types))
    below: list[list[int]] = [[] for _ in distinct]
    above = [0] * len(distinct)
    for i, left in enumerate(distinct):
        for j in range(i + 1, len(distinct)):
            order = _compare(left, distinct[j])
            if order:
                low, high = (j, i) if order < 0 else (i, j)
                below[high].append(low)
                above[low] += 1
    queue = [i for i, count in enumerate(above) if count == 0]
    for i in queue:
        for j in below[i]:
            above[j] -= 1
            if above[j] == 0:
                queue.append(j)
    return [distinct[i] for i in queue]


def _compare(left: Type, right: Type) -> int:
    """-1 when `left` is the more general, 1 when `right` is, 0 when neither."""
    if DYNAMIC in (left, right):
        return 0 if left == right else -1 if right == DYNAMIC else 1
    match left, right:
        case Primitive(), Primitive():
            return 0 if left == right or STRING not in (left, right) else -1 if left == STRING else 1
        case (
            (ListType(element=a), ListType(element=b)) | (SetType(element=a), SetType(element=b)) | (MapType(element=a), MapType(element=b))
        ):
            return _compare(a, b)
        case (ListType(), SetType()) | (TupleType(), SetType()) | (ListType(), TupleType()) | (MapType(), ObjectType()):
            return -1
        case (SetType(), ListType()) | (SetType(), TupleType()) | (TupleType(), ListType()) | (ObjectType(), MapType()):
            return 1
        case ObjectType(), ObjectType():
            if left.attributes.keys() != right.attributes.keys():
                return 0
            return _together([_compare(inner, right.attributes[name]) for name, inner in left.attributes.items()])
        case TupleType(), TupleType():
            if len(left.elements) != len(right.elements):
                return 0
            return _together([_compare(a, b) for a, b in zip(left.elements, right.elements, strict=True)])
        case _:
            return 0


def _together(orders: list[int]) -> int:
    if -1 in orders and 1 in orders:
        return 0
    return -1 if -1 in orders else 1 if 1 in orders else 0
