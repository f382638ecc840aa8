"""What a value may be: by the kind of node that it is, the table of the syntax that holds there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NO_CHOICE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value.

    `kind`: text, flag, whole (a number), decimal or any. `choice`: the only texts allowed. `blank`: whether it may be empty.
    `positive`: greater than zero. `wanted`: the type of a value that is one expression, where that matters.
    """

    kind: str = "text"
    blank: bool = False
    choice: frozenset[str] = NO_CHOICE
    positive: bool = False
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """The alternatives at a place: a scalar, a list of `items`, a mapping with certain `keys`, or with any key and `values`.

    `name` is what people call it; `blank`: whether it may be left empty; `required`: keys that must be there; `filled`: whether a
    mapping or list needs at least one entry; `key`: the workflow key whose contexts its expressions may use (None: that of the
    place around it); `expression`: the types of an expression that may stand for the whole; `cased`: whether keys that differ in
    case only are two keys.
    """

    name: str
    scalar: Scalar | None = None
    items: Shape | None = None
    keys: Mapping[str, Shape] | None = None
    values: Shape | None = None
    required: tuple[str, ...] = ()
    blank: bool = False
    filled: bool = False
    key: str | None = None
    expression: frozenset[str] = field(default=NO_CHOICE)
    cased: bool = False

    @property
    def wanted(self) -> str:
        """What may stand here, in words."""
        words = []
        if self.scalar is not None:
            words.append(_WORDS[self.scalar.kind])
        if self.items is not None:
            words.append("a list")
        if self.keys is not None or self.values is not None:
            words.append("a mapping")
        return " or ".join(words)


_WORDS = {"text": "a text", "flag": "true or false", "whole": "a whole number", "decimal": "a number", "any": "a value"}

ANYTHING = Shape("value", Scalar("any", blank=True), blank=True)


def text(name: str, key: str | None = None, *, blank: bool = False, choice: str = "") -> Shape:
    """A text; `choice` names the only ones allowed."""
    return Shape(name, Scalar("text", blank, frozenset(choice.split())), blank=blank, key=key)


def flag(name: str, key: str | None = None) -> Shape:
    """true or false."""
    return Shape(name, Scalar("flag", wanted="boolean"), key=key, expression=frozenset({"boolean"}))


def number(name: str, key: str | None = None, *, whole: bool = False) -> Shape:
    """A number greater than zero."""
    return Shape(name, Scalar("whole" if whole else "decimal", positive=True), key=key, expression=frozenset({"number"}))


def texts(name: str, key: str | None = None, *, single: bool = False, item: str = "") -> Shape:
    """A list of texts that is not empty; `single`: or one of them alone."""
    return Shape(name, Scalar() if single else None, items=text(item or name, key), filled=True, key=key)


def section(name: str, keys: Mapping[str, Shape], required: str = "", *, key: str | None = None, blank: bool = False) -> Shape:
    """A mapping with certain keys."""
    return Shape(name, keys=keys, required=tuple(required.split()), key=key, blank=blank)


def mapping(name: str, values: Shape, *, key: str | None = None, blank: bool = False, filled: bool = False, cased: bool = False) -> Shape:
    """A mapping whose keys are names."""
    return Shape(name, values=values, key=key, blank=blank, filled=filled, cased=cased)
