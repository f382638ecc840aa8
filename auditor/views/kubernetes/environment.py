"""Environment variables of containers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.node import Node


@dataclass(frozen=True, slots=True)
class Variable:
    """An entry of `env`. `value` is missing when it is written nowhere; `source` is `valueFrom`."""

    where: Node
    name: str
    value: Node
    source: Node


def open_entry(container: Node) -> Node | None:
    """The first entry of `env` of which nothing is known; None when there is none."""
    listing = container.at("env")
    return listing if listing.unknown else next((item for item in listing.each() if item.unknown), None)


def variables_of(container: Node) -> Iterator[Variable]:
    """The entries of `env` in their order, named ones only. Raises `Undecided` when the list is unknown."""
    listing = container.at("env")
    if not isinstance(listing.value, list):
        return
    for index in range(len(listing.value)):
        item = listing.at(f"[{index}]")
        name = None if item.unknown else item.at("name").text
        if name:
            yield Variable(item, name, item.at("value"), item.at("valueFrom"))
