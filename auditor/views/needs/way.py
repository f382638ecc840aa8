"""The VPC endpoints that the requests of a workload certainly go through, and whether their policies let them pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.decide import given
from auditor.views.iam.access import names_of
from auditor.views.iam.evaluate import evaluate
from auditor.views.iam.layers import Held, Layer, Layers
from auditor.views.iam.pattern import raw
from auditor.views.iam.question import Answer
from auditor.views.needs.lack import asked
from auditor.views.needs.need import Need, principal_of, target_of
from auditor.views.policy import Policy, policies

ENDPOINT = "aws_vpc_endpoint"
_SUBNET = "aws_subnet"
_SERVICES = {"ecr": ("ecr.api", "ecr.dkr")}
"""Prefix of actions -> the last words of the names of its endpoints, where they differ."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """A need whose request an endpoint certainly does not let through."""

    need: Need
    action: str
    answer: Answer


def endpoints_of(subnets: Iterable[Node], service: str, graph: Graph) -> tuple[Resource, ...]:
    """The endpoints with a policy of their own through which requests to a service leave all of these subnets."""
    found = [it for node in subnets for it in graph.targets(node, _SUBNET)]
    if not found:
        return ()
    near = dict.fromkeys(it for subnet in found for it in _near(subnet, graph))
    candidates = [it for it in near if _serves(it, service, graph) and _has_policy(it, graph)]
    return tuple(it for it in candidates if all(_leads(it, subnet, graph) for subnet in found))


def _near(subnet: Resource, graph: Graph) -> Iterator[Resource]:
    """The endpoints in the route tables of a subnet, and those in its VPC."""
    for table in _tables(subnet, graph):
        yield from graph.naming(table, "route_table_ids", ENDPOINT)
        for link in graph.naming(table, "route_table_id", "aws_vpc_endpoint_route_table_association"):
            yield from graph.targets(link.at("vpc_endpoint_id"), ENDPOINT)
    for network in graph.targets(subnet.at("vpc_id"), "aws_vpc"):
        yield from graph.naming(network, "vpc_id", ENDPOINT)


def _serves(endpoint: Resource, service: str, graph: Graph) -> bool:
    name = raw(endpoint.at("service_name"), names_of(graph).resolve)
    return any(name.endswith(f".{word}") for word in _SERVICES.get(service, (service,)))


def _has_policy(endpoint: Resource, graph: Graph) -> bool:
    if given(endpoint.at("policy")):
        return True
    return bool(graph.of("aws_vpc_endpoint_policy")) and bool(graph.attached(endpoint, "vpc_endpoint_id", "aws_vpc_endpoint_policy"))


def _leads(endpoint: Resource, subnet: Resource, graph: Graph) -> bool:
    """Whether what goes from a subnet to the endpoint's service goes through it."""
    kind = endpoint.at("vpc_endpoint_type")
    if kind.missing or kind.text == "Gateway":
        tables = _tables(subnet, graph)
        mine = [it for node in endpoint.each("route_table_ids") for it in graph.targets(node, "aws_route_table", "aws_default_route_table")]
        if graph.of("aws_vpc_endpoint_route_table_association"):
            for link in graph.attached(endpoint, "vpc_endpoint_id", "aws_vpc_endpoint_route_table_association"):
                mine += graph.targets(link.at("route_table_id"), "aws_route_table", "aws_default_route_table")
        return bool(tables) and all(table in mine for table in tables)
    private = endpoint.at("private_dns_enabled")
    same = set(graph.targets(endpoint.at("vpc_id"), "aws_vpc")) & set(graph.targets(subnet.at("vpc_id"), "aws_vpc"))
    return kind.text == "Interface" and private.flag is True and bool(same)


def _tables(subnet: Resource, graph: Graph) -> tuple[Resource, ...]:
    found: list[Resource] = []
    if graph.of("aws_route_table_association"):
        for link in graph.attached(subnet, "subnet_id", "aws_route_table_association"):
            found += graph.targets(link.at("route_table_id"), "aws_route_table", "aws_default_route_table")
    return tuple(found)


def blocked(needs: Iterable[Need], subnets: list[Node], graph: Graph) -> Iterator[Blocked]:
    """The needs that an endpoint's policy stops. Raises `Undecided` at the end for what is not certain."""
    doubt: Undecided | None = None
    for need in needs:
        try:
            yield from _blocked(need, subnets, graph)
        except Undecided as reason:
            doubt = doubt or reason
    if doubt is not None:
        raise doubt


def _blocked(need: Need, subnets: list[Node], graph: Graph) -> Iterator[Blocked]:
    principal = principal_of(need, graph)
    if principal is None or need.one_of:
        return
    for action in need.actions:
        ways = endpoints_of(subnets, action.partition(":")[0], graph)
        if not ways:
            continue
        answer = asked(need, graph, principal, action, target_of(need, graph))
        layers = replace(answer.layers, endpoint=Held(tuple(it for way in ways for it in _policies(way, graph))))
        decision = evaluate(answer.request, _only_endpoint(layers), names_of(graph).compiled)
        verdict = decision.verdict(Layer.ENDPOINT)
        if verdict is not None and (verdict.denies or verdict.allows is False):
            yield Blocked(need, action, replace(answer, layers=layers, decision=decision))


def _only_endpoint(layers: Layers) -> Layers:
    return Layers(endpoint=layers.endpoint, kind=layers.kind)


def _policies(endpoint: Resource, graph: Graph) -> Iterator[Policy]:
    yield from policies(endpoint, graph)
    if graph.of("aws_vpc_endpoint_policy"):
        for carrier in graph.attached(endpoint, "vpc_endpoint_id", "aws_vpc_endpoint_policy"):
            yield from policies(carrier, graph)
