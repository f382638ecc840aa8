"""The types that values of expressions have, and what may be said of two of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Plain:
    """A scalar type, null, or `any`: what is not known."""

    name: str


ANY = Plain("any")
NULL = Plain("null")
BOOL = Plain("boolean")
NUMBER = Plain("number")
STRING = Plain("string")


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; `filtered`: made by `.*`, so that a further name goes into each item."""

    item: Type = ANY
    filtered: bool = False


@dataclass(frozen=True, slots=True)
class Object:
    """An object: the types of its known entries by their names in lower case, and of all `others` (None: there are none)."""

    entries: Mapping[str, Type] = field(default_factory=dict, hash=False)
    others: Type | None = None


class Before(Mapping[str, "Type"]):
    """The first so many entries of a mapping, without a copy of them; `order` numbers all of its names."""

    __slots__ = ("limit", "order", "whole")

    def __init__(self, whole: Mapping[str, Type], order: Mapping[str, int], limit: int) -> None:
        self.whole = whole
        self.order = order
        self.limit = limit

    def __getitem__(self, name: str) -> Type:
        if self.order.get(name, self.limit) >= self.limit:
            raise KeyError(name)
        return self.whole[name]

    def __iter__(self) -> Iterator[str]:
        return islice(self.order, self.limit)

    def __len__(self) -> int:
        return min(self.limit, len(self.order))


Type: TypeAlias = "Plain | ListOf | Object"

OPEN = Object({}, ANY)
"""An object of which nothing is known."""
TEXTS = Object({}, STRING)
"""An object whose entries are texts of any name."""


def strict(**entries: Type) -> Object:
    """An object with these entries and no others; `_` in a name stands for itself."""
    return Object(entries)


def text_of(kind: Type) -> str:
    """The type in words."""
    match kind:
        case Plain(name=name):
            return name
        case ListOf():
            return "array"
        case Object():
            return "object"


def union(kinds: Iterable[Type]) -> Type:
    """The type of a value that has one of these types."""
    found: Type | None = None
    for kind in kinds:
        found = kind if found is None else _merged(found, kind)
    return ANY if found is None else found


def _merged(left: Type, right: Type) -> Type:
    if left == right:
        return left
    match left, right:
        case ListOf(), ListOf():
            return ListOf(_merged(left.item, right.item), left.filtered or right.filtered)
        case Object(), Object():
            names = {**left.entries, **right.entries}
            entries = {
                name: _merged(left.entries[name], right.entries[name]) if name in left.entries and name in right.entries else kind
                for name, kind in names.items()
            }
            if left.others is None or right.others is None:
                return Object(entries, left.others or right.others)
            return Object(entries, _merged(left.others, right.others))
        case _:
            return ANY


def type_of_data(data: Any) -> Type:
    """The type of plain JSON data."""
    match data:
        case None:
            return NULL
        case bool():
            return BOOL
        case int() | float():
            return NUMBER
        case str():
            return STRING
        case list():
            return ListOf(union(map(type_of_data, data)))
        case dict():
            return Object({str(key).lower(): type_of_data(item) for key, item in data.items()})
        case _:
            return ANY


def is_composite(kind: Type) -> bool:
    """Whether it is an object or a list."""
    return isinstance(kind, (ListOf, Object))
