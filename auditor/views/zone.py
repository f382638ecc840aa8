"""Hosted zones and records of Route 53, and the load balancers that records lead to."""

from __future__ import annotations

import re
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.model.value import Unknown
from auditor.views.cache import per_graph
from auditor.views.decide import given, undecided
from auditor.views.load_balancer import BALANCERS

_HOST: Final = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+")
ZONES = ("aws_route53_zone", "data.aws_route53_zone")


def is_private(zone: Resource, graph: Graph) -> bool:
    """Whether a zone answers inside of VPCs only."""
    vpc = zone.at("vpc")
    if vpc.unknown or vpc.present:
        return True
    try:
        return bool(graph.attached(zone, "zone_id", "aws_route53_zone_association"))
    except Undecided:
        return False


def secondaries(name: Node, graph: Graph) -> tuple[Resource, ...]:
    """The failover records that are a secondary, or may be one, and are of that name, or may be."""
    found = _secondaries(graph)
    if not isinstance(name.data, str):
        return tuple(record for records in found.values() for record in records)
    return (*found.get(_plain(name.data), ()), *found.get("", ()))


@per_graph
def _secondaries(graph: Graph) -> dict[str, list[Resource]]:
    """By name; under an empty one those whose name is not known."""
    found: dict[str, list[Resource]] = {}
    for record in graph.of("aws_route53_record"):
        kind, name = record.at("failover_routing_policy.type"), record.at("name").data
        if kind.unknown or kind.text == "SECONDARY":
            found.setdefault(_plain(name) if isinstance(name, str) else "", []).append(record)
    return found


def _plain(name: str) -> str:
    return name.rstrip(".").lower()


def may_be_same_name(one: Node, other: Node) -> bool:
    """Whether two records may be of one name and type; a value that is not known may be any."""
    for attribute in ("name", "type"):
        a, b = one.at(attribute), other.at(attribute)
        if not a.unknown and not b.unknown and (a.text or "").rstrip(".").lower() != (b.text or "").rstrip(".").lower():
            return False
    return True


def validates_certificate(record: Resource) -> bool:
    """Whether a record is made from what ACM asks for: a CNAME whose name begins with `_`, not told before the apply."""
    name = record.at("name").data
    return isinstance(name, Unknown) and "aws_acm_certificate." in name.reason and "domain_validation_options" in name.reason


def full_name(record: Resource, graph: Graph) -> str:
    """The whole name of a record, in lower case and without a last dot; raises `Undecided` when its zone is not known."""
    name = record.at("name")
    text = (name.text or "").rstrip(".").lower()
    for zone in graph.targets(record.at("zone_id"), *ZONES):
        suffix = zone.at("name")
        if given(suffix):
            end = (suffix.text or "").rstrip(".").lower()
            return text if text == end or text.endswith(f".{end}") else f"{text}.{end}".lstrip(".")
    raise undecided(record.at("zone_id"), "the name of the zone is not known here")


def records_named_in(node: Node, graph: Graph) -> tuple[Resource, ...]:
    """The records that a value names: by reference, or by their whole name as a host in its text (a URL, say).

    Raises `Undecided` when a record whose whole name is not known may be of that name too.
    """
    found = dict.fromkeys(graph.targets(node, "aws_route53_record"))
    if not isinstance(node.data, str) or any(ref for ref in node.refs if graph.find(ref.address)):
        return tuple(found)
    known, unclear = _by_full_name(graph)
    for host in map(str.lower, _HOST.findall(node.data)):
        if host in known:
            labels = host.split(".")
            for name in (None, *(".".join(labels[:count]) for count in range(len(labels) + 1))):
                if name in unclear:
                    raise undecided(unclear[name].body, f"it is not known which name {unclear[name].address.text} has")
            found.update(dict.fromkeys(known[host]))
    return tuple(found)


@per_graph
def _by_full_name(graph: Graph) -> tuple[dict[str, list[Resource]], dict[str | None, Resource]]:
    """The records by their whole name, and one by each text that is only the beginning of it, None where not even that is known."""
    known: dict[str, list[Resource]] = {}
    unclear: dict[str | None, Resource] = {}
    for record in graph.of("aws_route53_record"):
        try:
            known.setdefault(full_name(record, graph), []).append(record)
        except Undecided:
            name = record.at("name").data
            unclear.setdefault(_plain(name) if isinstance(name, str) else None, record)
    return known, unclear


def balancer_of(record: Resource, graph: Graph) -> Resource | None:
    """The load balancer that a record leads to: an alias of its name, or a CNAME; None for any other record."""
    nodes = [record.at("alias.name")]
    if record.at("type").data == "CNAME":
        nodes += record.each("records")
    for node in nodes:
        found = balancers_at(node, graph)
        if len(found) == 1:
            return found[0]
    return None


def balancers_at(node: Node, graph: Graph) -> tuple[Resource, ...]:
    """The load balancers that a value names, by reference, by ARN or by their host."""
    return graph.targets(node, *BALANCERS.split()) or _by_host(graph).get(_host(node), ())


def _host(node: Node) -> str:
    data = node.data
    return data.rstrip(".").lower().removeprefix("dualstack.") if isinstance(data, str) else ""


@per_graph
def _by_host(graph: Graph) -> dict[str, tuple[Resource, ...]]:
    found = {_host(it.at("dns_name")): (it,) for it in graph.of(*BALANCERS.split())}
    return {host: its for host, its in found.items() if host}


def records_in(zone: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The records of a zone. Raises `Undecided` when it is not known which zone one of the graph is in."""
    try:
        return graph.attached(zone, "zone_id", "aws_route53_record")
    except Undecided:
        if graph.unclear("zone_id", "aws_route53_record") is not None or graph.gaps:
            raise
        return ()


def hidden_names(zone: Resource, graph: Graph) -> list[Resource]:
    """The records of public zones with the name of this private one that it does not hold, by name. Raises `Undecided`."""
    if not is_private(zone, graph):
        return []
    own = {full_name(record, graph) for record in records_in(zone, graph)}
    wildcards = tuple(name[1:] for name in own if name.startswith("*."))
    found: dict[str, Resource] = {}
    for other in _zones_of(graph).get(_domain(zone), ()):
        if other is zone or is_private(other, graph):
            continue
        for record in records_in(other, graph):
            name = full_name(record, graph)
            if name not in own and not name.endswith(wildcards or ("\n",)):
                found.setdefault(name, record)
    return [found[name] for name in sorted(found)]


@per_graph
def _zones_of(graph: Graph) -> dict[str, list[Resource]]:
    """The zones by domain. Raises `Undecided` when the domain of one is not known."""
    found: dict[str, list[Resource]] = {}
    for zone in graph.of("aws_route53_zone"):
        found.setdefault(_domain(zone), []).append(zone)
    return found


def _domain(zone: Resource) -> str:
    return (zone.at("name").text or "").rstrip(".").lower()
