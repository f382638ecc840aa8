"""Compare a document with the table of its syntax: what is wrong, and every text with the workflow key that it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from auditor.model.node import Node
from auditor.model.rule import Fail
from auditor.model.value import Missing, Unknown, Value
from auditor.model.written import Table, Written
from auditor.views.github.expression import is_whole
from auditor.views.github.names import nearest
from auditor.views.github.syntax.shape import Scalar, Shape

MAX_DEPTH = 40

Trail = tuple["str | int", ...]
"""Keys and numbers that lead to a value."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a place; `code` says which kind of fault it is."""

    code: str
    where: Node
    message: str
    expected: str = ""
    related: tuple[Node, ...] = ()

    @property
    def fail(self) -> Fail:
        """What a rule yields for it."""
        return Fail(self.where, self.message, expected=self.expected, related=self.related)


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar that may hold expressions: `key` is the workflow key whose contexts it may use."""

    node: Node
    trail: Trail
    key: str
    shape: Shape
    whole: bool
    """Whether an expression stands for all of it, so that its type counts."""


@dataclass(slots=True)
class Reading:
    """What a walk found."""

    problems: list[Problem] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)


def read(root: Value, shape: Shape) -> Reading:
    """Walk a document; never raises, whatever stands in it."""
    walk = _Walk()
    walk.visit(root, shape, (), root, "")
    return walk.reading


def node_at(value: Value, trail: Trail) -> Node:
    """The node of a value that a trail leads to."""
    path = ""
    for step in trail:
        path = f"{path}[{step}]" if isinstance(step, int) else _joined(path, step)
    return Node(value, path)


def _joined(path: str, key: str) -> str:
    part = _segment(key)
    return f"{path}.{part}" if path and part[:1] != "[" else path + part


@lru_cache(maxsize=8192)
def _segment(key: str) -> str:
    """A key as it stands in a path: quoted in brackets when it is no plain word."""
    if key and not any(sign in key for sign in '.[]"'):
        return key
    quoted = key.replace("\\", "\\\\").replace('"', '\\"')
    return f'["{quoted}"]'


def kind_of(data: Any) -> str:
    """scalar, list, mapping, empty, or open for what is not known."""
    if isinstance(data, dict):
        return "mapping"
    if isinstance(data, list):
        return "list"
    if data is None or isinstance(data, Missing):
        return "empty"
    return "open" if isinstance(data, Unknown) else "scalar"


_NAMES = {"mapping": "a mapping", "list": "a list", "scalar": "a single value", "empty": "nothing"}


class _Walk:
    def __init__(self) -> None:
        self.reading = Reading()

    def problem(self, code: str, value: Value, trail: Trail, message: str, expected: str = "", related: Iterable[Node] = ()) -> None:
        self.reading.problems.append(Problem(code, node_at(value, trail), message, expected, tuple(related)))

    def visit(self, value: Value, shape: Shape, trail: Trail, anchor: Value, key: str) -> None:
        """One value; `anchor` is where its own key or dash stands, `key` the workflow key around it."""
        key = key if shape.key is None else shape.key
        data = value.data
        kind = kind_of(data)
        if kind == "open" or len(trail) > MAX_DEPTH:
            return
        if isinstance(data, dict):
            if shape.keys is not None or shape.values is not None:
                self.mapping(value, data, shape, trail, anchor, key)
                return
            if shape.scalar is not None and shape.scalar.kind == "any":
                self.inside(value, trail, key)
                return
        elif isinstance(data, list):
            if shape.items is not None:
                self.listing(value, data, shape, shape.items, trail, key)
                return
            if shape.scalar is not None and shape.scalar.kind == "any":
                self.inside(value, trail, key)
                return
        elif kind == "empty":
            self.empty(value, shape, trail, anchor)
            return
        elif self.scalar(value, data, shape, trail, key):
            return
        self.problem("type", value, trail, f"{shape.name} takes {shape.wanted}, not {_NAMES[kind]}", shape.wanted)

    def inside(self, value: Value, trail: Trail, key: str) -> None:
        """Whatever stands here: only its expressions count."""
        data = value.data
        if len(trail) > MAX_DEPTH:
            return
        if isinstance(data, dict):
            self.duplicates(data, trail, cased=True)
            for name, item in data.items():
                self.inside(item, (*trail, name), key)
        elif isinstance(data, list):
            for number, item in enumerate(data):
                self.inside(item, (*trail, number), key)
        elif isinstance(data, str) and "${{" in data:
            self.reading.texts.append(Text(node_at(value, trail), trail, key, _VALUE, is_whole(data)))

    def empty(self, value: Value, shape: Shape, trail: Trail, anchor: Value) -> None:
        explicit = getattr(value, "raw", "") == "null" and value is not anchor
        if shape.blank or explicit or isinstance(value.data, Missing):
            return
        self.problem("empty", _place(value, anchor), trail, f"{shape.name} is empty", shape.wanted)

    # -- single values

    def scalar(self, value: Value, data: Any, shape: Shape, trail: Trail, key: str) -> bool:
        """A single value; False when none may stand here."""
        scalar = shape.scalar
        if isinstance(data, str) and "${{" in data:
            whole = is_whole(data)
            if scalar is None and not (whole and shape.expression):
                return False
            self.reading.texts.append(Text(node_at(value, trail), trail, key, shape, whole))
            return whole or scalar is None or scalar.kind in ("text", "any")
        if scalar is None:
            return False
        if data == "" or (isinstance(data, str) and scalar.kind != "any" and not data.strip()):
            if not scalar.blank:
                self.problem("empty", value, trail, f"{shape.name} is empty", shape.wanted)
            return True
        if trail and trail[-1] == "if":
            self.reading.texts.append(Text(node_at(value, trail), trail, key, shape, whole=True))
        return self.typed(value, data, scalar, shape, trail)

    def typed(self, value: Value, data: Any, scalar: Scalar, shape: Shape, trail: Trail) -> bool:
        match scalar.kind:
            case "flag":
                return isinstance(data, bool)
            case "whole" | "decimal":
                if isinstance(data, bool) or not isinstance(data, (int, float)) or (scalar.kind == "whole" and not isinstance(data, int)):
                    return False
                if scalar.positive and data <= 0:
                    self.problem("range", value, trail, f"{shape.name} is {data:g}, and it has to be greater than zero")
            case "text" if scalar.choice and isinstance(data, str) and data not in scalar.choice:
                choices = ", ".join(sorted(scalar.choice))
                self.problem("choice", value, trail, f"{data!r} is no {shape.name} here{nearest(data, scalar.choice)}", f"one of {choices}")
        return True

    # -- lists and mappings

    def listing(self, value: Value, data: list[Value], shape: Shape, items: Shape, trail: Trail, key: str) -> None:
        if not data and shape.filled:
            self.problem("empty", value, trail, f"{shape.name} is an empty list", "at least one entry")
        for number, item in enumerate(data):
            self.visit(item, items, (*trail, number), item, key)

    def mapping(self, value: Value, data: dict[str, Value], shape: Shape, trail: Trail, anchor: Value, key: str) -> None:
        if not data and shape.filled:
            self.problem("empty", _place(value, anchor), trail, f"{shape.name} is an empty mapping", "at least one entry")
        self.duplicates(data, trail, cased=shape.cased or shape.values is None)
        written = data.keys_at if isinstance(data, Table) else {}
        for name, item in data.items():
            if name == "<<":
                self.problem("merge", written.get(name, item), (*trail, name), "GitHub does not merge what << names")
                continue
            if "${{" in name:
                self.named(name, written.get(name, item), (*trail, name), key)
            inner = (shape.keys or {}).get(name) or shape.values
            if inner is None:
                self.unknown(name, written.get(name, item), shape, (*trail, name), data)
            else:
                self.visit(item, inner, (*trail, name), written.get(name, item), key)
        if shape.required and not any(isinstance(item.data, Unknown) and item.data.many for item in data.values()):
            lacking = [name for name in shape.required if name not in data and "<<" not in data]
            if lacking:
                words = " and ".join(lacking)
                self.problem("missing", _place(value, anchor), trail, f"{shape.name} has no {words}", words)

    def named(self, name: str, where: Value, trail: Trail, key: str) -> None:
        """A key that is made by expressions."""
        self.reading.texts.append(Text(node_at(where, trail), trail, key, _VALUE, is_whole(name)))

    def unknown(self, name: str, where: Value, shape: Shape, trail: Trail, data: Mapping[str, Value]) -> None:
        known = set(shape.keys or ()) - set(data)
        self.problem(
            "unknown", where, trail, f"{shape.name} has no key {name!r}{nearest(name, known)}", ", ".join(sorted(shape.keys or ()))
        )

    def duplicates(self, data: dict[str, Value], trail: Trail, *, cased: bool) -> None:
        if not isinstance(data, Table):
            return
        for again in data.duplicates:
            self.problem("duplicate", again, (*trail, again.raw), f"the key {again.raw!r} stands here twice")
        if not cased and len(data) > 1:
            first: dict[str, str] = {}
            for name in data:
                known = first.setdefault(name.lower(), name)
                if known != name and name in data.keys_at and known in data.keys_at:
                    related = [node_at(data.keys_at[known], (*trail, known))]
                    message = f"the keys {known!r} and {name!r} differ in case only, which is the same key"
                    self.problem("duplicate", data.keys_at[name], (*trail, name), message, related=related)


def _place(value: Value, anchor: Value) -> Value:
    """The key of a section that lacks something, where it is known."""
    return anchor if isinstance(anchor, Written) else value


_VALUE = Shape("value", Scalar("any"))
