"""What Terraform's providers say of their resource types: attributes, nested blocks, and which of them the cloud computes.

The tables in `provider_schemas` are written by `scripts/update_provider_schema.py`, which documents their form. They are
mapped, not read: a type costs what its own lines cost, and a nested block nothing until somebody looks into it.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast

if TYPE_CHECKING:
    from auditor.loaders.terraform.values.types import Type

Nesting: TypeAlias = Literal["single", "group", "list", "set", "map"]

_FOLDER = Path(__file__).with_name("provider_schemas")
_KIND = re.compile(r"(data\.|provider\.)?[\w-]+")
_SCALARS = {"s": "string", "n": "number", "b": "bool", "d": "dynamic"}
_COLLECTIONS = {"L": "list", "S": "set", "M": "map"}


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute. Neither required nor optional: only the provider sets it; optional and computed: it does when the code does not."""

    flags: str
    _table: Table
    _type: str

    @property
    def type(self) -> Any:
        """The type as Terraform's JSON has it: `"string"`, `["list", "string"]`, `["object", {"name": "string"}]`."""
        return self._table.type(self._type)

    @property
    def terraform_type(self) -> Type:
        """The type as the evaluator has it."""
        return self._table.terraform_type(self._type)

    @property
    def required(self) -> bool:
        """Whether the code must give it."""
        return "r" in self.flags

    @property
    def optional(self) -> bool:
        """Whether the code may give it."""
        return "o" in self.flags

    @property
    def computed(self) -> bool:
        """Whether the provider gives it where the code does not."""
        return "c" in self.flags

    @property
    def sensitive(self) -> bool:
        """Whether its value must not be shown."""
        return "s" in self.flags

    @property
    def deprecated(self) -> bool:
        """Whether the provider wants it gone."""
        return "d" in self.flags

    @property
    def write_only(self) -> bool:
        """Whether it is sent to the cloud and never kept in a state."""
        return "w" in self.flags


@dataclass(frozen=True, slots=True)
class Block:
    """A nested block type. `max` 0 means any number."""

    nesting: Nesting
    min: int
    max: int
    _table: Table
    _offset: int

    @property
    def schema(self) -> Schema:
        """What stands inside."""
        return self._table.schema(self._offset)


@dataclass(frozen=True, slots=True)
class Schema:
    """A block's attributes and nested blocks, by name."""

    attributes: Mapping[str, Attribute]
    blocks: Mapping[str, Block]


def resource_schema(kind: str) -> Schema | None:
    """The schema of a resource type (`aws_s3_bucket`), data source (`data.aws_ami`) or provider (`provider.aws`); None when unknown."""
    found = _entry(kind)
    return found[0].schema(found[2]) if found else None


@cache
def attribute_names(kind: str) -> frozenset[str] | None:
    """The names of a type's attributes and nested blocks; None when unknown."""
    schema = resource_schema(kind)
    return None if schema is None else frozenset((*schema.attributes, *schema.blocks))


def schema_version(kind: str) -> int | None:
    """The version of a type's schema that we know: a state of a higher one was written by a newer provider."""
    found = _entry(kind)
    return found[1] if found else None


def provider_version(provider: str) -> str | None:
    """The version of the provider (`aws`) that the schemas are from; None when unknown."""
    table = _table(provider)
    return table.title.rsplit(" ", 1)[-1] if table else None


@cache
def _entry(kind: str) -> tuple[Table, int, int] | None:
    if not _KIND.fullmatch(kind):
        return None
    section, _, name = kind.rpartition(".")
    if section == "provider":
        provider, kind = name, "provider"
    else:
        provider = name.partition("_")[0]
    table = _table(provider)
    found = table.find(kind) if table else None
    return (table, *found) if table and found else None


@cache
def _table(provider: str) -> Table | None:
    path = _FOLDER / f"{provider}.txt"
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return Table(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


class Table:
    """The schemas of one provider, in the form that the script describes."""

    def __init__(self, data: mmap.mmap) -> None:
        self._data = data
        self._schemas: dict[int, Schema] = {}
        self._types: dict[str, Any] = {}
        self._terraform_types: dict[str, Type] = {}

    def _line(self, offset: int) -> str:
        return self._data[offset : self._data.find(b"\n", offset)].decode("ascii")

    @cached_property
    def title(self) -> str:
        """The provider's source address and version."""
        return self._line(self._data.find(b"\n") + 1)

    @cached_property
    def _index(self) -> int:
        return int(self._line(0).rsplit(" ", 1)[-1], 16)

    def find(self, kind: str) -> tuple[int, int] | None:
        """(schema version, offset of the block) of a type."""
        start = self._data.find(f"\n{kind} ".encode(), self._index - 1)
        if start < 0:
            return None
        _, version, offset = self._line(start + 1).split(" ")
        return int(version), int(offset, 16)

    def schema(self, offset: int) -> Schema:
        """The block on the line at `offset`."""
        if offset not in self._schemas:
            self._schemas[offset] = self._read(self._line(offset))
        return self._schemas[offset]

    def _read(self, line: str) -> Schema:
        attributes: dict[str, Attribute] = {}
        blocks: dict[str, Block] = {}
        for part in filter(None, line.split("\t")):
            name, *words = part.split(" ")
            if len(words) == 2:
                attributes[name] = Attribute(words[0], self, words[1])
            else:
                nesting, least, most, inside = words
                blocks[name] = Block(cast("Nesting", nesting), int(least), int(most), self, int(inside, 16))
        return Schema(attributes, blocks)

    def type(self, text: str) -> Any:
        """The type that `text` stands for, in Terraform's JSON form."""
        if text not in self._types:
            self._types[text], _ = self._parse(text, 0)
        return self._types[text]

    def terraform_type(self, text: str) -> Type:
        """The type that `text` stands for, as the evaluator has it."""
        if text not in self._terraform_types:
            self._terraform_types[text] = _terraform_type(self.type(text))
        return self._terraform_types[text]

    def _parse(self, text: str, at: int) -> tuple[Any, int]:
        letter = text[at]
        if letter in _SCALARS:
            return _SCALARS[letter], at + 1
        if letter in _COLLECTIONS:
            inside, end = self._parse(text, at + 1)
            return [_COLLECTIONS[letter], inside], end
        if letter == "T":
            items, at = [], at + 2
            while text[at] != ")":
                item, at = self._parse(text, at)
                items.append(item)
            return ["tuple", items], at + 1
        end = text.index(";", at)
        line = self._line(int(text[at + 1 : end], 16))
        members = (part.split(" ") for part in line.split("\t") if part)
        return ["object", {name: self.type(of) for name, of in members}], end + 1


def _terraform_type(of: Any) -> Type:
    from auditor.loaders.terraform.values import types  # the evaluator imports this module

    if isinstance(of, str):
        words: dict[str, Type] = {"string": types.STRING, "number": types.NUMBER, "bool": types.BOOL, "dynamic": types.DYNAMIC}
        return words[of]
    match of[0]:
        case "list":
            return types.ListType(_terraform_type(of[1]))
        case "set":
            return types.SetType(_terraform_type(of[1]))
        case "map":
            return types.MapType(_terraform_type(of[1]))
        case "tuple":
            return types.TupleType(tuple(map(_terraform_type, of[1])))
        case _:
            return types.ObjectType({name: _terraform_type(member) for name, member in of[1].items()})
