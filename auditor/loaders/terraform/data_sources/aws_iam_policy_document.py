"""A policy document: its statements as the JSON text that the provider writes, with the place of every part."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from auditor.loaders.terraform.values.types import Typed
from auditor.model.node import Node
from auditor.model.value import UNMARKED, JsonText, Marks, Unknown, Value

if TYPE_CHECKING:
    from auditor.loaders.terraform.instance import Instance

_LISTS = (
    ("actions", "Action"),
    ("not_actions", "NotAction"),
    ("resources", "Resource"),
    ("not_resources", "NotResource"),
)


def attributes(body: Typed, _: Instance) -> dict[str, Callable[[], Typed]]:
    """json, minified_json and id."""
    return {
        "json": lambda: _text(_document(Node(body)), body, indent=2),
        "minified_json": lambda: _text(_document(Node(body)), body, indent=None),
        "id": lambda: Typed(Unknown("it is a checksum", False), None, body.place),
    }


def _text(document: Value, body: Typed, indent: int | None) -> Typed:
    marks = _marks(document)
    problem = _first_unknown(document)
    if problem is not None:
        return Typed(Unknown(problem, False, tree=document), None, body.place, marks)
    separators = None if indent else (",", ":")
    text = json.dumps(_plain(document), indent=indent, separators=separators, ensure_ascii=False)
    for plain, escaped in (("&", "\\u0026"), ("<", "\\u003c"), (">", "\\u003e")):
        text = text.replace(plain, escaped)
    return Typed(JsonText(text, document), None, body.place, marks)


def _document(body: Node) -> Value:
    statements: list[Value] = []
    for source in body.each("source_policy_documents"):
        statements += _given(source)
    own = [_statement(statement) for statement in body.each("statement")]
    statements = _override(statements, own)
    for override in body.each("override_policy_documents"):
        statements = _override(statements, _given(override))
    version = body.at("version")
    policy_id = body.at("policy_id")
    table: dict[str, Value] = {"Version": version.value_ if _set(version) else Value("2012-10-17", body.value_.place)}
    if _set(policy_id):
        table["Id"] = policy_id.value_
    table["Statement"] = Value(statements, body.at("statement").value_.place)
    return Value(table, body.value_.place)


def _set(node: Node) -> bool:
    return node.unknown or (node.data is not None and isinstance(node.data, str) and node.data != "")


def _given(document: Node) -> list[Value]:
    """The statements of a document that is given as text."""
    found = document.json()
    if document.unknown and found.value_ is document.value_:
        return [Value(Unknown(document.data.reason, many=True), document.value_.place, document.value_.marks)]
    statement = found.at("Statement").value_
    items = statement.data
    return [*items] if isinstance(items, list) else [statement] if isinstance(items, (dict, Unknown)) else []


def _override(statements: list[Value], others: Iterable[Value]) -> list[Value]:
    """`statements`, those replaced whose Sid stands again among `others`."""
    made = list(statements)
    for other in others:
        sid = _sid(other)
        index = next((i for i, known in enumerate(made) if sid and _sid(known) == sid), None)
        if index is None:
            made.append(other)
        else:
            made[index] = other
    return made


def _sid(statement: Value) -> str:
    if not isinstance(statement.data, dict):
        return ""
    sid = statement.data.get("Sid")
    return str(sid.data) if sid is not None and isinstance(sid.data, str) else ""


def _statement(statement: Node) -> Value:
    place = statement.value_.place
    if statement.unknown:
        return statement.value_
    table: dict[str, Value] = {}
    if _set(statement.at("sid")):
        table["Sid"] = statement.at("sid").value_
    effect = statement.at("effect")
    table["Effect"] = effect.value_ if _set(effect) else Value("Allow", place)
    for attribute, key in _LISTS:
        found = _strings(statement.at(attribute))
        if found is not None:
            table[key] = found
    for attribute, key in (("principals", "Principal"), ("not_principals", "NotPrincipal")):
        principals = _principals(statement, attribute)
        if principals is not None:
            table[key] = principals
    conditions = _conditions(statement)
    if conditions is not None:
        table["Condition"] = conditions
    return Value(table, place)


def _strings(node: Node) -> Value | None:
    """A single text, or all of them sorted downwards as the provider does; None when there is none."""
    if node.unknown:
        return node.value_
    items = [_variables(item) for item in node.data] if isinstance(node.data, list) else []
    if not items:
        return None
    if len(items) == 1:
        return items[0]
    if all(isinstance(item.data, str) for item in items):
        items.sort(key=lambda item: str(item.data), reverse=True)
    return Value(items, node.value_.place)


def _variables(item: Value) -> Value:
    """`&{aws:username}` stands for `${aws:username}`, which would be an interpolation."""
    if isinstance(item.data, str) and "&{" in item.data:
        return Value(item.data.replace("&{", "${"), item.place, item.marks)
    return item


def _principals(statement: Node, attribute: str) -> Value | None:
    listing = statement.at(attribute)
    blocks = list(listing.each()) if not listing.unknown else [listing]
    if not blocks:
        return None
    table: dict[str, list[Value]] = {}
    for block in blocks:
        kind = block.at("type")
        if block.unknown or kind.unknown:
            return block.value_ if block.unknown else kind.value_
        identifiers = block.at("identifiers")
        if identifiers.unknown:
            table.setdefault(str(kind.data), []).append(identifiers.value_)
        elif isinstance(identifiers.data, list):
            table.setdefault(str(kind.data), []).extend(_variables(item) for item in identifiers.data)
    if list(table) == ["*"] and len(table["*"]) == 1:
        return table["*"][0]
    if "*" in table:
        table.setdefault("AWS", []).extend(table.pop("*"))
    place = blocks[0].value_.place
    return Value({kind: _one_or_all(values, place) for kind, values in sorted(table.items())}, place)


def _one_or_all(values: list[Value], place: Any) -> Value:
    if len(values) == 1:
        return values[0]
    if all(isinstance(value.data, str) for value in values):
        values = sorted(values, key=lambda value: str(value.data), reverse=True)
    return Value(values, place)


def _conditions(statement: Node) -> Value | None:
    listing = statement.at("condition")
    if listing.unknown:
        return listing.value_
    table: dict[str, dict[str, list[Value]]] = {}
    blocks = list(listing.each())
    for block in blocks:
        if block.unknown:
            return block.value_
        test, variable, values = block.at("test"), block.at("variable"), block.at("values")
        if test.unknown or variable.unknown or values.unknown:
            return next(node.value_ for node in (test, variable, values) if node.unknown)
        found = table.setdefault(str(test.data), {}).setdefault(str(variable.data), [])
        found.extend(_variables(item) for item in (values.data if isinstance(values.data, list) else []))
    if not table:
        return None
    place = blocks[0].value_.place
    inner = {
        test: Value({name: values[0] if len(values) == 1 else Value(values, place) for name, values in sorted(variables.items())}, place)
        for test, variables in sorted(table.items())
    }
    return Value(inner, place)


def _first_unknown(value: Value) -> str | None:
    match value.data:
        case Unknown(reason=reason):
            return reason
        case dict() as table:
            return next((found for item in table.values() if (found := _first_unknown(item)) is not None), None)
        case list() as items:
            return next((found for item in items if (found := _first_unknown(item)) is not None), None)
        case _:
            return None


def _marks(value: Value) -> Marks:
    match value.data:
        case dict() as table:
            inner = [_marks(item) for item in table.values()]
        case list() as items:
            inner = [_marks(item) for item in items]
        case _:
            inner = []
    found = value.marks
    for marks in inner:
        if marks is not UNMARKED:
            found = marks if found is UNMARKED else found | marks
    return found


def _plain(value: Value) -> Any:
    match value.data:
        case dict() as table:
            return {key: _plain(item) for key, item in table.items()}
        case list() as items:
            return [_plain(item) for item in items]
        case scalar:
            return scalar
