"""Cosmos DB accounts: the networks that they listen to."""

from __future__ import annotations

from auditor.model.node import Node
from auditor.views.decide import given


def limited_to_networks(account: Node) -> bool:
    """Whether only listed address ranges or subnets may connect to the public address."""
    subnets = account.at("is_virtual_network_filter_enabled").flag is True and account.at("virtual_network_rule").present
    return subnets or given(account.at("ip_range_filter"))
