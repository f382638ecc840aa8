"""The way to a service of AWS by its gateway endpoint: through the route tables that the endpoint is in."""

from __future__ import annotations

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views import routes
from auditor.views.iam.truth import Truth
from auditor.views.network.journey import Journey
from auditor.views.network.naming import Gap, named
from auditor.views.network.naming import holders as holders_of
from auditor.views.network.party import Service
from auditor.views.network.subnet import Subnet

_ENDPOINT = "aws_vpc_endpoint"


def by_endpoint(journey: Journey, here: Subnet) -> Truth:
    """Whether the packet leaves by the gateway endpoint of its target, which is noted; if not it takes the way of the internet."""
    end = journey.target.end
    if not isinstance(end, Service):
        return False
    found = _serves(end.endpoint, here, journey.trace.graph)
    if found:
        journey.trace.passes(end.endpoint, end.endpoint.body, f"{here.table.words}: by the gateway endpoint")
        journey.trace.notes.append(f"the policy of {end.words} may refuse more")
    elif found is None:
        journey.trace.unknown(Gap(end.endpoint.body, f"whether {end.words} is in {here.table.words} is not known"))
    else:
        journey.trace.notes.append(f"{end.words} is not in {here.table.words}: its service is reached as the internet is")
    return found


def _serves(endpoint: Resource, here: Subnet, graph: Graph) -> Truth:
    """Whether an endpoint is in the table of a subnet."""
    table = here.table.resource
    if table is None:
        return None if here.table.gaps else False
    found = named(graph, endpoint.body.each("route_table_ids"), *routes.TABLES)
    index = holders_of(graph, "vpc_endpoint_id", (_ENDPOINT,), "aws_vpc_endpoint_route_table_association")
    apart = named(graph, [it.at("route_table_id") for it in index.by.get(endpoint, ())], *routes.TABLES)
    if table in found.declared or table in apart.declared:
        return True
    return None if found.gaps or apart.gaps or index.open else False
