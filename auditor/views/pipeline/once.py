"""Parts of a file that several pipelines share (a command of CircleCI, an anchor) are looked at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any, Protocol, TypeVar

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.pipeline import steps
from auditor.views.pipeline.model import Step


class Placed(Protocol):
    """What has a place in a file."""

    @property
    def where(self) -> Node:
        """The place."""


_Found = TypeVar("_Found", bound=Placed)
Places = Callable[[Resource, Graph], Iterable[_Found]]


def once(places: Places[_Found]) -> Callable[[Resource, Graph], Iterator[_Found]]:
    """The place function without what it finds at the same place for the same reason (`how`) again."""

    @wraps(places)
    def distinct(resource: Resource, graph: Graph) -> Iterator[_Found]:
        seen: set[tuple[Any, str]] = set()
        for found in places(resource, graph):
            key = (found.where.span, getattr(found, "how", ""))
            if key not in seen:
                seen.add(key)
                yield found

    return distinct


@once
def distinct_steps(resource: Resource, graph: Graph) -> Iterator[Step]:
    """The steps of a pipeline, each that is written once only once."""
    return steps(resource, graph)
