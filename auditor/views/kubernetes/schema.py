"""Whether an object has the shape that the API server wants: unknown fields, wrong types, missing fields.

The table of types covers several versions of Kubernetes; it is read when the first manifest is judged. What is unknown, and what a
template fills in, is never judged.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.value import MISSING, Unknown, Value
from auditor.views.kubernetes.cache import of_graph
from auditor.views.kubernetes.lifecycle import Version, target_version

Type: TypeAlias = "Mapping[str, tuple[Field, ...]]"

MAX_PROBLEMS = 50
"""Of an object with more problems than this, only the first ones are found."""


class Kind(enum.StrEnum):
    """What can be wrong with a field."""

    UNKNOWN = "unknown"
    WRONG_TYPE = "wrong type"
    NOT_ALLOWED = "not allowed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a type in the versions `first` to `last` (minor numbers)."""

    kind: str
    required: bool
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One deviation from the schema. `where` is the key of an unknown field, the value of a wrong type, the table that lacks one.

    `name` is the field. `expected` is a type in words. `nearest` is the field that may be meant, with its path when it belongs to
    another table. `since` and `until` are the versions that know an unknown field, as far as the table reaches.
    """

    kind: Kind
    where: Node
    name: str
    expected: str = ""
    nearest: str = ""
    since: Version | None = None
    until: Version | None = None


@dataclass(frozen=True, slots=True)
class Schema:
    """The table: types by number, and (apiVersion, kind) -> (number, first version, last version)."""

    types: list[str]
    kinds: Mapping[tuple[str, str], tuple[tuple[str, int, int], ...]]
    first: int
    last: int


@cache
def schema() -> Schema:
    """The table, read once."""
    text = (files(__package__) / "api_schema.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    first, last = map(int, lines[0].removeprefix("versions ").split("-"))
    middle = lines.index("kinds")
    kinds: dict[tuple[str, str], tuple[tuple[str, int, int], ...]] = {}
    for line in lines[middle + 1 :]:
        version, kind, number, *spans = line.split(" ")
        kinds[version, kind] = (*kinds.get((version, kind), ()), *((number, *span) for span in _spans(spans, first, last)))
    return Schema(lines[1:middle], kinds, first, last)


def known_kinds() -> str:
    """The kinds that the table knows, as a rule's target."""
    return " ".join(sorted({kind for _, kind in schema().kinds if not kind.endswith("List")}))


@cache
def type_of(number: str) -> Type:
    """The fields of a type."""
    table = schema()
    found: dict[str, tuple[Field, ...]] = {}
    line = table.types[int(number)]
    for part in line.split("\t") if line else ():
        name, kind, *spans = part.split(" ")
        fields = tuple(Field(kind.removeprefix("!"), kind[0] == "!", *span) for span in _spans(spans, table.first, table.last))
        found[name] = (*found.get(name, ()), *fields)
    return found


def _spans(spans: list[str], first: int, last: int) -> Iterator[tuple[int, int]]:
    for span in spans[0].split(",") if spans else (f"{first}-{last}",):
        start, _, end = span.partition("-")
        yield int(start), int(end)


def problems(resource: Resource, graph: Graph) -> tuple[Problem, ...]:
    """What is wrong with the shape of an object in its target version; nothing for kinds that the table does not know."""
    known: dict[int, tuple[Problem, ...]] = of_graph(graph, "schema-problems", dict)
    if id(resource) not in known:
        known[id(resource)] = tuple(_problems(resource))
    return known[id(resource)]


def _problems(resource: Resource) -> Iterator[Problem]:
    api = resource.at("apiVersion").data
    spans = schema().kinds.get((api, resource.kind), ()) if isinstance(api, str) else ()
    if not spans:
        return
    table = schema()
    minor = target_version(resource)[1]
    inside = table.first <= minor <= table.last
    shown = max(table.first, min(table.last, minor))
    number = next((it for it, first, last in spans if first <= shown <= last), None)
    if number is None:  # removed, or not there yet: that is for others to say
        return
    walk = _Walk(shown)
    walk.table(resource.body.value_, number, ())
    yield from (it for it in walk.found if inside or it.kind is Kind.WRONG_TYPE)


Step: TypeAlias = "str | int"


class _Walk:
    """One object against the types of one version."""

    def __init__(self, minor: int) -> None:
        self.minor = minor
        self.found: list[Problem] = []
        self.outer: list[tuple[tuple[Step, ...], Type]] = []

    def table(self, value: Value, number: str, path: tuple[Step, ...]) -> None:
        """A table against a type with fields."""
        data = value.data
        assert isinstance(data, dict)
        kind = type_of(number)
        self.outer.append((path, kind))
        for key, item in data.items():
            if len(self.found) >= MAX_PROBLEMS:
                break
            if path == () and key == "status":
                continue
            field = self._field(kind, key)
            if field is None:
                self._unknown(data, key, kind, path)
            else:
                self.value(item, field.kind, (*path, key))
        for name in _required(number, self.minor):
            if name not in data or data[name].data in (None, MISSING):
                self._add(Problem(Kind.MISSING, _node(value, path), name))
        self.outer.pop()

    def value(self, value: Value, kind: str, path: tuple[Step, ...]) -> None:
        """A value against a type."""
        data = value.data
        if kind == "a" or data is None or data is MISSING or isinstance(data, Unknown):
            return
        if not _fits(data, kind[0]):
            self._add(Problem(Kind.WRONG_TYPE, _node(value, path), str(path[-1]), expected=in_words(kind)))
        elif kind[:2] == "s=" and data != "":
            self._allowed(value, kind[2:].split("|"), path)
        elif kind[0].isdigit():
            self.table(value, kind, path)
        elif kind[0] == "L":
            self.items(enumerate(data), kind[1:], path)  # type: ignore[arg-type]
        elif kind[0] == "M":
            self.items(data.items(), kind[1:], path)  # type: ignore[union-attr]

    def _allowed(self, value: Value, words: list[str], path: tuple[Step, ...]) -> None:
        text = str(value.data)
        if text not in words:
            near = nearest_name(text, words)
            self._add(Problem(Kind.NOT_ALLOWED, _node(value, path), str(path[-1]), expected=", ".join(words), nearest=near))

    def items(self, items: Iterable[tuple[Step, Any]], kind: str, path: tuple[Step, ...]) -> None:
        """The items of a list or a map, all of one type."""
        for step, item in items:
            self.value(item, kind, (*path, step))

    def _field(self, kind: Type, name: str) -> Field | None:
        return next((it for it in kind.get(name, ()) if it.first <= self.minor <= it.last), None)

    def _unknown(self, data: dict[str, Value], name: str, kind: Type, path: tuple[Step, ...]) -> None:
        where = _key(data, name, _node(data[name], (*path, name)).path)
        other = kind.get(name, ())
        since = (1, min(it.first for it in other)) if other else None
        until = (1, max(it.last for it in other)) if other else None
        nearest = "" if other else self._nearest(name, kind, path)
        self._add(Problem(Kind.UNKNOWN, where, name, nearest=nearest, since=since, until=until))

    def _nearest(self, name: str, kind: Type, path: tuple[Step, ...]) -> str:
        fields = [it for it in kind if self._field(kind, it) is not None]
        if any(it.lower() == name.lower() for it in fields):
            return nearest_name(name, fields)
        for outer_path, outer in reversed(self.outer[:-1]):
            if self._field(outer, name) is not None and name not in ("name", "namespace", "kind", "spec", "labels"):
                return _node(Value(None), (*outer_path, name)).path
        for inner in fields:
            field = self._field(kind, inner)
            if field is not None and field.kind.isdigit() and name in type_of(field.kind):
                return _node(Value(None), (*path, inner, name)).path
        return nearest_name(name, fields)

    def _add(self, problem: Problem) -> None:
        if len(self.found) < MAX_PROBLEMS:
            self.found.append(problem)


@cache
def _required(number: str, minor: int) -> tuple[str, ...]:
    return tuple(name for name, fields in type_of(number).items() if any(it.required and it.first <= minor <= it.last for it in fields))


def _fits(data: Any, kind: str) -> bool:
    match kind:
        case "s":
            return isinstance(data, str)
        case "b":
            return isinstance(data, bool)
        case "i":
            return not isinstance(data, bool) and (isinstance(data, int) or (isinstance(data, (float, Fraction)) and data == int(data)))
        case "n" | "q" if not isinstance(data, str):
            return isinstance(data, (int, float, Fraction)) and not isinstance(data, bool)
        case "q":
            return True
        case "x":
            return isinstance(data, (int, str)) and not isinstance(data, bool)
        case "L":
            return isinstance(data, list)
        case "n":
            return False
        case _:
            return isinstance(data, dict)


def nearest_name(name: str, names: Iterable[str]) -> str:
    """The name that may be meant by another one; empty when none is near."""
    known = list(names)
    same = next((it for it in known if it.lower() == name.lower()), "")
    return same or next(iter(get_close_matches(name, known, 1, 0.75)), "")


def step_to(key: str) -> str:
    """The step of a path to a key, whatever characters it holds."""
    return '["' + key.replace("\\", "\\\\").replace('"', '\\"') + '"]'


def key_node(table: Node, key: str) -> Node:
    """The node of a key of a table, at the place where the key is written."""
    return _key(table.data, key, table.at(step_to(key)).path)


def _key(data: dict[str, Value], key: str, path: str) -> Node:
    return Node(getattr(data, "keys_at", {}).get(key, data[key]), path)


def in_words(kind: str) -> str:
    """A type for messages."""
    return _WORDS.get(kind[0], "a table")


_WORDS = {
    "L": "a list",
    "s": "text",
    "i": "a whole number",
    "n": "a number",
    "b": "true or false",
    "q": "a quantity",
    "x": "a number or text",
}


def _node(value: Value, path: tuple[Step, ...]) -> Node:
    """The node of a value at a path of the object."""
    node = Node(Value({}))
    for step in path:
        node = node.at(f"[{step}]") if isinstance(step, int) else node.at(step_to(step))
    return Node(value, node.path)
