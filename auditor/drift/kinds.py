"""What drift asks of a provider's schema, and the shapes of values that follow from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeAlias


class Attribute(Protocol):
    """An attribute of a schema."""

    @property
    def type(self) -> Any:
        """Terraform's JSON form of the type."""

    @property
    def optional(self) -> bool:
        """Whether the code may give it."""

    @property
    def required(self) -> bool:
        """Whether the code must give it."""


class Block(Protocol):
    """A nested block type."""

    @property
    def nesting(self) -> str:
        """single, list, set or map."""

    @property
    def schema(self) -> Schema:
        """What stands inside."""


class Schema(Protocol):
    """The schema of a type or block."""

    @property
    def attributes(self) -> Mapping[str, Attribute]:
        """By name."""

    @property
    def blocks(self) -> Mapping[str, Block]:
        """By name."""


Schemas: TypeAlias = "Callable[[str], Schema | None]"
"""A type's schema, None when it is not known."""


def no_schema(kind: str) -> Schema | None:
    """Where no schema is at hand."""
    return None


@dataclass(frozen=True, slots=True)
class Shape:
    """How a value is built: which decides what counts as a difference."""

    form: Literal["any", "scalar", "list", "set", "map", "object"] = "any"
    type: Any = None
    schema: Schema | None = None

    def part(self, name: str) -> Shape:
        """The shape of an entry of a table."""
        if self.schema is not None:
            return shape(self.schema, name)
        if isinstance(self.type, dict):
            return _of_type(self.type.get(name))
        return _of_type(self.type) if self.form == "map" else Shape()

    @property
    def item(self) -> Shape:
        """The shape of an item of a list or set."""
        return Shape("object", schema=self.schema) if self.schema is not None else _of_type(self.type)


def shape(schema: Schema | None, name: str) -> Shape:
    """The shape of an attribute or nested block."""
    if schema is None:
        return Shape()
    if name in schema.attributes:
        return _of_type(schema.attributes[name].type)
    block = schema.blocks.get(name)
    if block is None:
        return Shape()
    match block.nesting:
        case "set":
            return Shape("set", schema=block.schema)
        case "list":
            return Shape("list", schema=block.schema)
        case "map":
            return Shape("map", schema=block.schema)
        case _:
            return Shape("object", schema=block.schema)


def _of_type(of: Any) -> Shape:
    if isinstance(of, str):
        return Shape("any" if of == "dynamic" else "scalar")
    if not isinstance(of, list) or len(of) != 2:
        return Shape()
    match of[0]:
        case "set":
            return Shape("set", of[1])
        case "list":
            return Shape("list", of[1])
        case "map":
            return Shape("map", of[1])
        case "object":
            return Shape("object", of[1])
        case _:
            return Shape()
