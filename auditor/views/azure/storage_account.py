"""Storage accounts with the settings that newer providers keep in resources of their own."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource

WITHOUT_QUEUES = frozenset({"BlobStorage", "BlockBlobStorage", "FileStorage"})
"""Kinds of accounts that have no queue and no table service."""

_ACCOUNT_PATHS = ("storage_account_id", "storage_account_name")


def of_account(account: Resource, graph: Graph, *kinds: str) -> tuple[Resource, ...]:
    """The resources of these kinds that name the account by id or by name."""
    found: dict[Resource, None] = {}
    for path in _ACCOUNT_PATHS:
        found.update(dict.fromkeys(graph.attached(account, path, *kinds)))
    return tuple(found)


def queue_logging(account: Resource, graph: Graph) -> Iterator[Node]:
    """The logging blocks of the account's queue service."""
    inside = list(account.body.each("queue_properties.logging"))
    if inside:
        yield from inside
        return
    for properties in graph.attached(account, "storage_account_id", "azurerm_storage_account_queue_properties"):
        yield from properties.body.each("logging")


def logs_everything(logging: Node) -> bool:
    """Whether reads, writes and deletions are logged."""
    return all(logging.at(operation).flag is True for operation in ("read", "write", "delete"))


def network_rules(account: Resource, graph: Graph) -> Iterator[Node]:
    """The network rules of the account, written inside of it or in a resource of their own."""
    inside = list(account.body.each("network_rules"))
    if inside:
        yield from inside
        return
    for rules in of_account(account, graph, "azurerm_storage_account_network_rules"):
        yield rules.body


def allows_by_default(rules: Node) -> bool:
    """Whether network rules let in the networks that they do not list."""
    return (rules.at("default_action").text or "Allow").lower() == "allow"


def open_by_itself(account: Resource, graph: Graph) -> bool:
    """Whether the account's own block opens it to every network: its rules allow them, or there are no rules anywhere."""
    inside = list(account.body.each("network_rules"))
    if inside:
        return any(allows_by_default(rules) for rules in inside)
    return not any(True for _ in network_rules(account, graph))


def collected(item: Node, graph: Graph, names: str) -> bool:
    """Whether Log Analytics collects the requests of items like this one, a container or a table; also when its account is not here."""
    for path in _ACCOUNT_PATHS:
        for account in graph.targets(item.at(path), "azurerm_storage_account"):
            insights = graph.attached(account, "storage_account_id", "azurerm_log_analytics_storage_insights")
            return any(insight.body.at(names).present for insight in insights)
    return all(item.at(path).missing or item.at(path).text is not None for path in _ACCOUNT_PATHS)
