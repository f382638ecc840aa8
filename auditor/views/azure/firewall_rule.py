"""Firewall rules of database servers: ranges of addresses that may connect."""

from __future__ import annotations

from typing import Final

from auditor.model.node import Node

KINDS: Final = (
    "azurerm_mariadb_firewall_rule azurerm_mssql_firewall_rule azurerm_mysql_firewall_rule azurerm_mysql_flexible_server_firewall_rule "
    "azurerm_postgresql_firewall_rule azurerm_postgresql_flexible_server_firewall_rule azurerm_sql_firewall_rule"
)
FIRST: Final = "0.0.0.0"  # noqa: S104 - the start of a range, nothing listens there
LAST: Final = "255.255.255.255"


def from_first(rule: Node) -> bool:
    """Whether the range starts at the first address of all."""
    return (rule.at("start_ip_address").text or "").partition("/")[0] == FIRST


def to_last(rule: Node) -> bool:
    """Whether the range ends at the last address of all."""
    return rule.at("end_ip_address").text == LAST


def is_all_of_azure(rule: Node) -> bool:
    """Whether it is the rule that stands for every service and machine of Azure, whosever they are."""
    return from_first(rule) and rule.at("end_ip_address").text == FIRST
