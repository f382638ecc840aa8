"""Policies of EC2 Auto Scaling and the alarms that start them."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.scaling.change import INFINITY, Change, Step

POLICY: Final = "aws_autoscaling_policy"
ALARM: Final = "aws_cloudwatch_metric_alarm"


def alarms(policy: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The alarms that start a policy; raises `Undecided` when there may be some that cannot be seen."""
    return graph.attached(policy, "alarm_actions", ALARM)


def policies_of(alarm: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The policies that an alarm starts."""
    return tuple(policy for action in alarm.body.each("alarm_actions") for policy in graph.targets(action, POLICY))


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
    amount = policy.at("scaling_adjustment")
    if policy_type(policy) == "SimpleScaling":
        return () if amount.number is None else (Step(-INFINITY, INFINITY, _change(policy, amount.number)),)
    return ladder(policy) if policy_type(policy) == "StepScaling" else ()


def ladder(table: Node) -> tuple[Step, ...]:
    """The `step_adjustment` blocks of a table, which also says in what they count. Raises `Undecided`."""
    found = []
    for step in table.each("step_adjustment"):
        lower, upper, amount = (step.at(name).number for name in (*_INTERVAL, "scaling_adjustment"))
        if amount is not None:
            found.append(Step(_exact(lower, -INFINITY), _exact(upper, INFINITY), _change(table, amount)))
    return tuple(found)


def _change(table: Node, amount: float) -> Change:
    return Change(table.at("adjustment_type").text or "ChangeInCapacity", Fraction(str(amount)), _magnitude(table))


_INTERVAL: Final = ("metric_interval_lower_bound", "metric_interval_upper_bound")


def _exact(number: float | None, default: float) -> Fraction | float:
    return default if number is None else Fraction(str(number))


def _magnitude(policy: Node) -> int:
    number = policy.at("min_adjustment_magnitude").number
    return max(int(number), 1) if number is not None else 1


def largest_step(policy: Node) -> float:
    """The most that a simple or step policy changes at once, as a positive number; 0 for other policies. Raises `Undecided`."""
    return max((abs(number) for number in adjustments(policy)), default=0)


def scales_in(policy: Node) -> bool:
    """Whether a policy may take instances out. Raises `Undecided`."""
    tracking = policy.at("target_tracking_configuration")
    if tracking.present:
        return not tracking.at("disable_scale_in").flag
    return direction(policy) <= 0 and policy_type(policy) != "PredictiveScaling"
