"""EC2 Auto Scaling: a group with its sizes, policies, alarms, schedules and load balancers.

Functions that begin with `known_` leave out what cannot be seen: for questions that a further policy would not answer otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.index import first_open
from auditor.views.scaling.policy import POLICY, policy_type
from auditor.views.subnet import zones as subnet_zones

GROUP: Final = "aws_autoscaling_group"
ATTACHMENTS: Final = ("aws_autoscaling_attachment", "aws_autoscaling_traffic_source_attachment")

_BALANCERS: Final = ("aws_lb_target_group", "aws_alb_target_group", "aws_elb")
_CONTROLLER_TAGS: Final = ("k8s.io/cluster-autoscaler", "karpenter.sh", "kubernetes.io/cluster", "eks:", "AmazonECSManaged", "spotinst")
LAUNCHING: Final = "autoscaling:EC2_INSTANCE_LAUNCHING"
TERMINATING: Final = "autoscaling:EC2_INSTANCE_TERMINATING"


def policies(group: Resource, graph: Graph) -> tuple[Resource, ...]:
    """All scaling policies of a group; raises `Undecided` when there may be some that cannot be seen."""
    return _all(group, graph, "autoscaling_group_name", POLICY)


def schedules(group: Resource, graph: Graph) -> tuple[Resource, ...]:
    """All scheduled actions of a group; raises `Undecided` likewise."""
    return _all(group, graph, "autoscaling_group_name", "aws_autoscaling_schedule")


def known_policies(group: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The scaling policies that are known to be the group's."""
    return _known(group, graph, "autoscaling_group_name", POLICY)


def known_schedules(group: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The scheduled actions that are known to be the group's."""
    return _known(group, graph, "autoscaling_group_name", "aws_autoscaling_schedule")


def groups_of(resource: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The groups that a policy, schedule, hook or attachment names."""
    return graph.targets(resource.at("autoscaling_group_name"), GROUP)


def is_load_balanced(group: Resource, graph: Graph) -> bool:
    """Whether the group is known to register its instances with a load balancer."""
    for name in ("target_group_arns", "load_balancers", "traffic_source"):
        node = group.at(name)
        if node.unknown or node.present:
            return True
    return bool(_known(group, graph, "autoscaling_group_name", *ATTACHMENTS))


def target_groups(group: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The target groups that the group is known to register with."""
    return tuple(it for it in balancers(group, graph) if it.kind != "aws_elb")


def balancers(group: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The target groups and classic load balancers that the group is known to register with: they judge its instances."""
    return tuple(dict.fromkeys(found for node in _balancer_nodes(group, graph) for found in graph.targets(node, *_BALANCERS)))


def unseen_balancer(group: Resource, graph: Graph) -> Node | None:
    """Where the group names a target group or a load balancer that is not declared here; None where it names none."""
    return next((node for node in _balancer_nodes(group, graph) if not graph.targets(node, *_BALANCERS)), None)


def _balancer_nodes(group: Resource, graph: Graph) -> list[Node]:
    return [*target_group_nodes(group, graph), *_given(group, graph, "load_balancers", "elb")]


def target_group_nodes(group: Resource, graph: Graph) -> list[Node]:
    """Where the target groups that the group registers with are written, as far as it is known."""
    return [*_given(group, graph, "target_group_arns", "lb_target_group_arn"), *_given(group, graph, *["traffic_source.identifier"] * 2)]


def _given(group: Resource, graph: Graph, own: str, of_attachment: str) -> list[Node]:
    attachments = _known(group, graph, "autoscaling_group_name", *ATTACHMENTS)
    found = [*group.body.each(own), *(it.at(of_attachment) for it in attachments)]
    return [node for node in found if node.unknown or node.present]


def launch_hooks(group: Resource, graph: Graph) -> Iterator[Node]:
    """The lifecycle hooks that keep a new instance out of service until it is ready. Raises `Undecided` when there may be one."""
    return hooks(group, graph, LAUNCHING)


def hooks(group: Resource, graph: Graph, transition: str) -> Iterator[Node]:
    """The lifecycle hooks of a group for a transition. Raises `Undecided` when there may be one."""
    for hook in group.body.each("initial_lifecycle_hook"):
        if hook.at("lifecycle_transition").text == transition:
            yield hook
    for resource in graph.attached(group, "autoscaling_group_name", "aws_autoscaling_lifecycle_hook"):
        if resource.at("lifecycle_transition").text == transition:
            yield resource.body


def is_controlled_elsewhere(group: Resource, graph: Graph) -> bool:
    """Whether something else than policies sets the size of the group: a cluster autoscaler, an ECS capacity provider."""
    for key in (*group.body.each("tag.key"), *group.body.each("tags.key")):
        if (key.text or "").startswith(_CONTROLLER_TAGS):
            return True
    return bool(graph.attached(group, "auto_scaling_group_provider.auto_scaling_group_arn", "aws_ecs_capacity_provider"))


def zones(group: Resource, graph: Graph) -> frozenset[str] | None:
    """The availability zones of the group, those of its subnets first; None when they are not all known."""
    try:
        if group.at("vpc_zone_identifier").present:
            return subnet_zones(group.body.each("vpc_zone_identifier"), graph) or None
        return frozenset(zone.text or "" for zone in group.body.each("availability_zones")) or None
    except Undecided:
        return None


def _all(resource: Resource, graph: Graph, path: str, *kinds: str) -> tuple[Resource, ...]:
    if found := first_open(graph, (path,), kinds):
        raise Undecided(found[1])
    return graph.attached(resource, path, *kinds)


def _known(resource: Resource, graph: Graph, path: str, *kinds: str) -> tuple[Resource, ...]:
    try:
        return graph.attached(resource, path, *kinds)
    except Undecided:
        return ()


def is_forewarned(group: Resource, graph: Graph) -> bool:
    """Whether a schedule or a predictive policy raises the capacity before the load comes. Raises `Undecided` when there may be one."""
    return any(policy_type(policy.body) == "PredictiveScaling" for policy in policies(group, graph)) or bool(schedules(group, graph))
