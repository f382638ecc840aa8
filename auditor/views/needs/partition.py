"""Where ARNs do not begin with `arn:aws:`."""

from __future__ import annotations

from auditor.model.graph import Graph
from auditor.views.cache import of_graph


def foreign_partition(graph: Graph) -> bool:
    """Whether a graph is deployed to China or to a cloud of the United States' government: its ARNs are not put together here."""
    return of_graph(graph, "foreign partition", lambda: _foreign(graph))


def _foreign(graph: Graph) -> bool:
    regions = [it.at("region").data for it in graph.of("provider.aws")]
    arns = [it.at("arn").data for it in graph.of("aws_iam_role")]
    return any(str(it).startswith(("cn-", "us-gov-", "us-iso")) for it in regions) or any(str(it).startswith("arn:aws-") for it in arns)
