"""The capacity of a DynamoDB table: fixed, on demand, or raised by scaling targets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.cache import per_graph
from auditor.views.decide import some


def provisioned(table: Node) -> bool:
    """Whether its capacity is fixed by numbers, which is the provider's default."""
    mode = table.at("billing_mode")
    return mode.missing or mode.text == "PROVISIONED"


def scaled(table: Resource, graph: Graph, resource_id: str) -> bool:
    """Whether a scaling target names the table; `resource_id` has `{}` for its name (`table/{}`, `table/{}/index/by-date`)."""
    index, name = _index(graph), table.at("name")
    by_text = graph.of("aws_appautoscaling_target") if name.unknown else index.by_text.get(resource_id.format(name.text), ())
    candidates = (*index.by_table.get(table, ()), *by_text, *index.unknown)
    return some(*(lambda t=target: _names(t, table, graph, resource_id) for target in candidates))


@dataclass(frozen=True, slots=True)
class _Index:
    """Scaling targets by what their `resource_id` says."""

    by_table: dict[Resource, list[Resource]]
    by_text: dict[str, list[Resource]]
    unknown: tuple[Resource, ...]


@per_graph
def _index(graph: Graph) -> _Index:
    by_table: dict[Resource, list[Resource]] = defaultdict(list)
    by_text: dict[str, list[Resource]] = defaultdict(list)
    unknown: list[Resource] = []
    for target in graph.of("aws_appautoscaling_target"):
        node = target.at("resource_id")
        tables = graph.targets(node, "aws_dynamodb_table")
        for table in tables:
            by_table[table].append(target)
        if not tables and not node.unknown:
            by_text[node.text or ""].append(target)
        elif not tables and not node.refs:
            unknown.append(target)
    return _Index(by_table, by_text, tuple(unknown))


def _names(target: Resource, table: Resource, graph: Graph, resource_id: str) -> bool:
    node = target.at("resource_id")
    refers = table in graph.targets(node, "aws_dynamodb_table")
    if refers and node.unknown:
        return True
    if not refers and node.unknown and node.refs:
        return False
    text = node.text or ""
    if refers:
        head, tail = resource_id.split("{}")
        return text.startswith(head) and text.endswith(tail) and (text.count("/") == resource_id.count("/"))
    name = table.at("name")
    return text == resource_id.format(name.text)


DIMENSIONS: Final = {"read_capacity": "dynamodb:table:ReadCapacityUnits", "write_capacity": "dynamodb:table:WriteCapacityUnits"}
"""The capacity of a table -> what a scaling target calls it."""


def scaling_target(table: Resource, graph: Graph, dimension: str) -> Resource | None:
    """The target that scales a capacity of the table itself; None when none is known to. Raises `Undecided`."""
    index, name = _index(graph), table.at("name")
    by_text: Sequence[Resource] = () if name.unknown else index.by_text.get(f"table/{name.text}", ())
    candidates: tuple[Resource, ...] = (*index.by_table.get(table, ()), *by_text)
    for target in candidates:
        if target.at("scalable_dimension").text == dimension and (target in by_text or _names(target, table, graph, "table/{}")):
            return target
    return None


def may_be_scaled(graph: Graph) -> bool:
    """Whether there are targets of which it is not known what they scale."""
    return bool(_index(graph).unknown) or bool(graph.gaps)
