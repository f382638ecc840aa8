"""Nodes that start by themselves and that their cluster does not let in."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.rule import Fail
from auditor.views.decide import given, undecided
from auditor.views.needs.instances import known_text, profile_of
from auditor.views.needs.need import ROLE

KINDS = "aws_instance aws_launch_configuration aws_launch_template"
_STARTS = ("/etc/eks/bootstrap.sh", "kind: NodeConfig", "nodeadm")
_CLUSTER = "aws_eks_cluster"


def nodes_without_access(machine: Resource, graph: Graph) -> Iterator[Fail]:
    """That the role of a machine which joins the cluster of the graph has neither an access entry nor a line in aws-auth."""
    script, clusters = machine.at("user_data"), graph.of(_CLUSTER)
    if len(clusters) != 1 or not given(script) or not any(word in known_text(script) for word in _STARTS) or _managed(machine, graph):
        return
    node = profile_of(machine, graph)
    roles = graph.targets(node, ROLE) if node is not None else ()
    if len(roles) != 1:
        return
    role, cluster = roles[0], clusters[0]
    entries = graph.of("aws_eks_access_entry")
    if any(role in graph.targets(it.at("principal_arn"), ROLE) for it in entries):
        return
    for entry in entries:
        if entry.at("principal_arn").unknown and not entry.at("principal_arn").refs:
            raise undecided(entry.at("principal_arn"), "whom the access entry is for is not known")
    mode = cluster.at("access_config.authentication_mode")
    if mode.present and mode.text == "API":
        message = (
            f"{role.address}, the role of nodes that join {cluster.address}, has no access entry, and the cluster knows no other way in"
        )
        yield Fail(script, message, expected="aws_eks_access_entry of type EC2_LINUX", related=(role.body, cluster.body))
        return
    yield from _in_config_map(role, cluster, script, graph)


def _in_config_map(role: Resource, cluster: Resource, script: Node, graph: Graph) -> Iterator[Fail]:
    maps = [it for it in graph.of("ConfigMap") if it.at("metadata.name").data == "aws-auth"]
    if not maps:
        raise undecided(script, f"the ConfigMap aws-auth of {cluster.address} is not here")
    listing = maps[0].at("data.mapRoles")
    path, name = role.at("path").data, role.at("name").data
    mentioned = role in graph.targets(listing) or (isinstance(name, str) and f"/{name}" in known_text(listing))
    if not mentioned:
        if listing.unknown and not known_text(listing):
            raise undecided(listing, "what aws-auth lists is not known")
        message = f"aws-auth does not list {role.address}, the role of nodes that join {cluster.address}"
        yield Fail(script, message, expected="the role in mapRoles", related=(listing, role.body))
    elif isinstance(path, str) and path != "/":
        message = f"aws-auth compares without paths, and {role.address} has the path {path}: the ARN listed never matches"
        yield Fail(listing, message, expected="the ARN without its path", related=(role.body,))


def _managed(template: Resource, graph: Graph) -> bool:
    """Whether a managed node group starts from a template: EKS lets those in by itself."""
    groups = graph.of("aws_eks_node_group")
    return any(template in graph.targets(it.at(f"launch_template.{path}")) for it in groups for path in ("id", "name"))
