"""Private endpoints: network interfaces in a subnet through which a service is reached without the internet."""

from __future__ import annotations

from auditor.model.graph import Graph
from auditor.model.resource import Resource


def private_endpoints(resource: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The private endpoints that lead to a resource; raises `Undecided` where a missing one proves nothing."""
    return graph.attached(resource, "private_service_connection.private_connection_resource_id", "azurerm_private_endpoint")
