"""The syntax tree of Terraform's language: what is written, before anything is evaluated.

Every node knows its text range (character offsets in its `Source`), so that lines are counted only when somebody asks.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TypeAlias

from auditor.loaders.terraform.values.types import Typed
from auditor.model.span import Span


class Source:
    """The text of one file."""

    __slots__ = ("_starts", "path", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self._starts: list[int] | None = None

    def position(self, offset: int) -> tuple[int, int]:
        """(line, column) of an offset, both from 1."""
        if self._starts is None:
            starts, found = [0], -1
            while (found := self.text.find("\n", found + 1)) >= 0:
                starts.append(found + 1)
            self._starts = starts
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """The span of a range of offsets."""
        return Span(self.path, *self.position(start), *self.position(end))


class Excerpt(Source):
    """A text inside another source that is read as a source of its own: the texts of the JSON syntax."""

    __slots__ = ("_offset", "_whole")

    def __init__(self, whole: Source, offset: int, text: str) -> None:
        super().__init__(whole.path, text)
        self._whole = whole
        self._offset = offset

    def position(self, offset: int) -> tuple[int, int]:
        """The position in the whole file; exact as long as no escape sequence stands before it."""
        return self._whole.position(min(self._offset + offset, len(self._whole.text)))


class Syntax:
    """Anything that is written: a place in a source."""

    __slots__ = ("end", "source", "start")

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.start = start
        self.end = end

    def span(self) -> Span:
        """Where it is written."""
        return self.source.span(self.start, self.end)

    @property
    def text(self) -> str:
        """The text as it is written."""
        return self.source.text[self.start : self.end]


class Literal(Syntax):
    """A number, truth value, null, or text without interpolation."""

    __slots__ = ("value",)

    def __init__(self, source: Source, start: int, end: int, value: Typed) -> None:
        super().__init__(source, start, end)
        self.value = value


class Broken(Syntax):
    """An expression that could not be parsed."""

    __slots__ = ("message",)

    def __init__(self, source: Source, start: int, end: int, message: str) -> None:
        super().__init__(source, start, end)
        self.message = message


class Reference(Syntax):
    """A root name with the steps after it that are constant: `var.a.b[0]["k"]` is (var, a, b, 0, k)."""

    __slots__ = ("name", "steps")

    def __init__(self, source: Source, start: int, end: int, name: str, steps: tuple[str | int, ...]) -> None:
        super().__init__(source, start, end)
        self.name = name
        self.steps = steps

    @property
    def short(self) -> Reference:
        """`aws_x.y` for `resource.aws_x.y`, which means the same; else the reference itself."""
        if self.name != "resource" or len(self.steps) < 2:
            return self
        return Reference(self.source, self.start, self.end, str(self.steps[0]), self.steps[1:])


class GetAttr(Syntax):
    """`object.name`, where the object is not a plain reference."""

    __slots__ = ("name", "object")

    def __init__(self, source: Source, start: int, end: int, object_: Expression, name: str) -> None:
        super().__init__(source, start, end)
        self.object = object_
        self.name = name


class Index(Syntax):
    """`object[key]`."""

    __slots__ = ("key", "object")

    def __init__(self, source: Source, start: int, end: int, object_: Expression, key: Expression) -> None:
        super().__init__(source, start, end)
        self.object = object_
        self.key = key


class Splat(Syntax):
    """`object[*]` or `object.*` with what follows it, where `Item` stands for the element."""

    __slots__ = ("each", "object")

    def __init__(self, source: Source, start: int, end: int, object_: Expression, each: Expression) -> None:
        super().__init__(source, start, end)
        self.object = object_
        self.each = each


class Item(Syntax):
    """The element that a splat is at."""

    __slots__ = ()


class Call(Syntax):
    """A function call; `expand` when the last argument ends in `...`."""

    __slots__ = ("arguments", "expand", "name")

    def __init__(self, source: Source, start: int, end: int, name: str, arguments: tuple[Expression, ...], expand: bool) -> None:
        super().__init__(source, start, end)
        self.name = name
        self.arguments = arguments
        self.expand = expand


class Unary(Syntax):
    """`!operand` or `-operand`."""

    __slots__ = ("operand", "operator")

    def __init__(self, source: Source, start: int, end: int, operator: str, operand: Expression) -> None:
        super().__init__(source, start, end)
        self.operator = operator
        self.operand = operand


class Binary(Syntax):
    """`left operator right`."""

    __slots__ = ("left", "operator", "right")

    def __init__(self, source: Source, start: int, end: int, operator: str, left: Expression, right: Expression) -> None:
        super().__init__(source, start, end)
        self.operator = operator
        self.left = left
        self.right = right


class Conditional(Syntax):
    """`condition ? yes : no`."""

    __slots__ = ("condition", "no", "yes")

    def __init__(self, source: Source, start: int, end: int, condition: Expression, yes: Expression, no: Expression) -> None:
        super().__init__(source, start, end)
        self.condition = condition
        self.yes = yes
        self.no = no


class Parentheses(Syntax):
    """`(inner)`: kept, since `(key) = value` in an object is not `key = value`."""

    __slots__ = ("inner",)

    def __init__(self, source: Source, start: int, end: int, inner: Expression) -> None:
        super().__init__(source, start, end)
        self.inner = inner


class TupleOf(Syntax):
    """`[a, b]`."""

    __slots__ = ("items",)

    def __init__(self, source: Source, start: int, end: int, items: tuple[Expression, ...]) -> None:
        super().__init__(source, start, end)
        self.items = items


class ObjectOf(Syntax):
    """`{a = b}`: pairs of key and value expressions; a bare word as a key is a literal."""

    __slots__ = ("items",)

    def __init__(self, source: Source, start: int, end: int, items: tuple[tuple[Expression, Expression], ...]) -> None:
        super().__init__(source, start, end)
        self.items = items


class For(Syntax):
    """`[for k, v in collection : value if condition]`; with `key` it makes an object, `group` for `...`."""

    __slots__ = ("collection", "condition", "group", "key", "key_name", "value", "value_name")

    def __init__(
        self,
        source: Source,
        start: int,
        end: int,
        names: tuple[str | None, str],
        collection: Expression,
        key: Expression | None,
        value: Expression,
        condition: Expression | None,
        group: bool,
    ) -> None:
        super().__init__(source, start, end)
        self.key_name, self.value_name = names
        self.collection = collection
        self.key = key
        self.value = value
        self.condition = condition
        self.group = group


class TemplateIf(Syntax):
    """`%{ if condition }yes%{ else }no%{ endif }`."""

    __slots__ = ("condition", "no", "yes")

    def __init__(self, source: Source, start: int, end: int, condition: Expression, yes: Template, no: Template) -> None:
        super().__init__(source, start, end)
        self.condition = condition
        self.yes = yes
        self.no = no


class TemplateFor(Syntax):
    """`%{ for k, v in collection }body%{ endfor }`."""

    __slots__ = ("body", "collection", "key_name", "value_name")

    def __init__(self, source: Source, start: int, end: int, names: tuple[str | None, str], collection: Expression, body: Template) -> None:
        super().__init__(source, start, end)
        self.key_name, self.value_name = names
        self.collection = collection
        self.body = body


class Template(Syntax):
    """Text with interpolations: its parts are texts and expressions. `wrap`: it is one interpolation and nothing else."""

    __slots__ = ("parts", "wrap")

    def __init__(self, source: Source, start: int, end: int, parts: tuple[str | Expression, ...], wrap: bool) -> None:
        super().__init__(source, start, end)
        self.parts = parts
        self.wrap = wrap


Expression: TypeAlias = (
    Literal
    | Broken
    | Reference
    | GetAttr
    | Index
    | Splat
    | Item
    | Call
    | Unary
    | Binary
    | Conditional
    | Parentheses
    | TupleOf
    | ObjectOf
    | For
    | TemplateIf
    | TemplateFor
    | Template
)


class Attribute(Syntax):
    """`name = expression`."""

    __slots__ = ("expression", "name")

    def __init__(self, source: Source, start: int, end: int, name: str, expression: Expression) -> None:
        super().__init__(source, start, end)
        self.name = name
        self.expression = expression


class Block(Syntax):
    """`type "label" { body }`; `header_end` is the offset of the opening brace."""

    __slots__ = ("body", "header_end", "labels", "type")

    def __init__(self, source: Source, start: int, end: int, type_: str, labels: tuple[str, ...], body: Body, header_end: int) -> None:
        super().__init__(source, start, end)
        self.type = type_
        self.labels = labels
        self.body = body
        self.header_end = header_end


class Body:
    """Attributes by name, and blocks in their order."""

    __slots__ = ("attributes", "blocks")

    def __init__(self, attributes: dict[str, Attribute], blocks: list[Block]) -> None:
        self.attributes = attributes
        self.blocks = blocks

    def of(self, *types: str) -> list[Block]:
        """The blocks of these types."""
        return [block for block in self.blocks if block.type in types]

    def expression(self, name: str) -> Expression | None:
        """The expression of an attribute."""
        found = self.attributes.get(name)
        return found.expression if found else None
