"""Whether an object has the shape that the API server wants: unknown fields, wrong types, missing fields.

What is unknown, and what a template fills in, is never judged.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeAlias

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.value import MISSING, Unknown, Value
from auditor.views.cache import of_graph
from auditor.views.kubernetes.lifecycle import Version, target_version
from auditor.views.kubernetes.schema_table import Shape, known_kinds, lifetime, shape, table

__all__ = ["MAX_PROBLEMS", "Kind", "Problem", "key_node", "known_kinds", "nearest_name", "problems", "step_to"]

Step: TypeAlias = "str | int"
Path: TypeAlias = "tuple[Step, ...]"

MAX_PROBLEMS = 50
"""Of an object with more problems than this, only the first ones are found."""


class Kind(enum.StrEnum):
    """What can be wrong with a field."""

    UNKNOWN = "unknown"
    WRONG_TYPE = "wrong type"
    NOT_ALLOWED = "not allowed"
    MISSING = "missing"


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
    other: str = ""
    """The apiVersion of the same kind that has an unknown field."""


def problems(resource: Resource, graph: Graph) -> tuple[Problem, ...]:
    """What is wrong with the shape of an object in its target version; nothing for kinds that the table does not know."""
    known: dict[int, tuple[Problem, ...]] = of_graph(graph, "schema-problems", dict)
    if id(resource) not in known:
        known[id(resource)] = tuple(_problems(resource))
    return known[id(resource)]


def _problems(resource: Resource) -> Iterator[Problem]:
    api, it = resource.at("apiVersion").data, table()
    spans = it.kinds.get((api, resource.kind), ()) if isinstance(api, str) else ()
    minor = target_version(resource)[1]
    shown = max(it.first, min(it.last, minor))
    number = next((number for number, first, last in spans if first <= shown <= last), None)
    if number is None:  # of somebody else, removed, or not there yet: that is for others to say
        return
    walk = _Walk(shown, lambda path: _other_version(str(api), resource.kind, path, shown))
    walk.table(resource.body.value_, number, ())
    yield from (found for found in walk.found if shown == minor or found.kind is Kind.WRONG_TYPE)


def _other_version(api: str, kind: str, path: Path, minor: int) -> str:
    """The other version of an API whose kind has a field at that path; the last one when there are several."""
    group = api.rpartition("/")[0]
    found = ""
    for (other, name), spans in table().kinds.items():
        if name != kind or other == api or other.rpartition("/")[0] != group:
            continue
        if any(first <= minor <= last and _has_field(number, path, minor) for number, first, last in spans):
            found = other
    return found


def _has_field(number: str, path: Path, minor: int) -> bool:
    kind = number
    for step in path:
        if isinstance(step, int):
            kind = kind[1:]
        elif kind.isdigit() and step in shape(kind, minor).fields:
            kind = shape(kind, minor).fields[step]
        else:
            return False
    return True


_COMMON = frozenset({"name", "namespace", "kind", "spec", "labels"})
"""Fields of so many types that finding one further out says nothing."""


class _Walk:
    """One object against the types of one version."""

    def __init__(self, minor: int, other: Callable[[Path], str]) -> None:
        self.minor = minor
        self.other = other
        self.found: list[Problem] = []
        self.outer: list[tuple[Path, Shape]] = []

    def table(self, value: Value, number: str, path: Path) -> None:
        """A table against a type with fields."""
        data, wanted = value.data, shape(number, self.minor)
        assert isinstance(data, dict)
        self.outer.append((path, wanted))
        for key, item in data.items():
            kind = wanted.fields.get(key)
            if kind is None:
                self._unknown(data, key, number, path)
            elif _PLAIN.get(kind) is not type(item.data) and (path or key != "status"):
                self.value(item, kind, (*path, key))
        for name in wanted.required:
            if name not in data or data[name].data in (None, MISSING):
                self._add(Problem(Kind.MISSING, _node(value, path), name))
        self.outer.pop()

    def value(self, value: Value, kind: str, path: Path) -> None:
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
        elif kind[0] == "L" and isinstance(data, list):
            self._items(enumerate(data), kind[1:], path)
        elif kind[0] == "M" and isinstance(data, dict):
            self._items(data.items(), kind[1:], path)

    def _items(self, items: Iterable[tuple[Step, Any]], kind: str, path: Path) -> None:
        plain = _PLAIN.get(kind)
        for step, item in items:
            if plain is not type(item.data):
                self.value(item, kind, (*path, step))

    def _allowed(self, value: Value, words: list[str], path: Path) -> None:
        text = str(value.data)
        if text not in words:
            near = nearest_name(text, words)
            self._add(Problem(Kind.NOT_ALLOWED, _node(value, path), str(path[-1]), expected=", ".join(words), nearest=near))

    def _unknown(self, data: dict[str, Value], name: str, number: str, path: Path) -> None:
        if len(self.found) >= MAX_PROBLEMS:
            return
        where = _key(data, name, _node(data[name], (*path, name)).path)
        life = lifetime(number, name)
        since, until = ((1, life[0]), (1, life[1])) if life else (None, None)
        nearest = "" if life else self._nearest(name, path)
        other = "" if life or nearest else self.other((*path, name))
        self._add(Problem(Kind.UNKNOWN, where, name, nearest=nearest, since=since, until=until, other=other))

    def _nearest(self, name: str, path: Path) -> str:
        """The field of the table, of one that holds it or of one in it that may be meant."""
        fields = self.outer[-1][1].fields
        if not any(it.lower() == name.lower() for it in fields):
            for outer_path, outer in reversed(self.outer[:-1]):
                if name in outer.fields and name not in _COMMON:
                    return _node(Value(None), (*outer_path, name)).path
            for inner, kind in fields.items():
                if kind.isdigit() and name in shape(kind, self.minor).fields:
                    return _node(Value(None), (*path, inner, name)).path
            beside = self._beside(name, path)
            if beside:
                return beside
        return _nearest_field(name, tuple(fields))

    def _beside(self, name: str, path: Path) -> str:
        """The field in the table of the same name in the items of a list further out: of a pod's `securityContext`, its containers'."""
        for outer_path, outer in reversed(self.outer[:-1]):
            for field, kind in outer.fields.items():
                items = shape(kind[1:], self.minor).fields if kind[0] == "L" and kind[1:].isdigit() else {}
                same = items.get(str(path[-1]), "")
                if same.isdigit() and name in shape(same, self.minor).fields:
                    return f"{_node(Value(None), (*outer_path, field)).path}[].{path[-1]}.{name}"
        return ""

    def _add(self, problem: Problem) -> None:
        if len(self.found) < MAX_PROBLEMS:
            self.found.append(problem)


_PLAIN: Mapping[str, type] = {"s": str, "b": bool, "i": int, "n": int, "q": str, "x": int}
"""Types of which a value of this Python type needs no closer look."""


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


@lru_cache(maxsize=4096)
def _nearest_field(name: str, fields: tuple[str, ...]) -> str:
    return nearest_name(name, fields)


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


def _node(value: Value, path: Path) -> Node:
    """The node of a value at a path of the object."""
    steps = "".join(f"[{step}]" if isinstance(step, int) else step_to(step) for step in path)
    return Node(value, _ROOT.at(steps).path)


_ROOT = Node(Value({}))
