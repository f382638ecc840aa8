"""Rules of OpenStack's security groups, in the old and the new vocabulary."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.node import Node
from auditor.views.address_range import is_anywhere
from auditor.views.port_range import lies_between


def open_to_world(body: Node, kind: str, port: int) -> Iterator[Node]:
    """The address blocks by which a group or a rule lets the whole internet connect to a TCP or UDP port."""
    if kind != "openstack_compute_secgroup_v2":
        ends = body.at("port_range_min"), body.at("port_range_max")
        if body.at("direction").text == "ingress" and _carries(body.at("protocol")) and lies_between(*ends, port):
            yield from _anywhere(body.at("remote_ip_prefix"))
        return
    for rule in body.each("rule"):
        if _carries(rule.at("ip_protocol")) and lies_between(rule.at("from_port"), rule.at("to_port"), port):
            yield from _anywhere(rule.at("cidr"))


def _carries(protocol: Node) -> bool:
    """Whether a protocol has ports; none at all stands for every one."""
    return (protocol.text or "").lower() in ("tcp", "udp", "6", "17", "any", "")


def _anywhere(block: Node) -> Iterator[Node]:
    if block.present and is_anywhere(block.text):
        yield block
