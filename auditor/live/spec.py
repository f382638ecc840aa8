"""How one type of resource is read: which call lists it, which calls tell more of each, and where its attributes come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from auditor.live.source import Source
from auditor.model.node import Node
from auditor.model.running import Reading

Parameters: TypeAlias = "Mapping[str, Any]"
"""Parameter -> a path into the item, the constant after a `=`, or a listing of such."""

NEVER = "never"


@dataclass(frozen=True, slots=True)
class Each:
    """The listing call is made once for each object of another type."""

    kind: str
    parameters: Parameters
    carry: tuple[str, ...] = ()
    """Members of that object which the items of the reply lack."""


@dataclass(frozen=True, slots=True)
class Detail:
    """A call that tells more of one object.

    `absent`: the error codes by which the cloud says that there is nothing to tell. `pick` finds the object's part of a reply
    about several: from (reply, item).
    """

    operation: str
    parameters: Parameters
    attributes: Mapping[str, Source]
    absent: frozenset[str] = frozenset()
    pick: Callable[[Node, Node], Node] | None = None
    service: str = ""
    wanted: Callable[[Node], bool] | None = None
    """Whether the call is of use for an item; where it is not, its attributes are null."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """One type of resource."""

    kind: str
    service: str
    operation: str
    items: str
    """The listing in the reply."""
    attributes: Mapping[str, Source]
    """Must have `id`; other attributes of the type are unknown."""
    inner: Callable[[Node], Iterator[Node]] | None = None
    """The items inside an item of the listing, where those are what is read."""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    each: Each | None = None
    details: tuple[Detail, ...] = ()
    where: Callable[[Node], bool] | None = None
    """Which items count; those that are going, or belong to another type, do not."""
    owner: Callable[[Node], str] | None = None
    """Who made an item that no code has to manage; empty for nobody in particular."""
    everywhere: bool = False
    """Whether the service has no regions."""
    key: tuple[str, ...] = ("id",)
    compare: Mapping[str, str] = field(default_factory=dict)
    parent: tuple[str, ...] = ()
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    together: tuple[tuple[str, ...], ...] = ()
    watched: str = ""
    """Names, separated by blanks; see `Reading`, as for the others."""
    alike: tuple[str, ...] = ()

    @property
    def reading(self) -> Reading:
        """What drift needs to know of it."""
        return Reading(
            self.kind,
            f"{self.service}.{self.operation}",
            self.key,
            self.compare,
            self.parent,
            self.parts,
            self.together,
            frozenset(self.watched.split()),
            self.alike,
        )


def parameters(wanted: Parameters, item: Node) -> dict[str, Any]:
    """The parameters of a call about an item."""
    return {name: _parameter(value, item) for name, value in wanted.items()}


def _parameter(value: Any, item: Node) -> Any:
    if isinstance(value, list):
        return [_parameter(one, item) for one in value]
    return value[1:] if value.startswith("=") else item.at(value).data
