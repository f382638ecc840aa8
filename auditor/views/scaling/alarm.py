"""CloudWatch alarms that scale: what they watch, and how long they take to ring."""

from __future__ import annotations

from typing import Final, TypeAlias

from auditor.model.node import Node

RISING: Final = frozenset({"GreaterThanThreshold", "GreaterThanOrEqualToThreshold"})
FALLING: Final = frozenset({"LessThanThreshold", "LessThanOrEqualToThreshold"})

Metric: TypeAlias = "tuple[str, str, str, tuple[tuple[str, str], ...]]"
"""Namespace, name, statistic, dimensions: two alarms with equal ones watch the same values."""

_SHARED: Final = frozenset(
    {("CPUUtilization", "Average"), ("NetworkIn", "Average"), ("NetworkOut", "Average"), ("RequestCountPerTarget", "Sum")}
)


def is_shared(metric: Metric) -> bool:
    """Whether the metric is a load divided by the number of instances, so that it falls in proportion when one is added."""
    return (metric[1], metric[2]) in _SHARED


def metric(alarm: Node) -> Metric | None:
    """What the alarm watches; None for metric math, for percentiles and for an anomaly. Raises `Undecided`."""
    namespace, name, statistic = (alarm.at(key).text for key in ("namespace", "metric_name", "statistic"))
    if not namespace or not name or not statistic:
        return None
    return namespace, name, statistic, tuple(sorted((key, _name(value)) for key, value in alarm.at("dimensions").entries()))


def detection(alarm: Node) -> float | None:
    """The seconds from the first bad value until the alarm can ring; None where the alarm does not say. Raises `Undecided`."""
    points = alarm.at("datapoints_to_alarm")
    count = (points.number if points.present else 0) or alarm.at("evaluation_periods").number  # a state has 0 for none
    lengths = [node.number for node in (alarm.at("period"), *alarm.each("metric_query.metric.period"), *alarm.each("metric_query.period"))]
    period = max((length for length in lengths if length), default=None)
    return None if count is None or period is None else count * period


def _name(value: Node) -> str:
    """A dimension's text, or what it is made from as long as that has no name yet."""
    if value.unknown and value.refs:
        return " ".join(sorted(f"{ref.address.text}.{ref.attribute}" for ref in value.refs))
    return value.text or ""
