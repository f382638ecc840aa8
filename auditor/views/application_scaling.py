"""Application Auto Scaling: which policies and schedules scale a registered target (an ECS service, a table, a cluster)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final, TypeAlias

from auditor.model.address import Address
from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.value import Ref
from auditor.views.cache import of_graph, per_graph
from auditor.views.decide import undecided
from auditor.views.scaling.change import Step
from auditor.views.scaling.policy import ladder

TARGET: Final = "aws_appautoscaling_target"
POLICY: Final = "aws_appautoscaling_policy"
SCHEDULE: Final = "aws_appautoscaling_scheduled_action"

_Part: TypeAlias = "str | frozenset[Ref] | None"
"""A known text, what an unknown one is made from, or nothing that could be compared."""


def known_scalers(target: Resource, graph: Graph, *kinds: str) -> tuple[Resource, ...]:
    """The policies and schedules (or those of `kinds`) that are known to scale a target."""
    index = _index(graph, kinds or (POLICY, SCHEDULE))
    key = _key(target)
    found = dict.fromkeys(index.by_reference.get((target.root, target.address), ()))
    if None not in key:
        found.update(dict.fromkeys(index.by_key.get(key, ())))
    return tuple(found)


def scalers(target: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The same; raises `Undecided` when none is known, and there may be some."""
    found = known_scalers(target, graph)
    if found:
        return found
    key = _key(target)
    everyone = graph.of(POLICY, SCHEDULE)
    exact = all(isinstance(part, str) for part in key)
    for scaler in _index(graph, (POLICY, SCHEDULE)).inexact if exact else everyone:
        if all(map(_may_be_same, _key(scaler), key)):
            raise undecided(scaler.at("resource_id"), f"it is not known what {scaler.address.text} scales")
    if gap := graph.gap_for(target):
        raise undecided(target.body, gap)
    return ()


def targets_of(scaler: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The targets that a policy or a schedule is known to scale."""
    by_key: dict[tuple[_Part, ...], list[Resource]] = of_graph(graph, "scalable-targets-by-key", lambda: _targets_by_key(graph))
    key = _key(scaler)
    same = by_key.get(key, []) if None not in key else []
    return tuple(dict.fromkeys((*graph.targets(scaler.at("resource_id"), TARGET), *same)))


def policies_of(alarm: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The policies that an alarm starts."""
    return tuple(policy for action in alarm.body.each("alarm_actions") for policy in graph.targets(action, POLICY))


def steps(policy: Node) -> tuple[Step, ...]:
    """What a step policy does, by the distance from the alarm's threshold; empty for other policies. Raises `Undecided`."""
    table = policy.at("step_scaling_policy_configuration")
    return ladder(table) if table.present else ()


def _targets_by_key(graph: Graph) -> dict[tuple[_Part, ...], list[Resource]]:
    found: dict[tuple[_Part, ...], list[Resource]] = defaultdict(list)
    for target in graph.of(TARGET):
        found[_key(target)].append(target)
    return found


@dataclass(frozen=True, slots=True)
class _Index:
    by_reference: dict[tuple[str, Address], list[Resource]]
    by_key: dict[tuple[_Part, ...], list[Resource]]
    inexact: tuple[Resource, ...]
    """Those of which something is not known."""


@per_graph
def _index(graph: Graph, kinds: tuple[str, ...]) -> _Index:
    by_reference: dict[tuple[str, Address], list[Resource]] = defaultdict(list)
    by_key: dict[tuple[_Part, ...], list[Resource]] = defaultdict(list)
    inexact: list[Resource] = []
    for scaler in graph.of(*kinds):
        for target in graph.targets(scaler.at("resource_id"), TARGET):
            by_reference[target.root, target.address].append(scaler)
        key = _key(scaler)
        by_key[key].append(scaler)
        if not all(isinstance(part, str) for part in key):
            inexact.append(scaler)
    return _Index(by_reference, by_key, tuple(inexact))


def _key(resource: Resource) -> tuple[_Part, ...]:
    return tuple(_part(resource.at(name)) for name in ("resource_id", "scalable_dimension"))


def _part(node: Node) -> _Part:
    if node.unknown:
        return frozenset(node.refs) or None
    return node.text or ""


def _may_be_same(one: _Part, other: _Part) -> bool:
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return one == other
    return not (isinstance(one, str) and isinstance(other, str)) or one == other
