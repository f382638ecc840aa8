"""Roles of pipelines: those that a token of GitHub, GitLab or another CI opens, and what they need to hand out other roles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.decide import undecided
from auditor.views.iam.access import may
from auditor.views.needs.need import ROLE, Need, role_of_profile
from auditor.views.policy import trust_statements

_ISSUERS: Final = (
    "token.actions.githubusercontent.com",
    "gitlab",
    "app.terraform.io",
    "agent.buildkite.com",
    "oidc.circleci.com",
    "vstoken.dev.azure.com",
    "api.bitbucket.org",
)
_CREATES: Final[Mapping[str, tuple[tuple[str, str, str], ...]]] = {
    "aws_lambda_function": (("lambda:CreateFunction", "role", "lambda.amazonaws.com"),),
    "aws_ecs_task_definition": (
        ("ecs:RegisterTaskDefinition", "execution_role_arn", "ecs-tasks.amazonaws.com"),
        ("ecs:RegisterTaskDefinition", "task_role_arn", "ecs-tasks.amazonaws.com"),
    ),
    "aws_instance": (("ec2:RunInstances", "iam_instance_profile", "ec2.amazonaws.com"),),
    "aws_eks_cluster": (("eks:CreateCluster", "role_arn", "eks.amazonaws.com"),),
    "aws_eks_node_group": (("eks:CreateNodegroup", "node_role_arn", "ec2.amazonaws.com"),),
    "aws_sfn_state_machine": (("states:CreateStateMachine", "role_arn", "states.amazonaws.com"),),
    "aws_codebuild_project": (("codebuild:CreateProject", "service_role", "codebuild.amazonaws.com"),),
    "aws_glue_job": (("glue:CreateJob", "role_arn", "glue.amazonaws.com"),),
    "aws_scheduler_schedule": (("scheduler:CreateSchedule", "target.role_arn", "scheduler.amazonaws.com"),),
    "aws_kinesis_firehose_delivery_stream": (
        ("firehose:CreateDeliveryStream", "extended_s3_configuration.role_arn", "firehose.amazonaws.com"),
    ),
    "aws_apprunner_service": (("apprunner:CreateService", "instance_configuration.instance_role_arn", "tasks.apprunner.amazonaws.com"),),
}
"""Kind -> (the action that makes one, the path of the role that it passes, the service that gets it)."""


def opens_for_pipelines(role: Resource, graph: Graph) -> bool:
    """Whether a token of a CI service opens a role."""
    for statement in trust_statements(role, graph):
        if statement.where.unknown or statement.where.at("Principal").unknown:
            continue
        for principal in statement.principals:
            text = str(principal.where.data) if not principal.where.unknown else str(getattr(principal.where.data, "prefix", ""))
            urls = [str(it.at("url").data) for it in graph.targets(principal.where, "aws_iam_openid_connect_provider")]
            if principal.kind == "Federated" and any(issuer in it for it in (text, *urls) for issuer in _ISSUERS):
                return True
    return False


def passing_needs(role: Resource, graph: Graph) -> Iterator[Need]:
    """What a pipeline's role that may make the resources of the graph needs to hand them their roles, once for each role.

    Raises `Undecided` where there are so many pipelines that nobody can tell which of them makes what.
    """
    if not opens_for_pipelines(role, graph):
        return
    pipelines = of_graph(graph, "roles of pipelines", lambda: [it for it in graph.of(ROLE) if opens_for_pipelines(it, graph)])
    passed: list[tuple[Resource, str, str, Resource]] = of_graph(graph, "roles that are passed", lambda: list(_passed(graph)))
    if len(pipelines) > _MANY and passed:
        raise undecided(role.body, f"there are {len(pipelines)} roles for pipelines, and which of them makes what is not known")
    for resource, action, service, other in passed:
        if other is not role and _makes(role, action, graph):
            context = {"iam:PassedToService": service}
            yield Need(role, ("iam:PassRole",), other, role.body, f"make {resource.address} ({action})", (ROLE,), context=context)


_MANY = 3


def _passed(graph: Graph) -> Iterator[tuple[Resource, str, str, Resource]]:
    """(what needs a role, the action that makes it, the service, the role), once for each role and action."""
    seen: set[tuple[str, str]] = set()
    for kind, rows in _CREATES.items():
        for resource in graph.of(kind):
            for action, path, service in rows:
                node = resource.at(path)
                for other in graph.targets(role_of_profile(node, graph) if kind == "aws_instance" else node, ROLE)[:1]:
                    if (other.address.text, action) not in seen:
                        seen.add((other.address.text, action))
                        yield resource, action, service, other


def _makes(role: Resource, action: str, graph: Graph) -> bool:
    """Whether a statement of the role certainly allows an action on something."""
    answer = may(graph, role, action, None)
    return answer.allowed is not False and any(it.allows and it.action for it in answer.deciding)
