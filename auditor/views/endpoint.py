"""VPC endpoints: for which service of AWS, of which type, and in which VPC."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.model.value import Unknown
from auditor.views.cache import per_graph
from auditor.views.decide import given, undecided
from auditor.views.network.vpc import Vpc, vpc_of

ENDPOINT = "aws_vpc_endpoint"
_SERVICE = re.compile(r"(?:com|cn\.com)\.amazonaws\.[a-z0-9-]+\.(.+)")


def service(endpoint: Resource) -> str:
    """The service without its region: `ecr.dkr`, `s3`; the whole name of an endpoint service of somebody else. Raises `Undecided`."""
    node = endpoint.at("service_name")
    if node.unknown:
        return _end_of(node)
    text = node.text or ""
    found = _SERVICE.fullmatch(text)
    return found[1] if found else text


def endpoint_type(endpoint: Resource) -> str:
    """`Gateway`, `Interface`, `GatewayLoadBalancer` ..."""
    node = endpoint.at("vpc_endpoint_type")
    return (node.text or "") if given(node) else "Gateway"


def endpoints_in(vpc: Vpc, graph: Graph, *services: str) -> tuple[Resource, ...]:
    """The endpoints of a VPC for one of these services; raises `Undecided` when none is known and one may be among those that are not."""
    found: list[Resource] = []
    doubt: Undecided | None = None
    index = _by_vpc(graph)
    near = (*index.get(vpc.key, ()), *index.get("", ())) if vpc.resource is not None else graph.of(ENDPOINT)
    for endpoint in near:
        try:
            if service(endpoint) not in services:
                continue
        except Undecided as reason:
            doubt = doubt or reason
            continue
        same = vpc.same(vpc_of(endpoint, graph))
        if same:
            found.append(endpoint)
        elif same is None:
            doubt = doubt or undecided(endpoint.at("vpc_id"), f"it is not known in which VPC {endpoint.address.text} is")
    if doubt is not None and not found:
        raise doubt
    if not found and vpc.resource is not None and (gap := graph.gap_for(vpc.resource)):
        raise undecided(vpc.resource.body, gap)
    return tuple(found)


@per_graph
def _by_vpc(graph: Graph) -> Mapping[str, list[Resource]]:
    """The endpoints by the name of their VPC; those of a VPC that is only named, or not known, may be in any: they are under no name."""
    found: dict[str, list[Resource]] = defaultdict(list)
    for endpoint in graph.of(ENDPOINT):
        home = vpc_of(endpoint, graph)
        found[home.key if home.resource is not None else ""].append(endpoint)
    return found


def _end_of(name: Node) -> str:
    """The service of a name whose region is not known: `com.amazonaws.${data.aws_region.current.name}.ecr.dkr`."""
    data = name.data
    if isinstance(data, Unknown) and len(data.parts) == 3 and data.parts[0] == "com.amazonaws." and isinstance(data.parts[2], str):
        return data.parts[2].removeprefix(".")
    return name.text or ""
