"""Scheduled actions of Auto Scaling groups: what they set, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Facet, Resource
from auditor.views import schedule as recurrence
from auditor.views.cache import of_graph

SCHEDULE: Final = "aws_autoscaling_schedule"
SIZES: Final = ("min_size", "desired_capacity", "max_size")
UNCHANGED: Final = -1
_DAY: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class Sizes:
    """What an action sets; None leaves it as it is."""

    least: int | None
    desired: int | None
    most: int | None

    @property
    def aim(self) -> int | None:
        """The size that it is after, as far as it says one."""
        return self.desired if self.desired is not None else self.least


def size(action: Resource, name: str) -> int | None:
    """What an action sets a size to; None for none. In code a size that is left out is sent as 0 by the provider. Raises `Undecided`."""
    node = action.at(name)
    if node.missing:
        return 0 if action.facet is Facet.WRITTEN else None
    number = node.number
    return None if number is None or number == UNCHANGED else int(number)


def sizes(action: Resource) -> Sizes:
    """All three. Raises `Undecided`."""
    return Sizes(*(size(action, name) for name in SIZES))


def earlier_of_group(action: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The actions before this one that certainly name the same group, by the same text or by the same reference."""
    groups: dict[object, list[Resource]] = of_graph(graph, "schedules-by-group", lambda: _by_group(graph))
    same = groups.get(_group(action), [])
    return tuple(same[: next((index for index, it in enumerate(same) if it is action), 0)])


def _by_group(graph: Graph) -> dict[object, list[Resource]]:
    found: dict[object, list[Resource]] = {}
    for action in graph.of(SCHEDULE):
        if key := _group(action):
            found.setdefault(key, []).append(action)
    return found


def _group(action: Resource) -> object:
    node = action.at("autoscaling_group_name")
    return node.refs if node.unknown else node.text


def minutes_apart(one: Node, other: Node) -> int | None:
    """The fewest minutes between two recurring actions on a day that both have; None when there is none, or they cannot be compared."""
    if any(action.at("recurrence").missing for action in (one, other)) or _zone(one) != _zone(other):
        return None
    first, second = (recurrence.parse(action.at("recurrence").text or "") for action in (one, other))
    if first.fault or second.fault or not (first.both and second.both):
        return None
    if not (first.months & second.months and first.days & second.days and first.weekdays & second.weekdays):
        return None
    gaps = [abs(a - b) for a in _times(first) for b in _times(second)]
    return min((min(gap, _DAY - gap) for gap in gaps), default=None)


def _times(it: recurrence.Schedule) -> set[int]:
    return {hour * 60 + minute for hour in it.hours for minute in it.minutes}


def _zone(action: Node) -> str:
    zone = action.at("time_zone")
    return "UTC" if zone.missing else zone.text or ""
