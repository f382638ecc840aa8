"""Where an attribute comes from: the small language in which collectors translate replies into Terraform's words.

A source is a path into the item (`"VpcId"`), or a function from the item's node to a value, a node, or plain data made of
them. What a reply does not have is unknown, because the API may leave out what it does not know; `maybe` says that leaving it
out means null.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, TypeAlias
from urllib.parse import unquote

from auditor.model.node import Node
from auditor.model.value import MISSING, JsonText, Missing, Place, Unknown, Value

Read: TypeAlias = "Callable[[Node], Any]"
Source: TypeAlias = "str | Read"


class Partial(dict[str, Value]):
    """A table of which only some entries were read: any other name that the type has is unknown, not absent.

    `names` are all that the type has; where that is not known, every name may be one of them.
    """

    __slots__ = ("names", "place", "reason")

    def __init__(self, known: Mapping[str, Value], place: Place, reason: str, names: Collection[str] | None = None) -> None:
        super().__init__(known)
        self.place = place
        self.reason = reason
        self.names = names

    def __missing__(self, key: str) -> Value:
        if key not in self:
            raise KeyError(key)
        return Value(Unknown(self.reason), self.place)

    def __contains__(self, key: object) -> bool:
        return self.names is None or key in self.names or dict.__contains__(self, key)

    def get(self, key: str, default: Any = None) -> Any:
        """The entry, unknown where it was not read."""
        return self[key] if key in self else default  # noqa: SIM401  # this is `get`


def value_of(source: Source, item: Node, silent: str) -> Value:
    """The value that a source gives for an item; unknown with the reason `silent` where the reply does not have it."""
    found = item.at(source) if isinstance(source, str) else source(item)
    return made(found, item, silent)


def made(found: Any, item: Node, silent: str) -> Value:
    """What a source returned, as a value."""
    if isinstance(found, Node):
        found = found.value_
    if isinstance(found, Value):
        return Value(Unknown(silent), item.value_.place) if isinstance(found.data, Missing) else found
    place = item.value_.place
    if isinstance(found, dict):
        return Value({name: made(part, item, silent) for name, part in found.items()}, place)
    if isinstance(found, (list, tuple)):
        return Value([made(part, item, silent) for part in found], place)
    return Value(Unknown(silent) if found is MISSING else found, place)


# -- sources


def maybe(path: str, default: Any = None) -> Read:
    """What stands at `path`; `default` when the reply leaves it out."""
    return lambda item: given(item, path, default)


def said(path: str) -> Read:
    """What stands at `path`; unknown when the reply leaves it out, in a block too."""
    return lambda item: given(item, path, Value(Unknown("the reply does not have it"), item.value_.place))


def given(item: Node, path: str, default: Any = None) -> Any:
    """The node at `path`; `default` when the reply leaves it out."""
    node = item.at(path)
    return default if isinstance(node.data, Missing) else node


def first(*paths: str) -> Read:
    """What stands at the first of these paths that the reply has."""
    return lambda item: next((node for path in paths if not isinstance((node := item.at(path)).data, Missing)), MISSING)


def number(path: str, default: Any = MISSING) -> Read:
    """The number that stands as text at `path`."""
    return lambda item: _converted(item.at(path), default, lambda node: node.number)


def flag(path: str, default: Any = MISSING) -> Read:
    """The truth value that stands as text at `path`."""
    return lambda item: _converted(item.at(path), default, lambda node: node.flag)


def text(path: str, default: Any = MISSING) -> Read:
    """The text of what stands at `path`."""
    return lambda item: _converted(item.at(path), default, lambda node: node.text)


def equals(path: str, *words: str) -> Read:
    """Whether one of these words stands at `path`."""
    return lambda item: _converted(item.at(path), MISSING, lambda node: node.text in words)


def _converted(node: Node, default: Any, convert: Callable[[Node], Any]) -> Any:
    if isinstance(node.data, Missing):
        return default
    if node.unknown or node.data is None:
        return node
    return Value(convert(node), node.value_.place)


def setting(key: str, convert: Callable[..., Read] = maybe, default: Any = MISSING, path: str = "Attributes") -> Read:
    """The value of a setting in a listing of `{"Key": ..., "Value": ...}`."""

    def read(item: Node) -> Any:
        for pair in item.each(path):
            if pair.at("Key").data == key:
                return convert("Value")(pair)
        return default

    return read


def tags(path: str = "Tags", key: str = "Key", value: str = "Value") -> Read:
    """A listing of tags as a map, without those that AWS sets itself."""

    def read(item: Node) -> Any:
        if isinstance(item.at(path).data, Missing):
            return MISSING
        pairs = ((pair.at(key).data, pair.at(value)) for pair in item.each(path))
        return {name: found for name, found in pairs if isinstance(name, str) and not name.startswith("aws:")}

    return read


def tag_map(path: str = "tags") -> Read:
    """A map of tags, without those that AWS sets itself."""

    def read(item: Node) -> Any:
        if isinstance(item.at(path).data, Missing):
            return MISSING
        return {name: found for name, found in item.at(path).entries() if not name.startswith("aws:")}

    return read


def block(path: str, /, **sources: Source) -> Read:
    """The block made of the object at `path`: a listing of one, or of none."""

    def read(item: Node) -> Any:
        node = item.at(path) if path else item
        return [table(node, sources)] if isinstance(node.data, dict) else []

    return read


def blocks(path: str, /, **sources: Source) -> Read:
    """A block for each object of the listing at `path`."""
    return lambda item: [table(node, sources) for node in item.each(path)]


def table(item: Node, sources: Mapping[str, Source]) -> dict[str, Value]:
    """The table of an item's sources; inside a block what the reply leaves out is null."""
    return {name: made(_or_null(source, item), item, "") for name, source in sources.items()}


def _or_null(source: Source, item: Node) -> Any:
    found = item.at(source) if isinstance(source, str) else source(item)
    if found is MISSING or (isinstance(found, (Node, Value)) and isinstance(found.data, Missing)):
        return None
    return found


def inside(path: str, *carried: str) -> Callable[[Node], Iterator[Node]]:
    """The items at `path` of an item, each with these members of the outer one."""

    def items(holder: Node) -> Iterator[Node]:
        for item in holder.each(path):
            if isinstance(item.data, dict):
                own = dict(item.data.items())
                yield Node(Value({**{name: holder.at(name).value_ for name in carried}, **own}, item.value_.place), item.path)

    return items


def named(member: str) -> Callable[[Node], Iterator[Node]]:
    """An item that is a text, as an object with the text as its member."""
    return lambda node: iter([Node(Value({member: node.value_}, node.value_.place), node.path)])


def document(path: str) -> Read:
    """The JSON text of a policy that a reply has as a structure, or as text that is encoded as in a URL."""

    def read(item: Node) -> Any:
        node = item.at(path)
        if isinstance(node.data, dict):
            return Value(JsonText(json.dumps(node.plain(), separators=(",", ":")), node.value_), node.value_.place)
        if isinstance(node.data, str) and node.data.startswith("%7B"):
            return Value(unquote(node.data), node.value_.place)
        return node

    return read
