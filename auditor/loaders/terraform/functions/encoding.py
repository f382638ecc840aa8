"""Encodings: Base64, character sets, URLs, JSON, YAML, CSV."""

from __future__ import annotations

import re

from auditor.loaders.terraform.algorithms.base64_text import decode, encode
from auditor.loaders.terraform.algorithms.charsets import codec, decode_text, encode_text
from auditor.loaders.terraform.algorithms.csv_text import read_csv
from auditor.loaders.terraform.call import ArgumentError, Call, Family, Parameter
from auditor.loaders.terraform.values.json_value import NotKnown, composed, from_json, to_json
from auditor.loaders.terraform.values.types import (
    DYNAMIC,
    STRING,
    EvaluationError,
    ListType,
    MapType,
    ObjectType,
    Typed,
    first_unknown,
    type_of,
)
from auditor.model.value import JsonText, Place, Unknown

_family = Family()
FUNCTIONS = _family.functions

_STR = Parameter("str", STRING)


def unquoted(call: Call, data: bytes | Unknown) -> Typed:
    """Bytes as text."""
    if isinstance(data, Unknown):
        return call.unknown(data)
    try:
        return call.value(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise EvaluationError("the result of decoding the provided string is not valid UTF-8") from None


@_family.add("base64decode", _STR, result=STRING)
def _base64decode(call: Call) -> Typed:
    data = decode(call.arguments[0].data)
    if data is None:
        raise EvaluationError(f'failed to decode base64 data "{_shown(call.arguments[0])}"')
    return unquoted(call, data)


def _shown(value: Typed) -> str:
    return "(sensitive value)" if value.marks.sensitive else str(value.data)


_family.scalar("base64encode", _STR, result=STRING)(lambda text: encode(text.encode("utf-8")))


@_family.scalar("base64gzip", _STR, result=STRING)
def _base64gzip(text: str) -> str | Unknown:
    from auditor.loaders.terraform.algorithms.gzip_text import compress

    data = compress(text.encode("utf-8"))
    return data if isinstance(data, Unknown) else encode(data)


_ENCODING = Parameter("encoding", STRING)


def _codec(call: Call) -> str:
    name = call.arguments[1].data
    found = codec(name)
    if found is None:
        raise ArgumentError(1, f'"{name}" is not a supported IANA encoding name or alias in this Terraform version')
    return found


@_family.add("textencodebase64", Parameter("string", STRING), _ENCODING, result=STRING)
def _textencodebase64(call: Call) -> Typed:
    data = encode_text(call.arguments[0].data, _codec(call))
    if data is None:
        raise ArgumentError(0, f"the given string contains characters that cannot be represented in {call.arguments[1].data}")
    return call.value(encode(data))


@_family.add("textdecodebase64", Parameter("source", STRING), _ENCODING, result=STRING)
def _textdecodebase64(call: Call) -> Typed:
    charset = _codec(call)
    data = decode(call.arguments[0].data)
    if data is None:
        raise ArgumentError(0, "the given value is has an invalid base64 symbol")
    text = decode_text(data, charset)
    if text is None:
        raise ArgumentError(0, f"the given string contains symbols that are not defined for {call.arguments[1].data}")
    return call.value(text)


_RESERVED = rb"[^A-Za-z0-9._~-]"


@_family.scalar("urlencode", _STR, result=STRING)
def _urlencode(text: str) -> str:
    return re.sub(_RESERVED, lambda found: b"+" if found[0] == b" " else b"%%%02X" % found[0][0], text.encode("utf-8")).decode("ascii")


@_family.add("jsonencode", Parameter("val", null=True, unknown=True, dynamic=True), result=STRING)
def _jsonencode(call: Call) -> Typed:
    value = call.arguments[0]
    try:
        text = to_json(value)
    except NotKnown as error:
        return call.unknown(error.unknown, tree=value, prefix=_json_prefix(value))
    return call.value(JsonText(text, value) if isinstance(value.data, (list, dict)) else text)


def _json_prefix(value: Typed) -> str:
    if isinstance(value.data, dict) or isinstance(value.type, (MapType, ObjectType)):
        return "{"
    return "[" if isinstance(value.data, list) else '"' if value.type == STRING else ""


@_family.add("jsondecode", _STR, result=DYNAMIC, nullable=True)
def _jsondecode(call: Call) -> Typed:
    text = call.arguments[0]
    if isinstance(text.data, JsonText) and isinstance(text.data.tree, Typed):
        return structural(text.data.tree)
    return from_json(text.data, text.place)


def structural(value: Typed) -> Typed:
    """A value as it comes back from JSON: lists and sets as tuples, maps as objects, nulls without a type."""
    data = value.data
    if isinstance(data, list):
        items = [structural(item) for item in data]
        same = value.type is None and all(new is old for new, old in zip(items, data, strict=True))
        return value if same else Typed(items, None, value.place, value.marks)
    if isinstance(data, dict):
        table = {name: structural(data[name]) for name in data}
        same = value.type is None and all(item is data[name] for name, item in table.items())
        return value if same else Typed(table, None, value.place, value.marks)
    return Typed(None, None, value.place, value.marks) if data is None and value.type is not None else value


@_family.add("yamlencode", Parameter("value", null=True, unknown=True, dynamic=True), result=STRING)
def _yamlencode(call: Call) -> Typed:
    from auditor.loaders.terraform.algorithms.yaml_writer import to_yaml

    value = call.arguments[0]
    if (unknown := first_unknown(value)) is not None:
        return call.unknown(unknown, tree=value)
    return call.value(to_yaml(value))


@_family.add("yamldecode", Parameter("src", STRING), result=DYNAMIC, nullable=True)
def _yamldecode(call: Call) -> Typed:
    from auditor.loaders.terraform.algorithms.yaml_reader import from_yaml

    text = call.arguments[0]
    return from_yaml(text.data, text.place)


@_family.add("csvdecode", _STR, result=DYNAMIC)
def _csvdecode(call: Call) -> Typed:
    text = call.arguments[0]
    records = read_csv(text.data)
    header = next(records, None)
    if header is None:
        raise EvaluationError("missing header line")
    if len(set(header)) < len(header):
        raise EvaluationError("duplicate column name")
    rows = [_row(header, record, text.place) for record in records]
    return Typed(rows, ListType(type_of(rows[0]) if rows else ObjectType(dict.fromkeys(header, STRING))), text.place)


def _row(header: list[str], record: list[str], place: Place) -> Typed:
    cells = {composed(name): Typed(composed(cell), None, place) for name, cell in zip(header, record, strict=True)}
    return Typed(dict(sorted(cells.items())), None, place)
