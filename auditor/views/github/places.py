"""The parts of workflows and composite actions that rules look at one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.value import Value
from auditor.views.cache import per_graph
from auditor.views.github.reading import Trail, down, entries, steps_in
from auditor.views.github.syntax.walk import node_at


@dataclass(frozen=True, slots=True)
class Step:
    """A step with its place; `job` is empty in an action, `where` the step itself, `number` its place in the order of the job."""

    where: Node
    job: str
    number: int
    trail: Trail

    def at(self, key: str) -> Node:
        """The value of one of its keys."""
        return self.where.at(key)


@per_graph
def steps(resource: Resource, graph: Graph) -> tuple[Step, ...]:
    """Every step that is a mapping, in order."""
    return tuple(_steps(resource.body.value_))


def _steps(root: Value) -> Iterator[Step]:
    holders: list[tuple[str, Value, Trail]] = [(name, job, ("jobs", name)) for name, job in entries(root, "jobs")]
    runs = down(root, "runs")
    if runs is not None:
        holders.append(("", runs, ("runs",)))
    for name, holder, trail in holders:
        for below, step in steps_in(holder):
            if isinstance(step.data, dict):
                here: Trail = (*trail, *below)
                yield Step(node_at(step, here), name, int(below[1]), here)


def environments(resource: Resource, graph: Graph) -> list[Node]:
    """Every mapping of environment variables: of the workflow, its jobs, their containers and steps."""
    root = resource.body.value_
    trails: list[Trail] = [("env",), ("runs", "env")]
    for name, job in entries(root, "jobs"):
        trails += [("jobs", name, "env"), ("jobs", name, "container", "env")]
        trails += [("jobs", name, "services", service, "env") for service, _ in entries(job, "services")]
    trails += [(*step.trail, "env") for step in _steps(root)]
    found = ((down(root, *trail), trail) for trail in trails)
    return [node_at(value, trail) for value, trail in found if value is not None and isinstance(value.data, dict)]


@dataclass(frozen=True, slots=True)
class Container:
    """The container of a job, or one of its services; `where` is the mapping or the image alone."""

    where: Node
    name: str


def containers(resource: Resource, graph: Graph) -> list[Container]:
    """The containers and services of every job."""
    root = resource.body.value_
    found: list[Container] = []
    for name, job in entries(root, "jobs"):
        container = down(job, "container")
        if container is not None:
            found.append(Container(node_at(container, ("jobs", name, "container")), "container"))
        for service, value in entries(job, "services"):
            found.append(Container(node_at(value, ("jobs", name, "services", service)), service))
    return found
