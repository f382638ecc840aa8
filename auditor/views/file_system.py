"""EFS: the mount targets of a file system, and what mounts it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.cache import per_graph
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
    return tuple(_clients(graph).get(system, ()))


@per_graph
def _clients(graph: Graph) -> Mapping[Resource, list[Client]]:
    found: dict[Resource, list[Client]] = defaultdict(list)
    for client, nodes in _mounting(graph):
        for system in dict.fromkeys(it for node in nodes for it in graph.targets(node, FILE_SYSTEM)):
            found[system].append(client)
    return found


def _mounting(graph: Graph) -> Iterator[tuple[Client, list[Node]]]:
    """Services and functions with the values that name their file systems."""
    for service in graph.of(SERVICE):
        nodes = [node for task in tasks(service, graph) for node in task.body.each("volume.efs_volume_configuration.file_system_id")]
        if nodes and (places := subnets(service)):
            yield Client(service, places), nodes
    for function in graph.of("aws_lambda_function"):
        points = [it for arn in function.body.each("file_system_config.arn") for it in graph.targets(arn, _ACCESS_POINT)]
        yield Client(function, tuple(function.body.each("vpc_config.subnet_ids"))), [point.at("file_system_id") for point in points]
