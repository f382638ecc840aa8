"""SQL servers with the policies that stand beside them."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource


def auditing(server: Resource, graph: Graph) -> Iterator[Node]:
    """The auditing policies of a server: the block of old providers, or resources of their own."""
    inside = list(server.body.each("extended_auditing_policy"))
    if inside:
        yield from inside
        return
    for policy in graph.attached(server, "server_id", "azurerm_mssql_server_extended_auditing_policy"):
        yield policy.body


def alert_policies(server: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The security alert policies of a server."""
    return graph.attached(server, "server_name", "azurerm_mssql_server_security_alert_policy")


def is_enabled(policy: Resource) -> bool:
    """Whether a security alert policy is switched on."""
    return policy.body.at("state").text == "Enabled"
