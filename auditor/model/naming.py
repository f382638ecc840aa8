"""The texts by which resources name each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from auditor.model.node import Node
from auditor.model.resource import Resource


def texts_of(node: Node) -> Iterator[str]:
    """The known texts that a value or listing holds."""
    data = node.data
    if isinstance(data, str):
        yield data
    elif isinstance(data, list):
        yield from (item.data for item in data if isinstance(item.data, str))


_NAMES: Final = ("id", "arn", "name", "bucket", "identifier", "function_name", "cluster_identifier", "key_id", "domain_name")


def names_of(resource: Resource) -> tuple[str, ...]:
    """The texts that name a resource: its id, ARN and name, as far as they are known."""
    found = dict.fromkeys([resource.identity] if resource.identity else [])
    for attribute in _NAMES:
        data = resource.body.at(attribute).data
        if isinstance(data, str) and data:
            found[data] = None
    return tuple(found)
