"""Which APIs of AWS a workload calls out of its VPC: to start (image, logs, secrets), and by what its variables name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.container import containers
from auditor.views.ecs_service import SERVICE, fargate, tasks
from auditor.views.needs.functions import variable_needs
from auditor.views.needs.need import Need
from auditor.views.needs.tasks import needs_execution_role, task_needs

WORKLOADS: Final = f"{SERVICE} aws_lambda_function aws_eks_node_group"
"""As a rule's target."""
_ENDPOINTS: Final[Mapping[str, tuple[str, ...]]] = {
    "dynamodb": ("dynamodb",),
    "ecr": ("ecr.api", "ecr.dkr", "s3"),
    "kinesis": ("kinesis-streams",),
    "logs": ("logs",),
    "s3": ("s3",),
    "secretsmanager": ("secretsmanager",),
    "sns": ("sns",),
    "sqs": ("sqs",),
    "ssm": ("ssm",),
    "ssmmessages": ("ssmmessages",),
    "states": ("states",),
}
"""Prefix of an action -> the services whose endpoints it goes through; the layers of an image come from S3."""
_OF_NODES: Final = ("ec2", "ecr.api", "ecr.dkr", "s3", "sts")
"""What every node of EKS calls (AWS: Amazon EKS User Guide, private clusters)."""
_DOCKER_HUB: Final = "docker.io"
_REGISTRIES: Final = frozenset(
    {_DOCKER_HUB, "public.ecr.aws", "ghcr.io", "quay.io", "gcr.io", "registry.k8s.io", "mcr.microsoft.com", "registry.gitlab.com"}
)
"""Registries of the internet, which no endpoint leads to."""
_PROXY: Final = re.compile(r"(?i)https?_proxy|all_proxy")


@dataclass(frozen=True, slots=True)
class Use:
    """A service by the name that its endpoints have (`ecr.api`), and what says that it is called; `public`: without endpoints."""

    service: str
    where: Node
    public: bool = False


def uses(workload: Resource, graph: Graph) -> tuple[Use, ...]:
    """What a workload is known to call."""
    found: dict[str, Use] = {}
    for use in _uses(workload, graph):
        found.setdefault(use.service, use)
    return tuple(found.values())


def _uses(workload: Resource, graph: Graph) -> Iterator[Use]:
    match workload.kind:
        case "aws_ecs_service":
            if fargate(workload, graph):
                yield from _of_tasks(workload, graph)
        case "aws_lambda_function":
            yield from _of_needs(variable_needs(workload, graph))
        case "aws_eks_node_group":
            yield from (Use(service, workload.body) for service in _OF_NODES)
        case _:
            return


def _of_tasks(service: Resource, graph: Graph) -> Iterator[Use]:
    """On Fargate the task's own interface fetches the image and the secrets, and sends the logs."""
    for task in tasks(service, graph):
        yield from _of_needs(needs_execution_role(task, graph))
        yield from _of_needs(task_needs(task, graph))
        for container in containers(task, graph):
            image = container.at("image")
            if not image.refs and isinstance(image.data, str) and (registry := _registry(image.data)):
                yield Use(registry, image, public=True)


def _registry(image: str) -> str:
    """The registry of the internet that an image comes from; empty for any other."""
    first, slash, _ = image.partition("/")
    host = first if slash and (set(first) & {".", ":"} or first == "localhost") else _DOCKER_HUB
    return host if host in _REGISTRIES else ""


def _of_needs(needs: Iterator[Need]) -> Iterator[Use]:
    for need in needs:
        for prefix in dict.fromkeys(action.partition(":")[0] for action in need.actions):
            yield from (Use(service, need.where) for service in _ENDPOINTS.get(prefix, ()))


def through_proxy(workload: Resource, graph: Graph) -> bool:
    """Whether variables send its calls through a proxy; also where it cannot be told."""
    try:
        return any(_PROXY.fullmatch(name) for name in _variables(workload, graph))
    except Undecided:
        return True


def _variables(workload: Resource, graph: Graph) -> Iterator[str]:
    for task in tasks(workload, graph) if workload.kind == SERVICE else ():
        for container in containers(task, graph):
            yield from (variable.at("name").text or "" for variable in container.each("environment"))
    for table in workload.each("environment.variables"):
        yield from (name for name, _ in table.entries())
