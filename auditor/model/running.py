"""What was read of the running facet, and how it compares: the ground that collectors and drift share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from auditor.model.address import Address
from auditor.model.node import Node
from auditor.model.report import Skip
from auditor.model.resource import Resource

EVERYWHERE = ""
"""The region of what has none."""

Spread: TypeAlias = "Callable[[Node], Iterable[tuple[str, str, Mapping[str, Any]]]]"
"""body -> (attribute, kind, the attributes that tell the object) for each object that a resource is made of."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a collector knows of a kind of resource beside its values."""

    kind: str
    call: str
    """What lists it: `ec2.describe_subnets`."""
    key: tuple[str, ...] = ("id",)
    """The attributes that together name one object, in every facet."""
    compare: Mapping[str, str] = field(default_factory=dict)
    """Attribute -> the word for how its values compare, where its type does not tell; `never` for what is not compared."""
    parent: tuple[str, ...] = ()
    """The attributes that name what an object hangs on."""
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Attribute -> the kinds of resources that may each be one item of it."""
    together: tuple[tuple[str, ...], ...] = ()
    """Attributes that change as one: the targets of a route, the data of a version."""
    watched: frozenset[str] = frozenset()
    """Attributes whose change opens something up or takes something down."""
    alike: tuple[str, ...] = ()
    """Attributes that two objects share when one was made in place of the other."""
    spread: Spread | None = None
    """For a kind whose resources are each several objects of other kinds: from a body to those objects."""


@dataclass(frozen=True, slots=True)
class Running:
    """The running resources and how far the reading went."""

    resources: tuple[Resource, ...] = ()
    readings: Mapping[str, Reading] = field(default_factory=dict)
    complete: frozenset[tuple[str, str]] = frozenset()
    """(kind, region) of which every object was read."""
    owners: Mapping[Address, str] = field(default_factory=dict)
    """Who made what no code has to manage: the cloud itself, a service, a stack of another tool."""
    refused: tuple[Skip, ...] = ()
    """The calls that were refused."""
    account: str | None = None
    files: tuple[str, ...] = ()
    """The files that were read."""
