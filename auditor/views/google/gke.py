"""Clusters of Google Kubernetes Engine and their node pools."""

from __future__ import annotations

from typing import Final

from auditor.model.node import Node
from auditor.model.resource import Resource

CLUSTER: Final = "google_container_cluster"
POOL: Final = "google_container_node_pool"


def autopilot(cluster: Node) -> bool:
    """Whether Google runs the nodes, and decides on what concerns them."""
    return cluster.at("enable_autopilot").present and cluster.at("enable_autopilot").flag is True


def decides_on_nodes(body: Node, resource: Resource) -> bool:
    """Whether the `node_config` of a pool or cluster says what nodes are like.

    That of a cluster does not when the default pool is removed, when pools are listed beside it, or when Google runs the nodes.
    """
    if resource.kind != CLUSTER:
        return True
    if autopilot(body) or body.at("node_pool").present:
        return False
    return body.at("remove_default_node_pool").flag is not True
