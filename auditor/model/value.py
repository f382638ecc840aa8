"""Values that remember where they came from.

A `Value` is shared between all the places that use it (a variable's default read by fifty resources is one object), so it
knows its birthplace but not its path; `Node` is the view of a value at a path.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, Protocol, Self, TypeAlias, cast

from auditor.model.address import Address
from auditor.model.span import NOWHERE, Span

if TYPE_CHECKING:
    from _collections_abc import dict_items, dict_keys, dict_values


class Place(Protocol):
    """Something that can say where it is written; resolved only when a reader asks."""

    def span(self) -> Span:
        """The text that this value was read from."""


@dataclass(frozen=True, slots=True)
class At:
    """A place whose span is known already."""

    where: Span

    def span(self) -> Span:
        """The span itself."""
        return self.where


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """An attribute of a resource that a value was made from; `attribute` is a path, empty for the whole resource."""

    address: Address
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that exists but cannot be known here.

    `nullable`: whether it may turn out to be null (a variable without a value may, an id that the provider computes may
    not). `many`: as an item of a listing, it stands for any number of items. `tree`: what is known of the inside of an
    unknown text (the structure given to `jsonencode`). `parts`: the known pieces of an unknown text and, in their places, the attributes
    of resources that the rest is made of; None for a piece of which nothing is known.
    """

    reason: str
    nullable: bool = True
    many: bool = False
    tree: Value | None = None
    prefix: str = ""
    parts: tuple[str | Ref | None, ...] = ()


class Missing:
    """The absence of a value."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = Missing()

Scalar: TypeAlias = "str | int | float | Fraction | bool | None"
Data: TypeAlias = "Scalar | list[Value] | dict[str, Value] | Unknown | Missing"


@dataclass(frozen=True, slots=True)
class Marks:
    """What travels with a value through every expression: the resources it was made from, and whether it is secret."""

    refs: tuple[Ref, ...] = ()
    sensitive: bool = False

    def __or__(self, other: Marks) -> Marks:
        if other is self:
            return self
        return Marks(tuple(dict.fromkeys((*self.refs, *other.refs))), self.sensitive or other.sensitive)

    def item(self, index: int) -> Marks:
        """The marks of one item of a list that is an attribute of a resource."""
        if len(self.refs) != 1:
            return self
        (whole,) = self.refs
        return Marks((Ref(whole.address, f"{whole.attribute}[{index}]"),), self.sensitive)


UNMARKED: Final = Marks()
NO_PLACE: Final = At(NOWHERE)


class Value:
    """A piece of data, its birthplace and its marks."""

    __slots__ = ("data", "marks", "place")

    def __init__(self, data: Data, place: Place = NO_PLACE, marks: Marks = UNMARKED) -> None:
        self.data = data
        self.place = place
        self.marks = marks

    def __repr__(self) -> str:
        return f"Value({self.data!r})"


class JsonText(str):
    """Text made by encoding a structure, which is kept so that its parts keep their places."""

    __slots__ = ("tree",)

    tree: Value

    def __new__(cls, text: str, tree: Value) -> Self:
        """The text with its structure."""
        made = super().__new__(cls, text)
        made.tree = tree
        return made


class LazyTable(dict[str, Value]):
    """A table whose entries are made when they are first read."""

    __slots__ = ("_make", "_names")

    def __init__(self, names: Iterable[str], make: Callable[[str], Value]) -> None:
        super().__init__()
        self._names = dict.fromkeys(names)
        self._make = make

    def __missing__(self, key: str) -> Value:
        if key not in self._names:
            raise KeyError(key)
        made = self._make(key)
        dict.__setitem__(self, key, made)
        return made

    def __contains__(self, key: object) -> bool:
        return key in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __bool__(self) -> bool:
        return bool(self._names)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, dict) and dict(self.items()) == dict(other.items())

    __hash__ = None

    def get(self, key: str, default: Any = None) -> Any:
        """The entry, made if need be."""
        return self[key] if key in self._names else default

    def keys(self) -> dict_keys[str, Value]:
        """All names, made or not."""
        return cast("dict_keys[str, Value]", self._names.keys())

    def values(self) -> dict_values[str, Value]:
        """All entries, made now."""
        return self._all().values()

    def items(self) -> dict_items[str, Value]:
        """All entries with their names, made now."""
        return self._all().items()

    def _all(self) -> dict[str, Value]:
        return {name: self[name] for name in self._names}


def plain(value: Value) -> Any:
    """`value` as plain JSON data: an unknown is `{"$unknown": reason}`, a secret `{"$redacted": sha256 prefix}`."""
    if value.marks.sensitive:
        return {"$redacted": digest(value)}
    match value.data:
        case JsonText() as text:
            return str(text)
        case str() | bool() | int() | None as scalar:  # most values, and asking for a Fraction first is slow
            return scalar
        case dict() as table:
            return {key: plain(item) for key, item in table.items()}
        case list() as items:
            return [plain(item) for item in items]
        case Unknown(reason=reason):
            return {"$unknown": reason}
        case Missing():
            return None
        case Fraction() as number:
            return float(number)
        case scalar:
            return scalar


def from_plain(data: Any, place: Callable[[tuple[str | int, ...]], Place], path: tuple[str | int, ...] = ()) -> Value:
    """The value of plain JSON data; tables are wrapped when they are read, `place` gives the place of a path."""
    here = place(path)
    if isinstance(data, Mapping):
        return Value(LazyTable(data, lambda key: from_plain(data[key], place, (*path, key))), here)
    if isinstance(data, (list, tuple)):
        return Value([from_plain(item, place, (*path, index)) for index, item in enumerate(data)], here)
    return Value(data, here)


def digest(value: Value) -> str:
    """The first twelve digits of the SHA-256 of a value: equal secrets can be told to be equal, and no more."""
    return hashlib.sha256(json.dumps(_open(value), sort_keys=True, default=str).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _open(value: Value) -> Any:
    match value.data:
        case dict() as table:
            return {key: _open(item) for key, item in table.items()}
        case list() as items:
            return [_open(item) for item in items]
        case Unknown():
            return "unknown"
        case Fraction() as number:
            return float(number)
        case scalar:
            return scalar
