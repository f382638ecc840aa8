"""A block's body as a table that is evaluated entry by entry, in the types that the provider's schema names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from auditor.loaders.terraform.evaluate import Scope, elements, evaluate, marked
from auditor.loaders.terraform.language.tree import Attribute, Block, Body, Expression
from auditor.loaders.terraform.values.convert import convert
from auditor.loaders.terraform.values.types import BOOL, NUMBER, STRING, EvaluationError, ObjectType, Type, Typed
from auditor.loaders.terraform_schema import Schema
from auditor.model.value import LazyTable, Marks, Place, Unknown, Value

META = frozenset({"count", "for_each", "provider", "providers", "depends_on", "lifecycle", "provisioner", "connection"})
SENSITIVE = Marks(sensitive=True)


class Report(Protocol):
    """Where an error of evaluation goes."""

    def __call__(self, place: Place, message: str) -> None:
        """Remember that what is written at `place` could not be evaluated."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What is known of a table's entries: their types, and which are nested blocks."""

    schema: Schema | None = None
    object: ObjectType | None = None

    def type(self, name: str) -> Type | None:
        """The type of an attribute, None when it is not known or can be anything."""
        if self.object is not None:
            return self.object.attributes.get(name)
        if self.schema is not None and name in self.schema.attributes:
            return self.schema.attributes[name].terraform_type
        return None

    def sensitive(self, name: str) -> bool:
        """Whether the attribute must not be shown."""
        return self.schema is not None and name in self.schema.attributes and self.schema.attributes[name].sensitive

    def nested(self, name: str) -> Shape:
        """The shape of the blocks of a type; an attribute that is written as blocks has one too."""
        if self.schema is not None:
            if name in self.schema.blocks:
                return Shape(self.schema.blocks[name].schema)
            if name in self.schema.attributes:
                return Shape(object=_object_inside(self.schema.attributes[name].terraform_type))
        if self.object is not None:
            return Shape(object=_object_inside(self.object.attributes.get(name)))
        return Shape()

    def is_block(self, name: str) -> bool:
        """Whether the entry is a block type, so that a table is a listing of one."""
        return self.schema is not None and name in self.schema.blocks


def _object_inside(type_: Type | None) -> ObjectType | None:
    element = getattr(type_, "element", type_)
    return element if isinstance(element, ObjectType) else None


def table_of(body: Body, scope: Scope, shape: Shape, place: Place, report: Report, *, skip: frozenset[str] = frozenset()) -> Typed:
    """The table of a body; each entry is evaluated when it is first read, and an error there is reported once."""
    attributes = {name: attribute for name, attribute in body.attributes.items() if name not in skip}
    blocks: dict[str, list[Block]] = {}
    for block in body.blocks:
        name = block.labels[0] if block.type == "dynamic" and block.labels else block.type
        if name not in skip:
            blocks.setdefault(name, []).append(block)

    def make(name: str) -> Typed:
        if name in attributes:
            return attribute_value(attributes[name], name, scope, shape, report)
        return _blocks_value(blocks[name], scope, shape.nested(name), place, report)

    return Typed(LazyTable((*attributes, *(name for name in blocks if name not in attributes)), make), None, place)


def attribute_value(attribute: Attribute, name: str, scope: Scope, shape: Shape, report: Report) -> Typed:
    """The value of an attribute, in the type that the schema names where it can be converted."""
    value = value_of(attribute.expression, scope, report)
    if shape.is_block(name):
        value = _as_blocks(value)
    else:
        wanted = shape.type(name)
        if wanted is not None:
            try:
                value = convert(value, wanted)
            except EvaluationError as error:
                report(attribute.expression, f"{name}: {error.message}")
                value = _spliced(value)
    return marked(value, SENSITIVE) if shape.sensitive(name) else value


def _spliced(value: Typed) -> Typed:
    """A value that its attribute does not take; lists inside a list, as code for Terraform 0.11 has them, mean their items."""
    if not isinstance(value.data, list):
        return value
    items: list[Any] = []
    for item in value.data:
        if isinstance(item.data, list):
            items += [marked(inner, item.marks) for inner in item.data]
        elif isinstance(item.data, Unknown) and not (item.type is None or item.type in (STRING, NUMBER, BOOL)):
            items.append(Typed(Unknown(item.data.reason, many=True), None, item.place, item.marks))
        else:
            items.append(item)
    return Typed(items, None, value.place, value.marks)


def value_of(expression: Expression, scope: Scope, report: Report) -> Typed:
    """The value of an expression; unknown, and reported, when it cannot be evaluated."""
    try:
        return evaluate(expression, scope)
    except EvaluationError as error:
        report(error.place if error.place is not None else expression, error.message)
        return Typed(Unknown(f"it cannot be evaluated: {error.message}"), None, expression)


def _as_blocks(value: Typed) -> Typed:
    """A table given as an attribute where a block belongs (the JSON syntax): a listing of one."""
    if isinstance(value.data, dict):
        return Typed([value], None, value.place, value.marks)
    return value


def _blocks_value(blocks: list[Block], scope: Scope, shape: Shape, place: Place, report: Report) -> Typed:
    """All blocks of a type in their order, dynamic ones expanded among the literal ones."""
    items: list[Any] = []
    for block in blocks:
        if block.type == "dynamic":
            items += _dynamic(block, scope, shape, report)
        else:
            items.append(table_of(block.body, scope, shape, block, report))
    return Typed(items, None, blocks[0] if items and blocks else place)


def _dynamic(block: Block, scope: Scope, shape: Shape, report: Report) -> list[Typed]:
    """The blocks that a `dynamic` block makes; one unknown that stands for any number when its collection is unknown."""
    expression = block.body.expression("for_each")
    contents = block.body.of("content")
    if expression is None or not contents:
        report(block, "a dynamic block needs for_each and a content block")
        return [_any_number("the dynamic block is incomplete", block)]
    collection = value_of(expression, scope, report)
    if isinstance(collection.data, Unknown):
        return [_any_number(collection.data.reason, block, collection.marks)]
    try:
        pairs = elements(collection)
    except EvaluationError as error:
        report(expression, error.message)
        return [_any_number(error.message, block)]
    iterator = block.body.expression("iterator")
    name = iterator.text if iterator is not None else block.labels[0]
    made: list[Typed] = []
    for key, value in pairs:
        element = Typed({"key": key, "value": value}, None, value.place)
        made.append(table_of(contents[0].body, scope.child({name: element}), shape, contents[0], report))
    return made


def _any_number(reason: str, block: Block, marks: Marks | None = None) -> Typed:
    made = Typed(Unknown(reason, many=True), None, block)
    return made if marks is None else marked(made, marks)


class ReferenceTable(LazyTable):
    """What other expressions see of a resource: what is declared, and unknowns for what the provider computes.

    `absent` gives the value of a name that is not listed, None when there can be no such attribute.
    """

    __slots__ = ("_absent",)

    def __init__(self, names: Iterable[str], make: Callable[[str], Typed], absent: Callable[[str], Typed | None]) -> None:
        super().__init__(names, make)
        self._absent = absent

    def __missing__(self, key: str) -> Value:
        if super().__contains__(key):
            return super().__missing__(key)
        found = self._absent(key)
        if found is None:
            raise KeyError(key)
        dict.__setitem__(self, key, found)
        return found

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) or (isinstance(key, str) and self._absent(key) is not None)

    def get(self, key: str, default: Any = None) -> Any:
        """The entry; of what is not declared, what the provider's schema says of it."""
        return self[key] if key in self else default  # noqa: SIM401 - the entry is made on the way
