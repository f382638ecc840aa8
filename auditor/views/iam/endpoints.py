"""The policies of VPC endpoints: what gets through to a service."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.model.node import Undecided
from auditor.model.resource import Resource
from auditor.views.iam.layers import Held
from auditor.views.iam.names import Names
from auditor.views.iam.pattern import raw, written
from auditor.views.policy import Policy, policies


def of_endpoint(names: Names, service: str, identity: str | None, blamed: bool) -> Held | None:
    """The policies of the endpoint that a request goes through.

    That is the one with the id `identity`, or, where an error text blames one, that of the service. None where the request goes through
    none that is here, or through one that lets everything pass.
    """
    graph = names.graph
    found = [it for it in graph.of("aws_vpc_endpoint") if identity is not None and identity in graph.names(it)]
    if not found and blamed:
        found = [it for it in graph.of("aws_vpc_endpoint") if _serves(it, service, names)]
    return through(found, names)


def through(endpoints: Sequence[Resource], names: Names) -> Held | None:
    """The policies of the endpoints; None where there are none, or they let everything pass."""
    if not endpoints:
        return None
    held = Held()
    for endpoint in endpoints:
        held |= _policies(endpoint, names)
    if len(endpoints) > 1:
        held |= Held(gaps=("several endpoints lead to the service: " + ", ".join(it.address.text for it in endpoints),))
    return held if held.policies or held.gaps else None


def _serves(endpoint: Resource, service: str, names: Names) -> bool:
    words = raw(endpoint.at("service_name"), names.resolve).split(".")
    return service in words[3:]


def _policies(endpoint: Resource, names: Names) -> Held:
    found: list[Policy] = []
    try:
        carriers = names.graph.attached(endpoint, "vpc_endpoint_id", "aws_vpc_endpoint_policy")
        for carrier in (endpoint, *carriers):
            if written(carrier.at("policy")):
                found += policies(carrier, names.graph)
    except Undecided as reason:
        return Held(tuple(found), (str(reason),))
    return Held(tuple(found))
