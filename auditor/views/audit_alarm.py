"""Alarms on the events of a trail: a metric filter on its log group, and an alarm on the filter's metric."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource

_FILTER = "aws_cloudwatch_log_metric_filter"
_ALARM = "aws_cloudwatch_metric_alarm"
_GROUP = "aws_cloudwatch_log_group"


@dataclass(frozen=True, slots=True)
class Gap:
    """Where the chain from a trail to an alarm is broken, and what is lacking there."""

    where: Node
    lacks: str


def gap(trail: Resource, graph: Graph, words: Iterable[str]) -> Gap | None:
    """What keeps certain events of a trail from raising an alarm; None when nothing does, or the log group is not in this graph.

    A filter is for those events when its pattern holds all of the words. Only a trail of all regions counts, because the events of
    another one are not all that happens.
    """
    everywhere, logging = trail.at("is_multi_region_trail"), trail.at("enable_logging")
    if everywhere.missing or everywhere.flag is not True or (logging.present and logging.flag is False):
        return None
    arn = trail.at("cloud_watch_logs_group_arn")
    wanted = [word.lower() for word in words]
    for group in _groups(arn, graph):
        filters = list(_filters(group, graph, wanted))
        if not filters:
            return Gap(arn, "no metric filter counts them")
        if not any(_alarms(found, graph) for found in filters):
            return Gap(filters[0].body, "no alarm watches the filter's metric")
    return None


def _groups(arn: Node, graph: Graph) -> tuple[Resource, ...]:
    """The log groups that an ARN names, which ends with `:*` for all of their streams."""
    found = graph.targets(arn, _GROUP)
    if found or not isinstance(arn.data, str):
        return found
    return graph.called(arn.data.removesuffix(":*"), _GROUP)


def _filters(group: Resource, graph: Graph, words: list[str]) -> Iterator[Resource]:
    for found in graph.attached(group, "log_group_name", _FILTER):
        pattern = (found.at("pattern").text or "").lower()
        if all(word in pattern for word in words):
            yield found


def _alarms(found: Resource, graph: Graph) -> bool:
    doubt: Node | None = None
    name = found.at("metric_transformation.name")
    for alarm in graph.of(_ALARM):
        for metric in (alarm.at("metric_name"), *alarm.body.each("metric_query.metric.metric_name")):
            if found in graph.targets(metric) or (isinstance(name.data, str) and metric.data == name.data):
                return True
            if metric.unknown and not metric.refs:
                doubt = metric
    if name.unknown or doubt is not None:
        raise Undecided(doubt or name)
    return False
