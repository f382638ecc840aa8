"""Parameters of PostgreSQL servers, each of which is a resource of its own."""

from __future__ import annotations

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.decide import every, some


def is_on(parameter: str, server: Resource, graph: Graph) -> bool:
    """Whether a configuration of the server sets the parameter to `on`."""
    configurations = graph.attached(server, "server_name", "azurerm_postgresql_configuration")
    return some(
        *(
            lambda body=found.body: every(lambda: body.at("name").text == parameter, lambda: (body.at("value").text or "").lower() == "on")
            for found in configurations
        )
    )
