"""What other expressions see inside the nested blocks of a resource: what is written, and what the provider adds."""

from __future__ import annotations

from auditor.loaders.terraform.body import Shape
from auditor.loaders.terraform.values.types import Typed
from auditor.loaders.terraform_schema import Schema
from auditor.model.address import Address
from auditor.model.value import LazyTable, Marks, Place, Ref, Unknown


def completed(blocks: Typed, schema: Schema, address: Address, path: str) -> Typed:
    """The blocks of one type, each with the attributes that it leaves out: the provider's ones unknown until the apply, the others null."""
    if not isinstance(blocks.data, list):
        return blocks
    items = [_block(item, schema, address, f"{path}[{number}]") for number, item in enumerate(blocks.data)]
    return Typed(items, blocks.type, blocks.place, blocks.marks)


def _block(block: Typed, schema: Schema, address: Address, path: str) -> Typed:
    if not isinstance(block.data, dict):
        return block
    written = block.data

    def make(name: str) -> Typed:
        value: Typed | None = written.get(name)
        if name in schema.blocks:
            inner = schema.blocks[name].schema
            return Typed([], None, block.place) if value is None else completed(value, inner, address, f"{path}.{name}")
        if (value is None or value.data is None) and schema.attributes[name].computed:
            return computed(Ref(address, f"{path}.{name}"), schema, name, block.place)
        return Typed(None, None, block.place) if value is None else value

    return Typed(LazyTable((*schema.attributes, *schema.blocks), make), block.type, block.place, block.marks)


def computed(ref: Ref, schema: Schema, name: str, place: Place) -> Typed:
    """An attribute that the provider fills in."""
    reason = f"{ref.address}.{ref.attribute} is known only after the apply"
    return Typed(Unknown(reason, nullable=False, parts=(ref,)), Shape(schema).type(name), place, Marks((ref,)))
