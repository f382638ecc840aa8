"""The capacity of a DynamoDB table: fixed, on demand, or raised by scaling targets."""

from __future__ import annotations

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.decide import some


def provisioned(table: Node) -> bool:
    """Whether its capacity is fixed by numbers, which is the provider's default."""
    mode = table.at("billing_mode")
    return mode.missing or mode.text == "PROVISIONED"


def scaled(table: Resource, graph: Graph, resource_id: str) -> bool:
    """Whether a scaling target names the table; `resource_id` has `{}` for its name (`table/{}`, `table/{}/index/by-date`)."""
    return some(*(lambda t=target: _names(t, table, graph, resource_id) for target in graph.of("aws_appautoscaling_target")))


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
