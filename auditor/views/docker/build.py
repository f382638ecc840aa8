"""What a build command says to a Dockerfile: the file, its targets and its arguments."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.docker.dockerfile import stages, variables

KIND = "dockerfile"


def dockerfiles(graph: Graph) -> dict[str, Resource]:
    """The Dockerfiles of a graph by their path in the repository."""
    return {resource.address.text: resource for resource in graph.of(KIND)}


def targets(resource: Resource, graph: Graph) -> tuple[str, ...]:
    """The names that `--target` may have, in order; stages without a name are targets by their number."""
    return tuple(stage.name or str(stage.number) for stage in stages(resource, graph))


@dataclass(frozen=True, slots=True)
class Argument:
    """An ARG. `default`: whether it has a value when the build passes none."""

    name: str
    default: bool
    where: Node


def arguments(resource: Resource, graph: Graph) -> tuple[Argument, ...]:
    """Every ARG of a Dockerfile, in order; one that is declared again in a stage has the default of the first."""
    found: list[Argument] = []
    with_default: set[str] = set()
    for instruction in variables(resource, graph):
        if instruction.keyword != "ARG":
            continue
        for name, value, entry in instruction.entries:
            if value.unknown or value.present:
                with_default.add(name)
            found.append(Argument(name, name in with_default, entry))
    return tuple(found)
