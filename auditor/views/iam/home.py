"""The account that a graph is about, as far as it tells."""

from __future__ import annotations

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.value import Unknown
from auditor.views.cache import of_graph
from auditor.views.iam.request import account_of


def account_in(graph: Graph) -> str:
    """The account that the ARNs of a graph tell, or its providers; empty when they tell none."""
    return of_graph(graph, "iam account", lambda: _account(graph))


def _account(graph: Graph) -> str:
    for identity in graph.of("data.aws_caller_identity"):
        if isinstance(found := identity.at("account_id").data, str) and found:
            return found
    for resource in graph.resources:
        for path in ("arn", "assume_role[0].role_arn", "allowed_account_ids[0]"):
            data = resource.at(path).data
            if isinstance(data, str) and (found := data if data.isdigit() else account_of(data)):
                return found
    return ""


def region_in(graph: Graph) -> str | None:
    """The region that the providers of a graph name; None where they name several, empty where they do not say."""
    found = {_shown(it.at("region")) for it in graph.of("provider.aws")}
    if len(found) > 1:
        return None
    known = [it.at("region").data for it in graph.of("provider.aws")]
    return known[0] if known and isinstance(known[0], str) else ""


def several_accounts(graph: Graph) -> bool:
    """Whether the providers of a graph lead to different accounts: nobody knows then which resource is in which."""
    return len({_leads_to(it.body) for it in graph.of("provider.aws")}) > 1


def _leads_to(provider: Node) -> tuple[str, ...]:
    """What of a provider decides over the account."""
    return tuple(_shown(provider.at(path)) for path in ("assume_role[0].role_arn", "allowed_account_ids[0]", "profile", "access_key"))


def _shown(node: Node) -> str:
    data = node.data
    return f"{data.reason} {data.prefix}" if isinstance(data, Unknown) else str(data)
