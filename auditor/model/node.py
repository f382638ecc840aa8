"""The view of a value at a path: what rules read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from auditor.model.json_text import parse_json
from auditor.model.path import Steps, Way, joined, steps_of, text_of
from auditor.model.span import Span
from auditor.model.value import MISSING, At, JsonText, Missing, Ref, Unknown, Value, plain
from auditor.model.written import Table, Written


class Undecided(Exception):
    """A rule needed a value that is unknown. The engine turns this into UNSURE for that place."""

    def __init__(self, node: Node) -> None:
        data = node.data
        super().__init__(data.reason if isinstance(data, Unknown) else f"{node.path} cannot be decided")
        self.node = node


class Node:
    """One value with its path.

    Never `None`, never `KeyError`: what is not there is a missing node, what has another type than the reader expects
    reads as absent, and reading what is unknown raises `Undecided`.
    """

    __slots__ = ("_path", "value_")

    def __init__(self, value: Value, path: str | Way = "") -> None:
        self.value_ = value
        self._path = path

    def __repr__(self) -> str:
        return f"Node({self.path!r}, {self.value_.data!r})"

    @property
    def path(self) -> str:
        """Where it stands in its resource; put together when somebody asks."""
        path = self._path
        if not isinstance(path, str):
            path = self._path = text_of(path)
        return path

    # -- what it is

    @property
    def data(self) -> Any:
        """The data as it is, unknown and missing included."""
        return self.value_.data

    @property
    def value(self) -> Any:
        """The data; raises `Undecided` when it is unknown."""
        data = self.value_.data
        if isinstance(data, Unknown):
            raise Undecided(self)
        return data

    @property
    def unknown(self) -> bool:
        """Whether the value cannot be known here."""
        return isinstance(self.value_.data, Unknown)

    @property
    def missing(self) -> bool:
        """Whether nothing is written here: absent, null, or no block of this type.

        An unknown that cannot be null is there; one that may be null raises `Undecided`.
        """
        data = self.value_.data
        if isinstance(data, Unknown):
            if data.nullable:
                raise Undecided(self)
            return False
        if data is None or data is MISSING:
            return True
        if isinstance(data, list):
            if any(not (isinstance(item.data, Unknown) and item.data.many) for item in data):
                return False
            if data:
                raise Undecided(Node(data[0], self.path))
            return True
        return False

    @property
    def present(self) -> bool:
        """Whether something is written here; see `missing`."""
        return not self.missing

    # -- reading single values

    @property
    def text(self) -> str | None:
        """The text; a number or a truth value as Terraform would print it; None for anything else."""
        match self.value:
            case str() as text:
                return text
            case None | Missing():
                return None
            case bool() as flag:
                return "true" if flag else "false"
            case int() as number:
                return str(number)
            case Fraction() | float() as number:
                return f"{float(number):g}"
            case _:
                return None

    @property
    def number(self) -> int | float | None:
        """The number, also from numeric text; None for anything else."""
        match self.value:
            case bool() | None | Missing():
                return None
            case int() | float() as number:
                return number
            case Fraction() as number:
                return float(number)
            case str() as text:
                return _number(text)
            case _:
                return None

    @property
    def flag(self) -> bool | None:
        """The truth value, also from the texts true and false; None for anything else."""
        match self.value:
            case bool() as flag:
                return flag
            case str() as text:
                return {"true": True, "false": False}.get(text.lower())
            case _:
                return None

    # -- going down

    def at(self, path: str) -> Node:
        """The node at a dotted path (`a.b`, `a[0].b`, `a["x.y"]`).

        A key looked up in a listing is looked up in its first item, since a block that may stand once is a listing of one.
        """
        steps = steps_of(path)
        value = self.value_
        for key, index in steps:
            data = value.data
            if data is None and index is None:
                return Node(Value(MISSING, value.place), (self._path, steps))
            if index is not None or not isinstance(data, dict):
                return self._down(steps)
            if key not in data:
                return Node(Value(MISSING, value.place), (self._path, steps))
            value = data[key]
        return Node(value, (self._path, steps))

    def _down(self, steps: Steps) -> Node:
        """Step by step, through listings and unknowns."""
        node = self
        for key, index in steps:
            node = node._child(key) if index is None else node._item(index)
        return node

    def each(self, path: str = "") -> Iterator[Node]:
        """All items at `path`, through every listing on the way; a single value is one item.

        Items that are known come first, so that one known bad item decides before an unknown one stops the reader.
        """
        steps = steps_of(path)
        value = self.value_
        for key, index in steps:
            data = value.data
            if index is not None or not isinstance(data, dict):
                return self._each(steps)
            if key not in data:
                return iter(())
            value = data[key]
        return iter(_known_first(Node(value, (self._path, steps) if steps else self._path)._spread()))

    def _each(self, steps: Steps) -> Iterator[Node]:
        """Through listings and unknowns."""
        nodes = [self]
        for key, index in steps:
            if index is not None:
                nodes = [node._item(index) for node in nodes]
            else:
                nodes = [item._child(key) for node in nodes for item in node._spread()]
        return iter(_known_first([item for node in nodes for item in node._spread()]))

    def entries(self) -> Iterator[tuple[str, Node]]:
        """The keys of a table with their nodes; nothing for anything else."""
        if isinstance(self.value, dict):
            for key in self.value:
                yield key, self._child(key)

    def json(self) -> Node:
        """The structure of a JSON text; of a structure, itself; missing when it is not JSON."""
        data = self.value_.data
        if isinstance(data, JsonText):
            return Node(data.tree, self.path)
        if isinstance(data, Unknown) and data.tree is not None:
            return Node(data.tree, self.path)
        if isinstance(data, str):
            return Node(parse_json(data, self.value_.place) or Value(MISSING, self.value_.place), self.path)
        return self

    def _child(self, key: str) -> Node:
        value = self.value_
        data = value.data
        way = (self._path, ((key, None),))
        if isinstance(data, dict):
            return Node(data[key] if key in data else Value(MISSING, value.place), way)
        if isinstance(data, list):
            return self._item(0)._child(key) if data else Node(Value(MISSING, value.place), way)
        if isinstance(data, Unknown):
            return Node(Value(Unknown(data.reason), value.place, value.marks), way)
        return Node(Value(MISSING, value.place), way)

    def _item(self, index: int) -> Node:
        value = self.value_
        data = value.data
        way = (self._path, (("", index),))
        if isinstance(data, list):
            if index < len(data):
                return Node(data[index], way)
        elif isinstance(data, Unknown):
            return Node(Value(Unknown(data.reason), value.place, value.marks), way)
        elif index == 0 and isinstance(data, dict):
            return self
        return Node(Value(MISSING, value.place), way)

    def _spread(self) -> list[Node]:
        data = self.value_.data
        if isinstance(data, list):
            path = self._path
            return [Node(item, (path, (("", index),))) for index, item in enumerate(data)]
        if data is None or data is MISSING:
            return []
        return [self]

    # -- where it comes from

    @property
    def span(self) -> Span:
        """Where the value is written; for a missing one, the block that lacks it."""
        return self.value_.place.span()

    def part(self, start: int, end: int) -> Node:
        """The characters `start` to `end` of a text as a node of its own, at their own place where the text is written as it is."""
        value = self.value_
        data = value.data
        if not isinstance(data, str):
            return self
        place = value.place.within(start, end) if isinstance(value.place, Written) else value.place.span()
        return Node(Value(data[start:end], At(place), value.marks), self.path)

    def key(self, name: str) -> Node:
        """The name of an entry of a table as a node, where it is written; the table itself where that is not known."""
        data = self.value_.data
        if isinstance(data, Table) and name in data.keys_at:
            return Node(data.keys_at[name], joined(self.path, name))
        return Node(Value(name, self.value_.place), joined(self.path, name))

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The resource attributes that this very value was made from."""
        return self.value_.marks.refs

    @property
    def sensitive(self) -> bool:
        """Whether the value must not be shown."""
        return self.value_.marks.sensitive

    def plain(self) -> Any:
        """The value as plain JSON data, unknowns and secrets replaced; see `value.plain`."""
        return plain(self.value_)


def _known_first(items: list[Node]) -> list[Node]:
    unknown = [item for item in items if isinstance(item.value_.data, Unknown)]
    return [item for item in items if not isinstance(item.value_.data, Unknown)] + unknown if unknown else items


def _number(text: str) -> int | float | None:
    try:
        return int(text) if re.fullmatch(r"-?\d{1,300}", text) else float(text) if _DECIMAL.fullmatch(text) else None
    except (ValueError, OverflowError):
        return None


_DECIMAL = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?")

__all__ = ["Missing", "Node", "Undecided"]
