"""The EC2 instance types, as data with its origin and date. A type that is not among them is unknown, never wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

_MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class InstanceType:
    """What one type has. `interfaces` are those of the default network card, throughputs in MB/s; None where EC2 does not say."""

    name: str
    memory_mib: int
    vcpus: int
    interfaces: int
    ipv4_per_interface: int
    architectures: tuple[str, ...]
    """`x86_64`, `arm64`, `x86_64_mac`, `arm64_mac`."""
    burstable: bool
    nitro: bool
    baseline_iops: int | None
    maximum_iops: int | None
    baseline_mb_s: float | None
    maximum_mb_s: float | None

    @property
    def memory(self) -> int:
        """The memory in bytes."""
        return self.memory_mib * _MIB

    @property
    def pods(self) -> int:
        """How many pods the VPC CNI has addresses for without prefix delegation.

        The first address of each interface is its own, and two pods of every node use the host's.
        """
        return self.interfaces * (self.ipv4_per_interface - 1) + 2


def instance_type(name: str) -> InstanceType | None:
    """The type of that name (`m6i.large`); None for one that is not among the data."""
    return _types().get(name)


def database_class(name: str) -> InstanceType | None:
    """The EC2 type that a class of RDS, Aurora, DocumentDB or Neptune runs on (`db.r6g.large`: `r6g.large`); None likewise."""
    if not name.startswith("db."):
        return None
    family, _, size = name[3:].partition(".")
    return instance_type(f"{_FAMILIES.get(family, family)}.{size}")


_FAMILIES: Final = {"x2g": "x2gd"}
"""Families of RDS that run on a family of another name."""


def origin() -> str:
    """Where the data comes from, and how new it is."""
    table = _table()
    return f"{table['origin']} ({table['licence']}), {table['date']}"


@cache
def _types() -> Mapping[str, InstanceType]:
    columns = _table()["columns"]
    return {name: _type_of(name, dict(zip(columns, row, strict=True))) for name, row in _table()["types"].items()}


def _type_of(name: str, cells: dict[str, Any]) -> InstanceType:
    flags = {key: bool(cells.pop(key)) for key in ("burstable", "nitro")}
    return InstanceType(name=name, architectures=tuple(cells.pop("architectures")), **flags, **cells)


@cache
def _table() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((files("auditor.views") / "instance_type.json").read_text("utf-8"))
    return found
