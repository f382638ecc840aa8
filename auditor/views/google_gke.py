"""Clusters of Google Kubernetes Engine and their node pools."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from auditor.model.node import Node
from auditor.model.resource import Resource

CLUSTER: Final = "google_container_cluster"
POOL: Final = "google_container_node_pool"


def autopilot(cluster: Node) -> bool:
    """Whether Google runs the nodes, and decides on what concerns them."""
    return cluster.at("enable_autopilot").present and cluster.at("enable_autopilot").flag is True


def node_configs(body: Node, resource: Resource) -> Iterator[Node]:
    """The node configuration of a pool, or of a cluster's default pool, missing where none is written.

    Nothing for a cluster whose default pool is removed, or whose nodes Google runs.
    """
    if resource.kind == CLUSTER and (autopilot(body) or body.at("remove_default_node_pool").flag is True or body.at("node_pool").present):
        return
    yield body.at("node_config")
