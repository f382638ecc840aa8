"""EFS: the mount targets of a file system, and what mounts it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.ecs_service import SERVICE, subnets, tasks
from auditor.views.index import first_open

FILE_SYSTEM: Final = "aws_efs_file_system"
MOUNT_TARGET: Final = "aws_efs_mount_target"
_ACCESS_POINT: Final = "aws_efs_access_point"


@dataclass(frozen=True, slots=True)
class Client:
    """A service or function that mounts a file system, and the subnets that it runs in."""

    resource: Resource
    subnets: tuple[Node, ...]


def mount_targets(system: Resource, graph: Graph) -> tuple[Resource, ...]:
    """All mount targets of a file system; raises `Undecided` when there may be some that cannot be seen."""
    if found := first_open(graph, ("file_system_id",), (MOUNT_TARGET,)):
        raise Undecided(found[1])
    return graph.attached(system, "file_system_id", MOUNT_TARGET)


def clients(system: Resource, graph: Graph) -> tuple[Client, ...]:
    """What is known to mount a file system, by itself or through an access point."""
    return tuple(_clients(system, graph))


def _clients(system: Resource, graph: Graph) -> Iterator[Client]:
    for service in graph.of(SERVICE):
        nodes = [node for task in tasks(service, graph) for node in task.body.each("volume.efs_volume_configuration.file_system_id")]
        if any(system in graph.targets(node, FILE_SYSTEM) for node in nodes) and (places := subnets(service)):
            yield Client(service, places)
    for function in graph.of("aws_lambda_function"):
        points = [it for arn in function.body.each("file_system_config.arn") for it in graph.targets(arn, _ACCESS_POINT)]
        if any(system in graph.targets(point.at("file_system_id"), FILE_SYSTEM) for point in points):
            yield Client(function, tuple(function.body.each("vpc_config.subnet_ids")))
