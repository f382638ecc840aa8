"""What ECS tasks need: the execution role to start them (image, logs, secrets), the task role for what runs in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.container import containers
from auditor.views.decide import given
from auditor.views.iam.hole import HOLE
from auditor.views.needs.environment import environment_needs
from auditor.views.needs.need import ANYTHING, Need

TASK: Final = "aws_ecs_task_definition"
SERVICE: Final = "aws_ecs_service"
_REPOSITORY = "aws_ecr_repository"
_REGISTRY = re.compile(r"(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com/([^:@]+)")
PULL: Final = ("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")
_SECRET = "aws_secretsmanager_secret"
_PARAMETER = "aws_ssm_parameter"


def execution_needs(resource: Resource, graph: Graph) -> Iterator[Need]:
    """What has to be allowed before a container of a task definition starts."""
    if given(resource.at("execution_role_arn")):
        yield from needs_execution_role(resource, graph)


def needs_execution_role(resource: Resource, graph: Graph) -> Iterator[Need]:
    """What of a task definition nobody but an execution role can do, whatever it is allowed."""
    role = resource.at("execution_role_arn")
    for container in containers(resource, graph):
        yield from _of_container(container, role, graph)


def _of_container(container: Node, role: Node, graph: Graph) -> Iterator[Need]:
    yield from image_needs(container.at("image"), role, graph)
    yield from _log_needs(container.at("logConfiguration"), role)
    for path in ("secrets", "logConfiguration.secretOptions"):
        for secret in container.each(path):
            yield from _secret_needs(secret.at("valueFrom"), role, graph)
    yield from _secret_needs(container.at("repositoryCredentials.credentialsParameter"), role, graph)
    for file in container.each("environmentFiles"):
        value = file.at("value")
        if graph.targets(value, "aws_s3_bucket") or str(value.data).startswith("arn:aws:s3:"):
            yield Need(role, ("s3:GetObject",), value, value, "read the environment file", ("aws_s3_bucket",), f"/{HOLE}")


def image_needs(image: Node, role: Node | Resource, graph: Graph) -> Iterator[Need]:
    """What it takes to pull an image from ECR; nothing for any other registry."""
    repositories = graph.targets(image, _REPOSITORY)
    target: Resource | str | None = repositories[0] if len(repositories) == 1 else None
    if not repositories:
        found = _REGISTRY.match(image.data) if isinstance(image.data, str) else None
        if found is None:
            return
        known = graph.called(found[3], _REPOSITORY)
        target = known[0] if known else f"arn:aws:ecr:{found[2]}:{found[1]}:repository/{found[3]}"
    yield Need(role, ("ecr:GetAuthorizationToken",), ANYTHING, image, "log in to the registry")
    yield Need(role, PULL, target, image, "pull the image", (_REPOSITORY,))


def _log_needs(logging: Node, role: Node) -> Iterator[Need]:
    driver, group = logging.at("logDriver"), logging.at('options["awslogs-group"]')
    if driver.unknown or driver.text != "awslogs" or not given(group):
        return
    kinds = ("aws_cloudwatch_log_group",)
    actions = ("logs:CreateLogStream", "logs:PutLogEvents")
    yield Need(role, actions, group, driver, "write the container's logs", kinds, f":log-stream:{HOLE}")
    create = logging.at('options["awslogs-create-group"]')
    if not create.unknown and create.text == "true":
        yield Need(role, ("logs:CreateLogGroup",), group, create, "create the log group", kinds)


def _secret_needs(value: Node, role: Node, graph: Graph) -> Iterator[Need]:
    """What reading a secret takes: of Secrets Manager by its ARN, of the parameter store by name or ARN."""
    if not given(value):
        return
    text = value.data if isinstance(value.data, str) else str(getattr(value.data, "prefix", ""))
    if graph.targets(value, _SECRET) or text.startswith("arn:aws:secretsmanager:"):
        target: Node | str = value if graph.targets(value, _SECRET) else ":".join(text.split(":")[:7])
        yield Need(role, ("secretsmanager:GetSecretValue",), target, value, "hand the secret to the container", (_SECRET,))
    elif graph.targets(value, _PARAMETER) or text.startswith("arn:aws:ssm:") or (isinstance(value.data, str) and ":" not in text):
        yield Need(role, ("ssm:GetParameters",), value, value, "hand the parameter to the container", (_PARAMETER,))


def task_needs(resource: Resource, graph: Graph) -> Iterator[Need]:
    """What the containers themselves need: the resources that their environment names, file systems, a shell."""
    if resource.kind == SERVICE:
        yield from _shell_needs(resource, graph)
        return
    role = resource.at("task_role_arn")
    if not given(role):
        return
    for container in containers(resource, graph):
        pairs = ((f"the variable {it.at('name').data}", it.at("value")) for it in container.each("environment"))
        yield from environment_needs(role, pairs, graph)
    for volume in resource.each("volume.efs_volume_configuration"):
        switch = volume.at("authorization_config.iam")
        if not switch.unknown and switch.text == "ENABLED":
            system = volume.at("file_system_id")
            yield Need(role, ("elasticfilesystem:ClientMount",), system, switch, "mount the file system", ("aws_efs_file_system",))


def _shell_needs(service: Resource, graph: Graph) -> Iterator[Need]:
    switch = service.at("enable_execute_command")
    if switch.missing or not switch.flag:
        return
    for task in graph.targets(service.at("task_definition"), TASK)[:1]:
        role = task.at("task_role_arn")
        if given(role):
            actions = ("CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel")
            yield Need(role, tuple(f"ssmmessages:{it}" for it in actions), ANYTHING, switch, "let ECS Exec open a shell")
