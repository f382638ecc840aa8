"""The words by which collectors say how values compare: each brings a value to a form in which equal means the same."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from auditor.drift.policy import canonical_policy

_PROTOCOLS = {"6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6", "ipv6-icmp": "icmpv6", "all": "-1"}
_SOURCES = ("cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups")


def cidr(value: Any) -> Any:
    """An address range without host bits, in the short form."""
    try:
        return str(ipaddress.ip_network(value, strict=False)) if isinstance(value, str) and value else value
    except ValueError:
        return value


def protocol(value: Any) -> Any:
    """The name of a protocol."""
    text = str(value).lower()
    return _PROTOCOLS.get(text, text)


def last(value: Any) -> Any:
    """The last part of an id that may have its account before it."""
    return value.rpartition("/")[2] if isinstance(value, str) else value


def json_text(value: Any) -> Any:
    """The structure of a JSON text."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value) if value.strip() else None
    except (ValueError, RecursionError):
        return value


def policy(value: Any) -> Any:
    """The meaning of a policy document."""
    return canonical_policy(json_text(value))


def default_list(value: Any) -> Any:
    """A listing in which `Default` alone says nothing."""
    return None if value in (["Default"], []) else value


def permissions(value: Any) -> Any:
    """The rules of a security group, one for each source."""
    return sorted(set(permission_texts(value)))


def permission_texts(items: Any) -> Iterator[str]:
    """`tcp 443 from 0.0.0.0/0 (all)` for each source of each permission."""
    for item in items if isinstance(items, list) else ():
        if not isinstance(item, dict):
            continue
        name = protocol(item.get("protocol"))
        ports = "" if name == "-1" else f" {_ports(item)}"
        described = f" ({item['description']})" if item.get("description") else ""
        sources = [source for attribute in _SOURCES for source in item.get(attribute) or []]
        for source in [*sources, *(["itself"] if item.get("self") is True else [])]:
            yield f"{'all protocols' if name == '-1' else name}{ports}, {cidr(source) if '/' in str(source) else source}{described}"


def _ports(item: Mapping[str, Any]) -> str:
    first, final = item.get("from_port") or 0, item.get("to_port") or 0
    return f"{first}" if first == final else f"{first}-{final}"


def entries(value: Any) -> Any:
    """The rules of a network ACL."""
    return sorted(_entry(item) for item in value if isinstance(item, dict)) if isinstance(value, list) else []


def _entry(item: Mapping[str, Any]) -> str:
    name = protocol(item.get("protocol"))
    ports = "" if name == "-1" else f" {_ports(item)}"
    icmp = f" type {item.get('icmp_type') or 0} code {item.get('icmp_code') or 0}" if name.startswith("icmp") else ""
    source = cidr(item.get("cidr_block") or item.get("ipv6_cidr_block"))
    return (
        f"rule {item.get('rule_no')} {str(item.get('action')).lower()} {'all protocols' if name == '-1' else name}{ports}{icmp}, {source}"
    )


WORDS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "cidr": cidr,
    "default-list": default_list,
    "entries": entries,
    "json": json_text,
    "last": last,
    "permissions": permissions,
    "policy": policy,
    "protocol": protocol,
}
"""`never` and `set` are not here: the first means not to look, the second is a shape."""
