"""Hosted zones and records of Route 53."""

from __future__ import annotations

from functools import lru_cache

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource


def is_private(zone: Resource, graph: Graph) -> bool:
    """Whether a zone answers inside of VPCs only."""
    vpc = zone.at("vpc")
    if vpc.unknown or vpc.present:
        return True
    try:
        return bool(graph.attached(zone, "zone_id", "aws_route53_zone_association"))
    except Undecided:
        return False


@lru_cache(maxsize=8)
def secondaries(graph: Graph) -> tuple[Resource, ...]:
    """The failover records that are a secondary, or may be one."""
    kinds = ((record, record.at("failover_routing_policy.type")) for record in graph.of("aws_route53_record"))
    return tuple(record for record, kind in kinds if kind.unknown or kind.text == "SECONDARY")


def may_be_same_name(one: Node, other: Node) -> bool:
    """Whether two records may be of one name and type; a value that is not known may be any."""
    for attribute in ("name", "type"):
        a, b = one.at(attribute), other.at(attribute)
        if not a.unknown and not b.unknown and (a.text or "").rstrip(".").lower() != (b.text or "").rstrip(".").lower():
            return False
    return True
