"""Graphs made by hand, for tests of what works on any graph."""

from __future__ import annotations

import json
from typing import Any

from auditor.model.address import Address
from auditor.model.graph import Graph
from auditor.model.json_text import JsonFile
from auditor.model.node import Node
from auditor.model.resource import Facet, Resource
from auditor.model.value import Marks, Ref, Unknown, Value, from_plain


def resource(
    address: str,
    body: dict[str, Any],
    *,
    facet: Facet = Facet.WRITTEN,
    root: str = ".",
    file: str = "",
    **more: Any,
) -> Resource:
    """A resource whose body is `body`, written as indented JSON in `file`.

    `{"$unknown": why}` is unknown, `{"$many": why}` any number of unknowns, `{"$ref": address}` a reference, `{"$secret": x}` a secret.
    """
    text = json.dumps(body, indent=1)
    document = JsonFile(file or f"{address}.json", text)
    value = _special(from_plain(body, document.place))
    name = address.rpartition("module.")[2].partition(".")[2] if address.startswith("module.") else address
    parts = name.split(".")
    kind = more.pop("kind", ".".join(parts[:2]) if parts[0] == "data" else parts[0])
    return Resource(Address.parse(address), kind, facet, Node(value), document.place(()).span(), root, **more)


def _special(value: Value) -> Value:
    data = value.data
    if isinstance(data, dict):
        if "$unknown" in data:
            return Value(Unknown(str(data["$unknown"].data)), value.place)
        if "$ref" in data:
            address, _, attribute = str(data["$ref"].data).partition("#")
            ref = Ref(Address.parse(address), attribute)
            return Value(Unknown(f"{ref.address} is not created yet", nullable=False), value.place, Marks((ref,)))
        if "$many" in data:
            return Value(Unknown(str(data["$many"].data), many=True), value.place)
        if "$secret" in data:
            return Value(data["$secret"].data, value.place, Marks(sensitive=True))
        return Value({key: _special(item) for key, item in data.items()}, value.place)
    if isinstance(data, list):
        return Value([_special(item) for item in data], value.place)
    return value


def graph(*resources: Resource, **more: Any) -> Graph:
    """A graph of resources."""
    return Graph(resources, **more)
