"""Containers of ECS task definitions and Batch jobs, which are written as JSON inside an attribute."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.environment import holds_secret

_JOB_PATHS = (
    "nodeProperties.nodeRangeProperties.container",
    "ecsProperties.taskProperties.containers",
)


def containers(resource: Resource, _graph: Graph) -> Iterator[Node]:
    """The containers of a task definition or job definition, each a table in the spelling of the API."""
    if resource.kind == "aws_batch_job_definition":
        yield from resource.at("container_properties").json().each()
        for path in _JOB_PATHS:
            top, rest = path.split(".", 1)
            yield from resource.at(_snake(top)).json().each(rest)
    else:
        yield from resource.at("container_definitions").json().each()


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def label(container: Node) -> str:
    """What to call a container in a message."""
    name = container.at("name")
    return f"the container {name.data}" if isinstance(name.data, str) and name.data else "the container"


def secret_variables(container: Node) -> Iterator[tuple[str, Node]]:
    """The variables of a container that hold a secret in clear text."""
    for variable in container.each("environment"):
        name, value = variable.at("name"), variable.at("value")
        if isinstance(name.data, str) and holds_secret(name.data, value):
            yield name.data, value
