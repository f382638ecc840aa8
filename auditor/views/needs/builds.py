"""What builds and pipelines need of their service roles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.decide import given
from auditor.views.iam.hole import HOLE
from auditor.views.needs.need import Need
from auditor.views.needs.row import UNTOLD, Consumer, Row, needs_by
from auditor.views.needs.tasks import image_needs
from auditor.views.needs.writing import sending

PROJECT: Final = "aws_codebuild_project"
PIPELINE: Final = "aws_codepipeline"
_BUCKET = "aws_s3_bucket"
_OBJECT = f"/{HOLE}"
PROJECTS: Final = (
    Consumer(
        PROJECT,
        "service_role",
        "codebuild.amazonaws.com",
        (
            *(sending("artifacts.location", "store its artifacts", _BUCKET)),
            Row(
                "ec2:CreateNetworkInterface ec2:DescribeNetworkInterfaces ec2:DeleteNetworkInterface ec2:DescribeSubnets "
                "ec2:DescribeSecurityGroups ec2:DescribeDhcpOptions ec2:DescribeVpcs ec2:CreateNetworkInterfacePermission",
                "build inside its VPC",
                on=UNTOLD,
                when="vpc_config.subnets",
            ),
        ),
    ),
)
PIPELINES: Final = (
    Consumer(
        PIPELINE,
        "role_arn",
        "codepipeline.amazonaws.com",
        (Row("s3:PutObject s3:GetObject", "keep artifacts", on="artifact_store.location", kinds=_BUCKET, part=_OBJECT),),
    ),
)
_by_table = needs_by((*PROJECTS, *PIPELINES))


def build_needs(resource: Resource, graph: Graph) -> Iterator[Need]:
    """What a project or a pipeline needs of its role."""
    yield from _by_table(resource, graph)
    yield from _of_project(resource, graph) if resource.kind == PROJECT else _of_pipeline(resource, graph)


def _of_project(project: Resource, graph: Graph) -> Iterator[Need]:
    role = project.at("service_role")
    yield from _of_logs(project, role)
    puller, image = project.at("environment.image_pull_credentials_type"), project.at("environment.image")
    if not puller.unknown and puller.text == "SERVICE_ROLE":
        yield from image_needs(image, role, graph)
    for variable in project.each("environment.environment_variable"):
        kind, value = variable.at("type"), variable.at("value")
        if kind.unknown or not isinstance(kind.data, str) or not given(value):
            continue
        found = _VARIABLES.get(kind.data)
        if found:
            actions, target = found
            name = value if value.unknown or target != _SECRET else str(value.data).partition(":")[0]
            if not isinstance(name, str) or not str(value.data).startswith("arn:"):
                yield Need(role, (actions,), name, value, f"read the variable {variable.at('name').data}", (target,))


_SECRET = "aws_secretsmanager_secret"
_VARIABLES: Final[Mapping[str, tuple[str, str]]] = {
    "PARAMETER_STORE": ("ssm:GetParameters", "aws_ssm_parameter"),
    "SECRETS_MANAGER": ("secretsmanager:GetSecretValue", _SECRET),
}


def _of_logs(project: Resource, role: Node) -> Iterator[Need]:
    logs = project.at("logs_config.cloudwatch_logs")
    status, group, name = logs.at("status"), logs.at("group_name"), project.at("name")
    if status.unknown or status.text == "DISABLED":
        return
    target: Node | str | None = group if given(group) else f"/aws/codebuild/{name.data}" if isinstance(name.data, str) else None
    kinds = ("aws_cloudwatch_log_group",)
    actions = ("logs:CreateLogStream", "logs:PutLogEvents")
    yield Need(role, actions, target, role, "write the build's log", kinds, f":log-stream:{HOLE}")


def _of_pipeline(pipeline: Resource, graph: Graph) -> Iterator[Need]:
    for action in pipeline.each("stage.action"):
        own = action.at("role_arn")
        role = own if given(own) else pipeline.at("role_arn")
        provider = action.at("provider")
        if not provider.unknown:
            yield from _of_action(str(provider.data), action, role, graph)


@dataclass(frozen=True, slots=True)
class _Action:
    """What an action of a pipeline needs: on what its setting names, where that can be told."""

    setting: str
    actions: str
    purpose: str
    kind: str = ""
    part: str = ""
    one_of: bool = False


def _of_action(provider: str, action: Node, role: Node, graph: Graph) -> Iterator[Need]:
    for it in _ACTIONS.get(provider, ()):
        node = action.at(f"configuration.{it.setting}")
        if not given(node):
            continue
        target: Node | Resource | None = node if it.kind else None
        if it.kind == PROJECT:
            target = next(iter(graph.targets(node, PROJECT)), None)
        kinds = (it.kind,) if it.kind else ()
        yield Need(role, tuple(it.actions.split()), target, node, it.purpose, kinds, it.part, it.one_of)


_ACTIONS: Final[Mapping[str, tuple[_Action, ...]]] = {
    "CodeBuild": (_Action("ProjectName", "codebuild:StartBuild codebuild:BatchGetBuilds", "run the build", PROJECT),),
    "CodeStarSourceConnection": (
        _Action("ConnectionArn", "codestar-connections:UseConnection codeconnections:UseConnection", "fetch the source", one_of=True),
    ),
    "Lambda": (_Action("FunctionName", "lambda:InvokeFunction", "invoke the function", "aws_lambda_function"),),
    "ECS": (
        _Action(
            "ServiceName",
            "ecs:DescribeServices ecs:DescribeTaskDefinition ecs:RegisterTaskDefinition ecs:UpdateService",
            "deploy the service",
        ),
    ),
    "CodeDeploy": (
        _Action(
            "DeploymentGroupName",
            "codedeploy:CreateDeployment codedeploy:GetDeployment codedeploy:GetDeploymentConfig",
            "deploy the application",
        ),
    ),
    "CodeCommit": (_Action("RepositoryName", "codecommit:GetBranch codecommit:GetCommit codecommit:UploadArchive", "fetch the source"),),
    "S3": (
        _Action("BucketName", "s3:PutObject", "deploy the files", _BUCKET, _OBJECT),
        _Action("S3Bucket", "s3:GetObject s3:GetObjectVersion", "fetch the source", _BUCKET, _OBJECT),
    ),
}
"""Provider of an action -> what it needs."""
