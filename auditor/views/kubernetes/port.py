"""Ports that containers declare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.node import Node

_NAME = re.compile(r"(?=.*[a-z])[a-z0-9](?:-?[a-z0-9])*")


@dataclass(frozen=True, slots=True)
class Port:
    """A declared port. `name` is empty when it has none; `host_port` 0 when it opens none on the node."""

    where: Node
    name: str
    number: int
    protocol: str
    host_port: int


def ports_of(container: Node, *, host_network: bool = False) -> Iterator[Port]:
    """The ports of a container that have a number. Raises `Undecided`."""
    for item in container.each("ports"):
        number = item.at("containerPort").number
        if number is None:
            continue
        host_port = item.at("hostPort").number or 0
        yield Port(
            item,
            item.at("name").text or "",
            int(number),
            item.at("protocol").text or "TCP",
            int(number) if host_network else int(host_port),
        )


def is_port_name(text: str) -> bool:
    """Whether a text can name a port: at most 15 of a-z, 0-9 and single hyphens, at least one letter."""
    return len(text) <= 15 and _NAME.fullmatch(text) is not None
