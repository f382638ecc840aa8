"""What EC2 instances need of their profiles: buckets and secrets that their start reads, the agents that report to a service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.decide import given
from auditor.views.needs.environment import environment_needs
from auditor.views.needs.need import ANYTHING, Need, role_of_profile

_PROFILES: Final = {
    "aws_instance": "iam_instance_profile",
    "aws_launch_configuration": "iam_instance_profile",
    "aws_launch_template": "iam_instance_profile",
    "aws_spot_instance_request": "iam_instance_profile",
}
KINDS: Final = f"{' '.join(_PROFILES)} aws_ssm_association"
_AGENT = ("ssm:UpdateInstanceInformation", "ssmmessages:CreateControlChannel", "ssmmessages:OpenControlChannel")
_CONTAINERS = ("ecs:RegisterContainerInstance", "ecs:DiscoverPollEndpoint", "ecs:Poll", "ecs:SubmitTaskStateChange")


def profile_of(resource: Resource, graph: Graph) -> Node | None:
    """The node that names the role of an instance; None when it has no profile."""
    profile = resource.at(_PROFILES[resource.kind])
    if resource.kind == "aws_launch_template":
        arn = profile.at("arn")
        profile = arn if given(arn) else profile.at("name")
    return role_of_profile(profile, graph) if given(profile) else None


def instance_needs(resource: Resource, graph: Graph) -> Iterator[Need]:
    """What an instance, or an association that the agent on it has to carry out, needs of the instance's role."""
    if resource.kind == "aws_ssm_association":
        yield from _association_needs(resource, graph)
        return
    role = profile_of(resource, graph)
    if role is None:
        return
    for path in ("user_data", "user_data_base64"):
        script = resource.at(path)
        if not given(script):
            continue
        yield from environment_needs(role, [("its user data", script)], graph)
        if "ECS_CLUSTER=" in known_text(script):
            yield Need(role, _CONTAINERS, None, script, "join the ECS cluster")


def known_text(script: Node) -> str:
    """What is known of a script."""
    if isinstance(script.data, str):
        return script.data
    return "".join(it for it in getattr(script.data, "parts", ()) if isinstance(it, str))


def _association_needs(association: Resource, graph: Graph) -> Iterator[Need]:
    nodes = [association.at("instance_id")]
    for target in association.each("targets"):
        if not target.at("key").unknown and target.at("key").text == "InstanceIds":
            nodes += target.each("values")
    for node in nodes:
        for instance in graph.targets(node, "aws_instance") if given(node) else ():
            role = profile_of(instance, graph)
            if role is not None:
                yield Need(role, _AGENT, ANYTHING, node, "let the agent carry it out")
