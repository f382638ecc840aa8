"""Application Auto Scaling: which policies and schedules scale a registered target (an ECS service, a table, a cluster)."""

from __future__ import annotations

from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.decide import undecided

TARGET: Final = "aws_appautoscaling_target"
POLICY: Final = "aws_appautoscaling_policy"
SCHEDULE: Final = "aws_appautoscaling_scheduled_action"


def known_scalers(target: Resource, graph: Graph, *kinds: str) -> tuple[Resource, ...]:
    """The policies and schedules (or those of `kinds`) that are known to scale a target."""
    return tuple(other for other in graph.of(*(kinds or (POLICY, SCHEDULE))) if _scales(other, target, graph))


def scalers(target: Resource, graph: Graph) -> tuple[Resource, ...]:
    """All policies and schedules of a target; raises `Undecided` when there may be some that cannot be seen."""
    found = known_scalers(target, graph)
    for other in graph.of(POLICY, SCHEDULE):
        if other not in found and all(_may_be_same(other.at(name), target.at(name)) for name in ("resource_id", "scalable_dimension")):
            raise undecided(other.at("resource_id"), f"it is not known what {other.address.text} scales")
    if not found and graph.gaps and not target.address.module:
        raise undecided(target.body, graph.gaps[0])
    return found


def _scales(scaler: Resource, target: Resource, graph: Graph) -> bool:
    theirs, ours = scaler.at("resource_id"), target.at("resource_id")
    if target in graph.targets(theirs, TARGET):
        return True
    return _same(theirs, ours) and _same(scaler.at("scalable_dimension"), target.at("scalable_dimension"))


def _same(one: Node, other: Node) -> bool:
    """Whether two values are certainly equal: the same text, or unknown for the same reason."""
    if one.unknown or other.unknown:
        return one.unknown and other.unknown and bool(one.refs) and set(one.refs) == set(other.refs)
    return bool(one.text) and one.text == other.text


def _may_be_same(one: Node, other: Node) -> bool:
    if one.unknown and other.unknown and one.refs and other.refs:
        return set(one.refs) == set(other.refs)
    return one.unknown or other.unknown or one.text == other.text
