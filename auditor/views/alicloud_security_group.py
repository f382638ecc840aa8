"""Rules of security groups of Alibaba Cloud."""

from __future__ import annotations

from typing import Final

from auditor.model.node import Node
from auditor.views.address_range import is_anywhere
from auditor.views.port_range import includes

_OTHER_SOURCES: Final = ("source_security_group_id", "prefix_list_id", "ipv6_cidr_ip")


def open_to_world(body: Node, port: int) -> Node | None:
    """What lets the whole internet connect to a TCP port in an `alicloud_security_group_rule`; None where nothing does.

    A rule that names no source is for every address.
    """
    policy, direction = body.at("policy"), body.at("type")
    if direction.text != "ingress" or (policy.present and (policy.text or "").lower() == "drop"):
        return None
    if (body.at("ip_protocol").text or "").lower() not in ("tcp", "all") or not includes(body.at("port_range"), port):
        return None
    for path in ("cidr_ip", "ipv6_cidr_ip"):
        cidr = body.at(path)
        if cidr.present and is_anywhere(cidr.text):
            return cidr
    named = any(body.at(path).present for path in _OTHER_SOURCES)
    return None if named or body.at("cidr_ip").present else body.at("cidr_ip")
