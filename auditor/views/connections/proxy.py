"""RDS Proxy: the settings of its pool, with their defaults."""

from __future__ import annotations

from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource

TARGET_GROUP: Final = "aws_db_proxy_default_target_group"
_PERCENT: Final = 100
_BORROW_SECONDS: Final = 120


def pool_config(proxy: Resource, graph: Graph) -> Node:
    """The `connection_pool_config` of a proxy; missing where nothing is set. Raises `Undecided` when it may stand where nobody sees it."""
    found = graph.attached(proxy, "db_proxy_name", TARGET_GROUP)
    return found[0].at("connection_pool_config") if found else proxy.at("connection_pool_config")


def share_taken(proxy: Resource, graph: Graph) -> float:
    """How many percent of the database's connections it may open. Raises `Undecided`."""
    number = pool_config(proxy, graph).at("max_connections_percent").number
    return _PERCENT if number is None else number


def borrow_timeout(proxy: Resource, graph: Graph) -> tuple[float, Node]:
    """(seconds that a client waits for a connection, where that is written). Raises `Undecided`."""
    node = pool_config(proxy, graph).at("connection_borrow_timeout")
    return (_BORROW_SECONDS if node.missing or node.number is None else node.number), node
