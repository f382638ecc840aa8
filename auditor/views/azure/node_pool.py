"""Node pools of Kubernetes clusters: the default one is a block of its cluster, the others are resources."""

from __future__ import annotations

from auditor.model.node import Node
from auditor.model.resource import Resource


def pool_of(resource: Resource) -> Node:
    """The settings of the pool that a cluster or pool resource describes."""
    return resource.at("default_node_pool") if resource.kind == "azurerm_kubernetes_cluster" else resource.body
