"""Security lists and network security groups of Oracle Cloud: what their incoming rules open."""

from __future__ import annotations

from typing import Final

from auditor.model.node import Node
from auditor.views.port_range import lies_between

_EVERYWHERE: Final = frozenset({"0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "::/0", "::/1", "8000::/1"})
_OPTIONS: Final = {"6": "tcp_options", "17": "udp_options"}


def opens_port(rule: Node, port: int, *protocols: str) -> bool:
    """Whether an incoming rule lets the whole internet connect to a port of these protocols (`6` for TCP, `17` for UDP).

    Ports of a protocol are written in its options, and without them all are open.
    """
    if rule.at("source").text not in _EVERYWHERE:
        return False
    said = rule.at("protocol").text or ""
    if said == "all":
        return True
    return any(_opens(rule, said, protocol, port) for protocol in protocols)


def _opens(rule: Node, said: str, protocol: str, port: int) -> bool:
    options = rule.at(_OPTIONS[protocol])
    if options.missing:
        return said == protocol
    ports = options.at("destination_port_range")
    ends = ports if ports.present else options
    return lies_between(ends.at("min"), ends.at("max"), port)
