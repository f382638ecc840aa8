"""Workloads in subnets, with what they need from inside their VPC."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.rule import Fail
from auditor.views.container import containers
from auditor.views.decide import given
from auditor.views.iam.access import names_of
from auditor.views.iam.hole import HOLE
from auditor.views.needs.environment import environment_needs
from auditor.views.needs.functions import FUNCTION
from auditor.views.needs.need import Need
from auditor.views.needs.tasks import SERVICE, TASK, execution_needs
from auditor.views.needs.way import Blocked, blocked, endpoints_of

KINDS = f"{SERVICE} {FUNCTION}"


def stopped_on_the_way(resource: Resource, graph: Graph) -> Iterator[Fail]:
    """What the policies of the endpoints that a workload's requests go through do not let pass."""
    subnets = list(resource.each("network_configuration.subnets" if resource.kind == SERVICE else "vpc_config.subnet_ids"))
    if not subnets or not graph.of("aws_vpc_endpoint"):
        return
    where = subnets[0]
    seen: set[tuple[str, str]] = set()
    for found in blocked(_needs(resource, graph), subnets, graph):
        key = found.action, str(found.answer.request.resource)
        if key not in seen:
            seen.add(key)
            yield _fail(found, subnets, resource, graph, where)


def _needs(resource: Resource, graph: Graph) -> Iterator[Need]:
    if resource.kind == FUNCTION:
        tables = resource.each("environment.variables")
        pairs = [(f"the variable {name}", value) for table in tables for name, value in table.entries()]
        for need in environment_needs(resource.at("role"), pairs, graph):
            yield Need(need.principal, need.actions[:1], need.target, need.where, need.purpose, need.kinds, need.part)
        return
    for task in graph.targets(resource.at("task_definition"), TASK)[:1]:
        yield from execution_needs(task, graph)
        if _pulls_from_ecr(task, graph) and given(task.at("execution_role_arn")):
            layers = f"arn:aws:s3:::prod-{names_of(graph).region}-starport-layer-bucket/{HOLE}"
            purpose = "pull the layers of its image, which ECR keeps in S3"
            yield Need(task.at("execution_role_arn"), ("s3:GetObject",), layers, task.body, purpose)


def _pulls_from_ecr(task: Resource, graph: Graph) -> bool:
    images: list[Node] = [it.at("image") for it in containers(task, graph)]
    return any(graph.targets(it, "aws_ecr_repository") or ".dkr.ecr." in str(it.data) for it in images)


def _fail(found: Blocked, subnets: list[Node], resource: Resource, graph: Graph, where: Node) -> Fail:
    ways = endpoints_of(subnets, found.action.partition(":")[0], graph)
    target = found.answer.target.address if found.answer.target else ""
    on = f" on {target}" if target else " on the bucket of ECR's layers" if "starport" in str(found.answer.request.resource) else ""
    need = f"{resource.address} needs {found.action}{on} to {found.need.purpose}"
    message = f"{need}, and the policy of {ways[0].address} does not let that through"
    return Fail(where, message, expected=f"{found.action} allowed by the endpoint", related=(ways[0].body, found.need.where))
