"""CloudWatch alarms: which metrics of a resource somebody watches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.cache import of_graph

ALARM: Final = "aws_cloudwatch_metric_alarm"


@dataclass(frozen=True, slots=True)
class Watched:
    """One metric that an alarm reads: of the alarm itself, or of one of its queries."""

    alarm: Resource
    metric: Node
    namespace: Node
    dimensions: Node


def watched_metrics(alarm: Resource) -> Iterator[Watched]:
    """The metrics that an alarm reads."""
    if alarm.at("metric_name").unknown or alarm.at("metric_name").present:
        yield Watched(alarm, alarm.at("metric_name"), alarm.at("namespace"), alarm.at("dimensions"))
    for metric in alarm.body.each("metric_query.metric"):
        yield Watched(alarm, metric.at("metric_name"), metric.at("namespace"), metric.at("dimensions"))


def watched(resource: Resource, graph: Graph, dimension: str) -> dict[str, tuple[Watched, ...]]:
    """Metric -> the alarms on it that name a resource in a dimension. Raises `Undecided` where an alarm may watch anything."""
    index = of_graph(graph, f"watched-{dimension}", lambda: _index(graph, dimension))
    found: dict[str, list[Watched]] = {}
    for key in (resource, *graph.names(resource), *_suffixes(resource)):
        for it in index.by_key.get(key, ()):
            if it.metric.unknown:
                raise Undecided(it.metric)
            found.setdefault(it.metric.text or "", []).append(it)
    return {name: tuple(items) for name, items in found.items()}


def watches(resource: Resource, graph: Graph, dimension: str, *metrics: str) -> bool:
    """Whether an alarm watches one of these metrics of a resource. Raises `Undecided` when none is known to, but one may."""
    found = watched(resource, graph, dimension)
    if any(metric in found for metric in metrics):
        return True
    may_be_watched(resource, graph, dimension)
    return False


def may_be_watched(resource: Resource, graph: Graph, dimension: str) -> None:
    """Raises `Undecided` when an alarm that cannot be seen may watch the resource: one for anything, or in a module that was not read."""
    index = of_graph(graph, f"watched-{dimension}", lambda: _index(graph, dimension))
    if index.open:
        raise Undecided(index.open[0])
    graph.attached(resource, f'dimensions["{dimension}"]', ALARM)


@dataclass(frozen=True, slots=True)
class _Index:
    by_key: dict[object, list[Watched]]
    open: tuple[Node, ...]
    """The dimensions that may name anything."""


def _index(graph: Graph, dimension: str) -> _Index:
    by_key: dict[object, list[Watched]] = {}
    unknown: list[Node] = []
    for alarm in graph.of(ALARM):
        for it in watched_metrics(alarm):
            if it.dimensions.unknown and not it.dimensions.refs:
                unknown.append(it.dimensions)
                continue
            node = it.dimensions.at(f'["{dimension}"]')
            for ref in node.refs:
                for resource in graph.find(ref.address):
                    by_key.setdefault(resource, []).append(it)
            if isinstance(node.data, str):
                by_key.setdefault(node.data, []).append(it)
            elif node.unknown and not node.refs:
                unknown.append(node)
    return _Index(by_key, tuple(unknown))


def _suffixes(resource: Resource) -> Iterator[str]:
    """What load balancers and target groups are called in dimensions."""
    text = resource.at("arn_suffix").data
    if isinstance(text, str):
        yield text
