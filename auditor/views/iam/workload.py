"""What runs with a role: functions, tasks, instances, builds and the like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.iam.access import names_of, principal_at

ROLE_AT: Final[Mapping[str, str]] = {
    "aws_apprunner_service": "instance_configuration.instance_role_arn",
    "aws_batch_job_definition": "container_properties",
    "aws_bedrockagentcore_code_interpreter": "execution_role_arn",
    "aws_cloudformation_stack": "iam_role_arn",
    "aws_codebuild_project": "service_role",
    "aws_ecs_task_definition": "task_role_arn",
    "aws_emr_cluster": "ec2_attributes.instance_profile",
    "aws_glue_dev_endpoint": "role_arn",
    "aws_glue_job": "role_arn",
    "aws_instance": "iam_instance_profile",
    "aws_lambda_function": "role",
    "aws_launch_configuration": "iam_instance_profile",
    "aws_launch_template": "iam_instance_profile",
    "aws_sagemaker_notebook_instance": "role_arn",
    "aws_sagemaker_user_profile": "user_settings.execution_role",
    "aws_sfn_state_machine": "role_arn",
}
"""Kind -> where it names the role, or the instance profile, that its code has."""


def roles_of(workload: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The roles of the graph that a workload runs with. Raises `Undecided` where it may be any."""
    if workload.kind not in ROLE_AT:
        return ()
    node = workload.at(ROLE_AT[workload.kind])
    if isinstance(node.data, (dict, list)):  # a launch template names its profile by name or by ARN
        given = [found for key in ("name", "arn") if (found := node.at(key)).unknown or found.present]
        node = given[0] if given else Node(node.value_)
    if not node.unknown and not isinstance(node.data, str):
        return ()
    return tuple(dict.fromkeys(_roles(node, workload, graph)))


def _roles(node: Node, workload: Resource, graph: Graph) -> Iterator[Resource]:
    yield from graph.targets(node, "aws_iam_role")
    profiles = graph.targets(node, "aws_iam_instance_profile")
    if not profiles and not graph.targets(node, "aws_iam_role"):
        text = node.text or ""
        profiles = tuple(it for it in graph.of("aws_iam_instance_profile") if text in graph.names(it)) if text else ()
        if not profiles and "profile" not in ROLE_AT[workload.kind] and (role := principal_at(graph, node)) is not None:
            yield role
    for profile in profiles:
        if (role := principal_at(graph, profile.at("role"))) is not None:
            yield role


def workloads_of(graph: Graph, role: Resource, kind: str) -> tuple[Resource, ...]:
    """The resources of a kind that run with a role."""
    return names_of(graph).once(("workloads", kind), lambda: _by_role(graph, kind)).get(role, ())


def _by_role(graph: Graph, kind: str) -> Mapping[Resource, tuple[Resource, ...]]:
    found: dict[Resource, list[Resource]] = defaultdict(list)
    for workload in graph.of(kind):
        try:
            for role in roles_of(workload, graph):
                found[role].append(workload)
        except Undecided:
            continue  # it may run with any role: that is no way to this one
    return {role: tuple(workloads) for role, workloads in found.items()}


def has_profile(graph: Graph, role: Resource) -> bool:
    """Whether an instance profile of the graph holds a role, so that instances can have it."""
    held = names_of(graph).once(("profiles",), lambda: frozenset(_in_profiles(graph)))
    return role in held


def _in_profiles(graph: Graph) -> Iterator[Resource]:
    for profile in graph.of("aws_iam_instance_profile"):
        try:
            role = principal_at(graph, profile.at("role"))
        except Undecided:
            continue
        if role is not None:
            yield role
