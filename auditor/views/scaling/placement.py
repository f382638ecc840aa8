"""How many tasks of a service the groups behind its capacity providers hold when they have grown to their maximum."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.scaling.launch import types
from auditor.views.scaling.task import Need, need


@dataclass(frozen=True, slots=True)
class Placement:
    """The tasks that fit, and how that was counted, in words."""

    tasks: int
    words: str


def placement(task: Resource, groups: tuple[Resource, ...], graph: Graph) -> Placement | None:
    """What fits of a task into all groups together, each with its roomiest type; None where that is not known. Raises `Undecided`.

    The whole instance counts for the tasks, so that less will fit.
    """
    each = need(task, graph)
    parts = [found for group in groups if (found := _in_group(each, group, graph))]
    if not groups or len(parts) < len(groups):
        return None
    size = "one port of the instance" if each.ports else f"{each.cpu:g} CPU units and {each.memory:g} MiB"
    counted = ", ".join(words for _, words in parts)
    return Placement(sum(count for count, _ in parts), f"{counted}; a task takes {size}")


def _in_group(each: Need, group: Resource, graph: Graph) -> tuple[int, str] | None:
    known, most = types(group, graph), group.at("max_size").number
    if known is None or most is None:
        return None
    counts = [(count, it.name) for it in known if (count := each.fits(it)) is not None]
    if len(counts) < len(known):
        return None
    count, best = max(counts)
    return int(most) * count, f"{most:g} x {best} with {count} each"
