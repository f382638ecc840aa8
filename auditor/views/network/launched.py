"""Instances that somebody else launches: what a launch template or configuration says of their interfaces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.iam.truth import Truth
from auditor.views.network.kinds import LINUX, WINDOWS
from auditor.views.network.naming import named, written
from auditor.views.network.packets import Interval

INSTANCES: Final = ("aws_instance", "aws_spot_instance_request")
LAUNCHED: Final = ("aws_autoscaling_group", "aws_eks_node_group")
HOSTS: Final = (*INSTANCES, *LAUNCHED)

_TEMPLATES: Final = (
    "launch_template",
    "mixed_instances_policy.launch_template.launch_template_specification",
)


def templates(resource: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The declared launch templates and configurations of an instance, a group or a node group."""
    nodes: list[Node] = []
    for path in _TEMPLATES:
        for block in resource.body.each(path):
            nodes += [
                it for name in ("id", "name", "launch_template_id", "launch_template_name") if (it := block.at(name)).unknown or it.data
            ]
    found = named(graph, nodes, "aws_launch_template").declared
    return (*found, *named(graph, [resource.at("launch_configuration")], "aws_launch_configuration").declared)


def given(resource: Resource, graph: Graph, *paths: str) -> tuple[Node, ...]:
    """What the resource, or else its templates, say at these paths."""
    own = tuple(_at(resource, paths))
    return own or tuple(node for template in templates(resource, graph) for node in _at(template, paths))


def _at(resource: Resource, paths: tuple[str, ...]) -> Iterator[Node]:
    for path in paths:
        yield from (node for node in resource.body.each(path) if node.unknown or node.data not in ("", None))


def unseen(resource: Resource, graph: Graph) -> Node | None:
    """Where a template is named that is not declared here."""
    if templates(resource, graph):
        return None
    nodes = [resource.at(path) for path in (*_TEMPLATES, "launch_configuration")]
    return next((node for node in nodes if written(node)), None)


def groups(resource: Resource, graph: Graph) -> tuple[Node, ...]:
    """The security groups that templates give."""
    return tuple(
        node
        for template in templates(resource, graph)
        for node in _at(template, ("network_interfaces.security_groups", "vpc_security_group_ids", "security_groups"))
    )


def router(resource: Resource) -> Truth:
    """Whether the source/destination check is off."""
    if resource.kind not in (*INSTANCES, "aws_network_interface"):
        return False
    node = resource.at("source_dest_check")
    return None if node.unknown else node.flag is False


def client(resource: Resource, graph: Graph) -> Interval:
    """The ports from which an instance opens connections: those of Linux unless something says Windows."""
    for path in ("get_password_data", "platform", "user_data", "ami_type"):
        for node in given(resource, graph, path):
            text = str(node.data).lower()
            if (path == "get_password_data" and text == "true") or (
                path != "get_password_data" and ("windows" in text or "<powershell>" in text)
            ):
                return WINDOWS
    for node in given(resource, graph, "ami", "image_id"):
        for image in graph.targets(node, "data.aws_ami"):
            if any("windows" in str(it.data).lower() for it in image.body.each("filter.values")):
                return WINDOWS
        if "windows" in str(node.data).lower():
            return WINDOWS
    return LINUX
