"""Terraform's types, and values that know theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast

from auditor.model.value import NO_PLACE, UNMARKED, Marks, Place, Unknown, Value


class EvaluationError(Exception):
    """The input asks for something that terraform would refuse; `place` is where, once somebody knows."""

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.place = place


@dataclass(frozen=True, slots=True)
class Primitive:
    """string, number or bool."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Dynamic:
    """A type that is not known yet; as a constraint: any type."""

    def __str__(self) -> str:
        return "any"


STRING: Final = Primitive("string")
NUMBER: Final = Primitive("number")
BOOL: Final = Primitive("bool")
DYNAMIC: Final = Dynamic()


def or_dynamic(type_: Type | None) -> Type:
    """`DYNAMIC` for None."""
    return DYNAMIC if type_ is None else type_


@dataclass(frozen=True, slots=True)
class _Collection:
    element: Type

    def __post_init__(self) -> None:
        object.__setattr__(self, "element", or_dynamic(self.element))

    def __str__(self) -> str:
        return f"{_KINDS[type(self)]}({self.element})"


@dataclass(frozen=True, slots=True)
class ListType(_Collection):
    """A sequence whose elements have one type; `None` for the element means `DYNAMIC`."""


@dataclass(frozen=True, slots=True)
class SetType(_Collection):
    """Distinct elements of one type."""


@dataclass(frozen=True, slots=True)
class MapType(_Collection):
    """Elements of one type, by text."""


@dataclass(frozen=True, slots=True)
class TupleType:
    """A sequence whose elements each have a type of their own."""

    elements: tuple[Type, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "elements", tuple(map(or_dynamic, self.elements)))

    def __str__(self) -> str:
        return f"tuple([{','.join(map(str, self.elements))}])"


class ObjectType:
    """Attributes that each have a type of their own.

    `optional` names the attributes that a value converted to this type may lack, each with its default or None.
    """

    __slots__ = ("_hash", "attributes", "optional")

    attributes: Mapping[str, Type]
    optional: Mapping[str, Typed | None]

    def __init__(self, attributes: Mapping[str, Type | None], optional: Mapping[str, Typed | None] | None = None) -> None:
        self.attributes = {name: or_dynamic(attributes[name]) for name in sorted(attributes)}
        self.optional = optional or {}
        self._hash: int | None = None

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, ObjectType) and self.attributes == other.attributes and self.optional.keys() == other.optional.keys()

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash((tuple(self.attributes.items()), frozenset(self.optional)))
        return self._hash

    def __str__(self) -> str:
        shown = (f"{name}={f'optional({type_})' if name in self.optional else type_}" for name, type_ in self.attributes.items())
        return f"object({{{','.join(shown)}}})"

    def __repr__(self) -> str:
        return str(self)


Type: TypeAlias = "Primitive | Dynamic | ListType | SetType | MapType | TupleType | ObjectType"

_KINDS: Final[Mapping[type, str]] = {ListType: "list", SetType: "set", MapType: "map"}


class Typed(Value):
    """A value with its Terraform type.

    Slot `type`: the type of a list, set, map, null or unknown; None where the data tell (text, numbers, bools, tuples,
    objects), and for a null or unknown of unknown type.
    """

    __slots__ = ("type",)

    data: Any  # narrower than the model's: the items are Typed

    def __init__(
        self,
        data: Any,
        type: Type | None = None,  # noqa: A002 - the name of the slot
        place: Place = NO_PLACE,
        marks: Marks = UNMARKED,
    ) -> None:
        self.data = data
        self.type = type
        self.place = place
        self.marks = marks

    def __repr__(self) -> str:
        return f"Typed({self.data!r})" if self.type is None else f"Typed({self.data!r}, {self.type})"


def type_of(value: Typed) -> Type:
    """The type of a value; `DYNAMIC` for a null or unknown whose type is unknown."""
    if value.type is not None:
        return value.type
    data = value.data
    if isinstance(data, str):
        return STRING
    if isinstance(data, bool):
        return BOOL
    if isinstance(data, list):
        return TupleType(tuple(type_of(item) for item in data))
    if isinstance(data, dict):
        return ObjectType({name: type_of(item) for name, item in data.items()})
    if data is None or isinstance(data, Unknown):
        return DYNAMIC
    return NUMBER


def retyped(value: Typed, data: Any, type_: Type | None) -> Typed:
    """Other data at the same place, with the same marks."""
    return Typed(data, type_, value.place, value.marks)


def first_unknown(value: Typed) -> Unknown | None:
    """The first unknown in a value, itself included; None when it is wholly known."""
    data = value.data
    if isinstance(data, Unknown):
        return data
    if isinstance(data, (list, dict)):
        for item in data.values() if isinstance(data, dict) else data:
            if (found := first_unknown(cast(Typed, item))) is not None:
                return found
    return None


def length(value: Typed) -> int | Unknown:
    """How many elements a known list, set, tuple, map or object has; unknown when unknown elements may be many or equal."""
    data = value.data
    if isinstance(data, list):
        is_set = isinstance(value.type, SetType) and len(data) > 1
        for item in data:
            if isinstance(item.data, Unknown) and item.data.many:
                return item.data
            if is_set and (unknown := first_unknown(item)) is not None:
                return unknown
    return len(data)


def deep_marks(values: Iterable[Typed]) -> Marks:
    """The marks of values and of everything in them."""
    found: dict[Marks, None] = {}
    _collect_marks(values, found)
    total = UNMARKED
    for marks in found:
        total = marks if total is UNMARKED else total | marks
    return total


def _collect_marks(values: Iterable[Typed], found: dict[Marks, None]) -> None:
    for value in values:
        if value.marks is not UNMARKED:
            found[value.marks] = None
        data = value.data
        if isinstance(data, list):
            _collect_marks(data, found)
        elif isinstance(data, dict):
            _collect_marks(data.values(), found)


def has_dynamic(type_: Type) -> bool:
    """Whether a part of the type is not known."""
    match type_:
        case Dynamic():
            return True
        case ListType(element=element) | SetType(element=element) | MapType(element=element):
            return has_dynamic(element)
        case TupleType(elements=elements):
            return any(map(has_dynamic, elements))
        case ObjectType():
            return any(map(has_dynamic, type_.attributes.values()))
        case Primitive():
            return False


def without_optional(type_: Type) -> Type:
    """The type of a value that was converted to a type with optional attributes."""
    match type_:
        case ListType(element=element) | SetType(element=element) | MapType(element=element):
            return type(type_)(without_optional(element))
        case TupleType(elements=elements):
            return TupleType(tuple(map(without_optional, elements)))
        case ObjectType():
            return ObjectType({name: without_optional(inner) for name, inner in type_.attributes.items()})
        case Primitive() | Dynamic():
            return type_


def friendly(type_: Type, *, constraint: bool = False) -> str:
    """The type in words, as in error messages: "list of string", "object"; `constraint` says "any type" for `DYNAMIC`."""
    match type_:
        case Dynamic():
            return "any type" if constraint else "dynamic"
        case ListType(element=element) | SetType(element=element) | MapType(element=element):
            inner = "any single type" if constraint and element == DYNAMIC else friendly(element, constraint=constraint)
            return f"{_KINDS[type(type_)]} of {inner}"
        case TupleType():
            return "tuple"
        case ObjectType():
            return "object"
        case Primitive(name=name):
            return name
