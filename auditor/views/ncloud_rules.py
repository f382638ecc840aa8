"""Incoming and outgoing rules of NAVER Cloud's access control groups and network ACLs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from auditor.model.node import Node
from auditor.views.address_range import is_anywhere
from auditor.views.port_range import includes

GROUP_RULES: Final = "ncloud_access_control_group_rule"
ACL_RULES: Final = "ncloud_network_acl_rule"


def let_in(rules: Node, port: int) -> Iterator[Node]:
    """The address blocks of the incoming rules that let the whole internet connect to a TCP port."""
    for rule in rules.each("inbound"):
        action, block, ports = rule.at("rule_action"), rule.at("ip_block"), rule.at("port_range")
        if (action.present and action.text != "ALLOW") or (rule.at("protocol").text or "").upper() not in ("TCP", "6"):
            continue
        if block.present and is_anywhere(block.text) and (ports.missing or includes(ports, port)):
            yield block
