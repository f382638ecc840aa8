"""Peerings of VPCs: their two sides, and whether the other one has accepted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.resource import Facet, Resource
from auditor.views.iam.truth import Truth
from auditor.views.network.naming import Gap, holders, named, written
from auditor.views.network.trace import Code, Trace
from auditor.views.network.vpc import Vpc, vpc_of

CONNECTION: Final = "aws_vpc_peering_connection"
ACCEPTER: Final = "aws_vpc_peering_connection_accepter"


@dataclass(frozen=True, slots=True)
class Peering:
    """One peering between two VPCs."""

    resource: Resource
    requester: Vpc
    accepter: Vpc
    active: Truth
    gap: Gap | None = None

    def other(self, vpc: Vpc) -> Vpc | None:
        """The side that is not `vpc`; None when `vpc` may be neither."""
        if vpc.same(self.requester):
            return self.accepter
        if vpc.same(self.accepter):
            return self.requester
        return None


def peering(resource: Resource, graph: Graph) -> Peering:
    """A peering from its connection, or from its accepter."""
    connection = resource
    if resource.kind == ACCEPTER:
        connection = named(graph, [resource.at("vpc_peering_connection_id")], CONNECTION).one or resource
    requester, accepter = vpc_of(connection, graph), vpc_of(connection, graph, "peer_vpc_id")
    active, gap = _active(connection, graph)
    return Peering(connection, requester, accepter, active, gap)


def _active(connection: Resource, graph: Graph) -> tuple[Truth, Gap | None]:
    status = connection.at("accept_status").data
    if isinstance(status, str) and status:
        return status == "active", None
    auto = connection.at("auto_accept")
    if auto.data is True or auto.data == "true":
        return True, None
    accepters = holders(graph, "vpc_peering_connection_id", (CONNECTION,), ACCEPTER)
    if accepters.by.get(connection):
        given = accepters.by[connection][0].at("auto_accept")
        if given.unknown:
            return None, Gap(given, "whether the peering is accepted is not known")
        return bool(given.flag), None
    if auto.unknown:
        return None, Gap(auto, "whether the peering is accepted is not known")
    if accepters.open:
        return None, accepters.open[0][1]
    elsewhere = connection.at("peer_owner_id")
    foreign = written(elsewhere) or vpc_of(connection, graph, "peer_vpc_id").resource is None
    if foreign or connection.facet is Facet.RUNNING:
        return None, Gap(connection.body, "whether the other side has accepted the peering is not known here")
    return False, None


def note(trace: Trace, found: Peering) -> None:
    """Note whether packets pass a peering at all."""
    if found.active is False:
        reason = f"nobody accepts {found.resource.address.text}"
        fix = "set auto_accept = true, or add an aws_vpc_peering_connection_accepter"
        trace.blocked(found.resource, found.resource.body, Code.PEERING_NOT_ACTIVE, reason, fix)
    elif found.active is None and found.gap is not None:
        trace.unknown(found.gap)
