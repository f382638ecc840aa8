"""What plan and state documents have in common: resources as JSON, and what is known of each value beside the value itself."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from posixpath import dirname
from typing import Any, TypeAlias

from auditor.loaders.files import Files, Unreadable
from auditor.loaders.terraform_schema import Schema, resource_schema
from auditor.model.address import Address
from auditor.model.diagnostic import Diagnostic, Level
from auditor.model.json_text import JsonFile
from auditor.model.span import Span
from auditor.model.value import LazyTable, Marks, Place, Ref, Unknown, Value

Path: TypeAlias = "tuple[str | int, ...]"
Tree: TypeAlias = Any
"""What holds of the parts of a value: true for all of it, or a table or a list of trees for its parts."""

_SECRET_NAME = re.compile(r"(^|_)(password|passwd|secret|private_key|private_key_pem|private_key_openssh|token|bcrypt_hash)(_|$)")


def json_documents(files: Files, *words: bytes) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of the `.json` files that hold an object with all of these words."""
    for path in files.paths:
        if not path.endswith(".json"):
            continue
        try:
            data = files.read_bytes(path)
        except Unreadable:
            continue
        if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{" and all(word in data for word in words):
            yield path, data


def read_json(files: Files, path: str, code: str) -> tuple[str, Any]:
    """(text, data) of a JSON file; raises `Unreadable` with a diagnostic of that code when it is none."""
    text = files.read(path)
    try:
        return text, json.loads(text)
    except json.JSONDecodeError as error:
        span = Span(path, error.lineno, error.colno, error.lineno, error.colno + 1)
        raise Unreadable(Diagnostic(span, code, f"not JSON: {error.msg}", gap=True)) from None
    except RecursionError:
        raise Unreadable(Diagnostic(Span(path), code, "the document is nested too deeply", gap=True)) from None


def folder_of(path: str) -> str:
    """The folder of a file, `.` for the scanned root."""
    return dirname(path) or "."


@dataclass(frozen=True, slots=True)
class Entry:
    """A resource instance of a plan or state document; `path` leads to its values."""

    address: str
    kind: str
    path: Path
    values: Mapping[str, Any]
    data: Mapping[str, Any]

    @property
    def module(self) -> str:
        """The address of the module instance that holds it."""
        return Address("tf", self.address).module


def entries(values: Any, path: Path) -> Iterator[Entry]:
    """The resources of a `values` or `planned_values` object at `path`, module by module."""
    pending: list[tuple[Any, Path]] = [(as_table(values).get("root_module"), (*path, "root_module"))]
    while pending:
        module, here = pending.pop()
        for index, resource in enumerate(as_list(as_table(module).get("resources"))):
            if isinstance(resource, dict) and isinstance(resource.get("address"), str) and isinstance(resource.get("type"), str):
                kind = f"data.{resource['type']}" if resource.get("mode") == "data" else resource["type"]
                place: Path = (*here, "resources", index, "values")
                yield Entry(resource["address"], kind, place, as_table(resource.get("values")), resource)
        children = as_list(as_table(module).get("child_modules"))
        pending += reversed([(child, (*here, "child_modules", index)) for index, child in enumerate(children)])


def as_table(data: Any) -> Mapping[str, Any]:
    """A table, or an empty one where the document has junk."""
    return data if isinstance(data, dict) else {}


def as_list(data: Any) -> list[Any]:
    """A list, or an empty one where the document has junk."""
    return data if isinstance(data, list) else []


@dataclass(frozen=True, slots=True)
class Layers:
    """What is known of the parts of a value beside their data."""

    secret: Tree = None
    unknown: Tree = None
    schema: Schema | None = None
    guess: bool = False
    """Whether names tell secrets, since there is no schema."""
    declared: Tree = None
    """The configuration's expressions for the parts."""
    refs: Callable[[Tree], tuple[Ref, ...]] | None = None
    """The references of an expression of `declared`; None where the configuration is not at hand."""
    nullable: bool = True
    """Whether this part may turn out to be null where it is unknown."""

    def declaring(self, declared: Tree, refs: Callable[[Tree], tuple[Ref, ...]]) -> Layers:
        """These layers with what the configuration declares."""
        return replace(self, declared=declared, refs=refs)

    def part(self, key: str | int) -> Layers:
        """The layers of one part."""
        declared, secret, unknown = _expression(self.declared, key), _part(self.secret, key), _part(self.unknown, key)
        if isinstance(key, int):
            return replace(self, secret=secret, unknown=unknown, declared=declared)
        attribute = self.schema.attributes.get(key) if self.schema else None
        block = self.schema.blocks.get(key) if self.schema else None
        if attribute.sensitive if attribute else self.guess and looks_secret(key):
            secret = True
        given = declared is not None or (attribute is not None and not attribute.optional)
        return replace(self, secret=secret, unknown=unknown, schema=block.schema if block else None, declared=declared, nullable=not given)

    def left_out(self, key: str) -> bool:
        """Whether a part is unknown only because the provider gives it, and the code does not.

        A dynamic block leaves no trace in a plan's configuration, so an unknown block may be declared.
        """
        if self.refs is None or _part(self.unknown, key) is not True or _expression(self.declared, key) is not None:
            return False
        attribute = self.schema.attributes.get(key) if self.schema else None
        return attribute is not None and attribute.optional and not _holds_objects(attribute.type)

    @property
    def marks(self) -> Marks:
        """The marks of the whole value."""
        refs = self.refs(self.declared) if self.refs and self.declared is not None else ()
        return Marks(refs, self.secret is True)


def _part(tree: Tree, key: str | int) -> Tree:
    if isinstance(tree, dict):
        return tree.get(key)
    if isinstance(tree, list) and isinstance(key, int):
        return tree[key] if key < len(tree) else None
    return tree is True


def _expression(tree: Tree, key: str | int) -> Tree:
    """The expression of one part; a part of what is one expression has that expression."""
    if isinstance(tree, dict) and not {"references", "constant_value"} & tree.keys():
        return tree.get(key) if isinstance(key, str) else tree
    if isinstance(tree, list) and isinstance(key, int):
        return tree[key] if key < len(tree) else None
    return tree or None


def _holds_objects(of: Any) -> bool:
    return isinstance(of, list) and of[0] in ("list", "set") and isinstance(of[1], list) and of[1][0] == "object"


def looks_secret(name: str) -> bool:
    """Whether an attribute's name says that its value must not be shown."""
    return _SECRET_NAME.search(name) is not None


def secret_layers(kind: str, secret: Tree, unknown: Tree = None) -> Layers:
    """The layers of a resource's body that tell what must not be shown and what is not known yet."""
    schema = resource_schema(kind)
    return Layers(secret=secret, unknown=unknown, schema=schema, guess=schema is None)


def overlay(data: Any, place: Callable[[Path], Place], path: Path, layers: Layers) -> Value:
    """The value of JSON data at `path` of a document under its layers; tables are made when they are read."""
    here = place(path)
    marks = layers.marks
    if layers.unknown is True:
        return Value(Unknown("it is known only after the apply", nullable=layers.nullable), here, marks)
    if data is None and _any(layers.unknown):
        data = {} if isinstance(layers.unknown, dict) else [None] * len(layers.unknown)
    if isinstance(data, dict):
        unknown = layers.unknown if isinstance(layers.unknown, dict) else {}
        names = [*data, *(name for name, state in unknown.items() if name not in data and _any(state) and not layers.left_out(name))]
        table = data
        return Value(LazyTable(names, lambda key: overlay(table.get(key), place, (*path, key), layers.part(key))), here, marks)
    if isinstance(data, list):
        return Value([overlay(item, place, (*path, index), layers.part(index)) for index, item in enumerate(data)], here, marks)
    return Value(data, here, marks)


def _any(tree: Tree) -> bool:
    """Whether something is true in a tree."""
    if isinstance(tree, dict):
        return any(map(_any, tree.values()))
    if isinstance(tree, list):
        return any(map(_any, tree))
    return tree is True


def identity(values: Mapping[str, Any]) -> str | None:
    """The cloud's own id of a resource: its `id`, else its ARN."""
    return next((values[name] for name in ("id", "arn") if isinstance(values.get(name), str) and values[name]), None)


def note(document: JsonFile, path: Path, code: str, message: str, *, gap: bool = False) -> Diagnostic:
    """A warning about a part of a document."""
    return Diagnostic(document.place(path).span(), code, message, Level.WARNING, gap=gap)
