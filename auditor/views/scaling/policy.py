"""Policies of EC2 Auto Scaling and the alarms that start them."""

from __future__ import annotations

from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.index import named

POLICY: Final = "aws_autoscaling_policy"
ALARM: Final = "aws_cloudwatch_metric_alarm"


def alarms(policy: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The alarms that start a policy; raises `Undecided` when there may be some that cannot be seen."""
    return graph.attached(policy, "alarm_actions", ALARM)


def policies_of(alarm: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The policies that an alarm starts."""
    return tuple(policy for action in alarm.body.each("alarm_actions") for policy in named(action, graph, POLICY))


def policy_type(policy: Node) -> str:
    """`SimpleScaling`, `StepScaling`, `TargetTrackingScaling` or `PredictiveScaling`."""
    node = policy.at("policy_type")
    return "SimpleScaling" if node.missing else node.text or ""


def adjustments(policy: Node) -> list[float]:
    """By how much a simple or step policy changes the group; negative takes instances out."""
    nodes = [*policy.each("scaling_adjustment"), *policy.each("step_adjustment.scaling_adjustment")]
    return [number for node in nodes if (number := node.number) is not None]


def direction(policy: Node) -> int:
    """1 for a policy that only adds, -1 for one that only takes away, 0 for any other."""
    if policy_type(policy) not in ("SimpleScaling", "StepScaling"):
        return 0
    if (policy.at("adjustment_type").text or "") == "ExactCapacity":
        return 0
    found = adjustments(policy)
    if found and all(number >= 0 for number in found) and any(found):
        return 1
    return -1 if found and all(number <= 0 for number in found) and any(found) else 0
