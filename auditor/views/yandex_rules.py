"""Rules of Yandex Cloud's security groups."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.node import Node
from auditor.views.address_range import is_anywhere
from auditor.views.port_range import LAST

_BLOCKS = ("v4_cidr_blocks", "v6_cidr_blocks")


def open_to_world(rule: Node) -> Iterator[Node]:
    """The address blocks by which an incoming rule opens every port to the whole internet."""
    if not _every_port(rule):
        return
    for path in _BLOCKS:
        yield from (block for block in rule.each(path) if is_anywhere(block.text))


def _every_port(rule: Node) -> bool:
    """Whether a rule leaves no port out: none is named (-1 stands for that too), or the range from end to end."""
    if _named(rule.at("port")):
        return False
    first, last = rule.at("from_port"), rule.at("to_port")
    if not _named(first) and not _named(last):
        return True
    return (first.number or 0) <= 1 and last.number is not None and last.number >= LAST


def _named(port: Node) -> bool:
    return port.present and port.number != -1
