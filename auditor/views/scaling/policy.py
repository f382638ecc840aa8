"""Policies of EC2 Auto Scaling and the alarms that start them."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.index import named
from auditor.views.scaling.change import INFINITY, Change, Step

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


# -- what they do


def steps(policy: Node) -> tuple[Step, ...]:
    """What a simple or step policy does, by the distance from the alarm's threshold; empty for other policies. Raises `Undecided`."""
    kind, magnitude = policy.at("adjustment_type").text or "ChangeInCapacity", _magnitude(policy)
    if policy_type(policy) == "SimpleScaling":
        amount = policy.at("scaling_adjustment").number
        return () if amount is None else (Step(-INFINITY, INFINITY, Change(kind, Fraction(str(amount)), magnitude)),)
    found = []
    for step in policy.each("step_adjustment") if policy_type(policy) == "StepScaling" else ():
        lower, upper, amount = (step.at(name).number for name in (*_INTERVAL, "scaling_adjustment"))
        if amount is not None:
            change = Change(kind, Fraction(str(amount)), magnitude)
            found.append(Step(_exact(lower, -INFINITY), _exact(upper, INFINITY), change))
    return tuple(found)


_INTERVAL: Final = ("metric_interval_lower_bound", "metric_interval_upper_bound")


def _exact(number: float | None, default: float) -> Fraction | float:
    return default if number is None else Fraction(str(number))


def _magnitude(policy: Node) -> int:
    number = policy.at("min_adjustment_magnitude").number
    return max(int(number), 1) if number is not None else 1
