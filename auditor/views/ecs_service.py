"""An ECS service with its task definition: the network mode, the subnets and the containers behind its target groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.container import containers
from auditor.views.decide import given, undecided
from auditor.views.load_balancer import TARGET_GROUPS

SERVICE: Final = "aws_ecs_service"
TASK: Final = "aws_ecs_task_definition"


@dataclass(frozen=True, slots=True)
class Bound:
    """One `load_balancer` block of a service; `block` is where it is written."""

    block: Node
    service: Resource
    graph: Graph

    @property
    def where(self) -> Node:
        """The place of the block."""
        return self.block

    @property
    def groups(self) -> tuple[Resource, ...]:
        """The target group, when it is declared here."""
        return self.graph.targets(self.block.at("target_group_arn"), *TARGET_GROUPS.split())

    @property
    def containers(self) -> tuple[Node, ...]:
        """The containers that the block names, out of the task definitions that are declared here."""
        wanted = self.block.at("container_name").text
        return tuple(it for task in tasks(self.service, self.graph) for it in containers(task, self.graph) if it.at("name").text == wanted)


def bound(service: Resource, graph: Graph) -> Iterator[Bound]:
    """The `load_balancer` blocks of a service."""
    for block in service.body.each("load_balancer"):
        yield Bound(block, service, graph)


def tasks(service: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The task definition of a service, when it is declared here."""
    return graph.targets(service.at("task_definition"), TASK)


def network_mode(service: Resource, graph: Graph) -> str:
    """`awsvpc`, `bridge`, `host` or `none`; raises `Undecided` when the task definition is not in sight."""
    if service.at("network_configuration").present:
        return "awsvpc"
    found = tasks(service, graph)
    if not found:
        raise undecided(service.at("task_definition"), "the task definition is not declared here")
    node = found[0].at("network_mode")
    return (node.text or "") if given(node) else "bridge"


def fargate(service: Resource, graph: Graph) -> bool:
    """Whether the tasks run on Fargate, as far as service and task definition say."""
    if (service.at("launch_type").text or "").upper() == "FARGATE":
        return True
    if any((it.text or "").startswith("FARGATE") for it in service.body.each("capacity_provider_strategy.capacity_provider")):
        return True
    return any(it.text == "FARGATE" for task in tasks(service, graph) for it in task.body.each("requires_compatibilities"))


def subnets(service: Resource) -> tuple[Node, ...]:
    """The subnets that tasks with an interface of their own stand in."""
    return tuple(service.body.each("network_configuration.subnets"))
