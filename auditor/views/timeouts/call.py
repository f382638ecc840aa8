"""Who calls whom and waits for the answer: distributions, APIs, load balancers, services, functions, proxies of databases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Facet, Resource
from auditor.views.cache import of_graph
from auditor.views.connections.client import clients
from auditor.views.connections.endpoint import PROXY
from auditor.views.lambda_function import functions
from auditor.views.load_balancer import BALANCERS, LISTENERS, TARGET_GROUPS, balancer_type, balancers_of
from auditor.views.timeouts.application import Duration

DISTRIBUTION: Final = "aws_cloudfront_distribution"
REST: Final = "aws_api_gateway_integration"
HTTP: Final = "aws_apigatewayv2_integration"
URL: Final = "aws_lambda_function_url"
_STAGES: Final = ("aws_api_gateway_stage", "aws_api_gateway_deployment", "aws_apigatewayv2_api", "aws_apigatewayv2_stage")
_ORIGIN_READ, _REST, _HTTP, _IDLE, _FUNCTION = 30, 29, 30, 60, 3
"""Seconds that CloudFront, a REST API, an HTTP API, a load balancer and a function have when nothing is said."""


@dataclass(frozen=True, slots=True)
class Call:
    """One step. `waits`: how long the caller waits for an answer; `because` proves that it calls."""

    caller: Resource
    callee: Resource
    waits: Duration
    because: Node


def calls(graph: Graph) -> tuple[Call, ...]:
    """Every synchronous call that the graph proves. One whose waiting time is not known is left out."""
    return of_graph(graph, "synchronous-calls", lambda: tuple(_all(graph)))


def calls_from(caller: Resource, graph: Graph) -> tuple[Call, ...]:
    """The calls of one caller."""
    index: dict[Resource, list[Call]] = of_graph(graph, "calls-by-caller", lambda: _grouped(graph, lambda call: call.caller))
    return tuple(index.get(caller, ()))


def calls_to(callee: Resource, graph: Graph) -> tuple[Call, ...]:
    """The calls that one callee answers."""
    index: dict[Resource, list[Call]] = of_graph(graph, "calls-by-callee", lambda: _grouped(graph, lambda call: call.callee))
    return tuple(index.get(callee, ()))


def function_time(function: Resource) -> Duration:
    """How long a function may run. Raises `Undecided`."""
    return _time(function, function.at("timeout"), _FUNCTION, "timeout")


def idle_time(balancer: Resource) -> Duration:
    """After how long without a byte an application load balancer gives a connection up. Raises `Undecided`."""
    return _time(balancer, balancer.at("idle_timeout"), _IDLE, "idle_timeout")


def origin_read_time(distribution: Resource, origin: Node) -> Duration:
    """How long CloudFront waits for an origin, in each of its attempts. Raises `Undecided`."""
    return _time(distribution, origin.at("custom_origin_config.origin_read_timeout"), _ORIGIN_READ, "origin_read_timeout")


def integration_time(integration: Resource) -> Duration:
    """How long an API waits for its backend. Raises `Undecided`."""
    node = integration.at("timeout_milliseconds")
    found = _time(integration, node, 1000 * (_REST if integration.kind == REST else _HTTP), "timeout_milliseconds")
    return replace(found, seconds=found.seconds / 1000)


def _time(resource: Resource, node: Node, default: float, name: str) -> Duration:
    """The time that is written, else the default; plans, states and replies hold the default as if somebody had chosen it."""
    number = None if node.missing else node.number
    if number is None or (number == default and resource.facet is not Facet.WRITTEN):
        return Duration(default, node, f"the default of {name}", assumed=True)
    return Duration(number, node, name)


def _grouped(graph: Graph, end: Callable[[Call], Resource]) -> dict[Resource, list[Call]]:
    found: dict[Resource, list[Call]] = {}
    for call in calls(graph):
        found.setdefault(end(call), []).append(call)
    return found


def _all(graph: Graph) -> Iterator[Call]:
    yield from _of_distributions(graph)
    yield from _of_integrations(graph)
    yield from _of_balancers(graph)
    yield from _of_clients(graph)


def _of_distributions(graph: Graph) -> Iterator[Call]:
    for distribution in graph.of(DISTRIBUTION):
        for origin in distribution.body.each("origin"):
            node = origin.at("domain_name")
            for callee in _by_host(node, graph):
                yield from _call(distribution, callee, origin, node)


def _call(caller: Resource, callee: Resource, origin: Node, because: Node) -> Iterator[Call]:
    try:
        yield Call(caller, callee, origin_read_time(caller, origin), because)
    except Undecided:
        return


def _of_integrations(graph: Graph) -> Iterator[Call]:
    for integration in graph.of(REST, HTTP):
        if _asynchronous(integration):
            continue
        node = integration.at("uri" if integration.kind == REST else "integration_uri")
        callees: dict[Resource, None] = dict.fromkeys((*functions(node, graph), *_balancers(node, graph)))
        for link in graph.targets(integration.at("connection_id"), "aws_api_gateway_vpc_link"):
            callees.update(dict.fromkeys(it for arn in link.body.each("target_arns") for it in _balancers(arn, graph)))
        try:
            waits = integration_time(integration)
        except Undecided:
            continue
        for callee in callees:
            yield Call(integration, callee, waits, node)


def _asynchronous(integration: Resource) -> bool:
    """Whether the API does not wait for the function. Unknown counts as that: what is not known makes no finding."""
    node = integration.at('request_parameters["integration.request.header.X-Amz-Invocation-Type"]')
    return node.unknown or (isinstance(node.data, str) and "Event" in node.data)


def _of_balancers(graph: Graph) -> Iterator[Call]:
    for group, callee, because in (*_registered_functions(graph), *_registered_services(graph)):
        for balancer in balancers_of(group, graph):
            try:
                if balancer_type(balancer.body) == "application":
                    yield Call(balancer, callee, idle_time(balancer), because)
            except Undecided:
                continue


def _registered_functions(graph: Graph) -> Iterator[tuple[Resource, Resource, Node]]:
    for attachment in graph.of("aws_lb_target_group_attachment", "aws_alb_target_group_attachment"):
        for group in graph.targets(attachment.at("target_group_arn"), *TARGET_GROUPS.split()):
            for function in functions(attachment.at("target_id"), graph):
                yield group, function, attachment.at("target_id")


def _registered_services(graph: Graph) -> Iterator[tuple[Resource, Resource, Node]]:
    for service in graph.of("aws_ecs_service"):
        for node in service.body.each("load_balancer.target_group_arn"):
            for group in graph.targets(node, *TARGET_GROUPS.split()):
                yield group, service, node


def _of_clients(graph: Graph) -> Iterator[Call]:
    """Functions that speak to a database through its proxy; they wait as long as they may run."""
    for client in clients(graph):
        if client.endpoint.resource.kind != PROXY or client.resource.kind != "aws_lambda_function":
            continue
        try:
            yield Call(client.resource, client.endpoint.resource, function_time(client.resource), client.address)
        except Undecided:
            continue


def _balancers(node: Node, graph: Graph) -> tuple[Resource, ...]:
    """The load balancers that a value names: by host, by ARN, or through a listener."""
    kinds = BALANCERS.split()
    found = dict.fromkeys(graph.targets(node, *kinds))
    for listener in graph.targets(node, *LISTENERS.split()):
        found.update(dict.fromkeys(graph.targets(listener.at("load_balancer_arn"), *kinds)))
    found.update(dict.fromkeys(it for it in _by_host(node, graph) if it.kind in kinds))
    return tuple(found)


def _by_host(node: Node, graph: Graph) -> tuple[Resource, ...]:
    """What answers under the host that a value names: load balancers, APIs (their integrations) and functions with a URL."""
    found: dict[Resource, None] = {}
    for resource in (*graph.targets(node, *BALANCERS.split(), *_STAGES, URL, "aws_route53_record"), *_known_hosts(node, graph)):
        found.update(dict.fromkeys(_behind(resource, graph)))
    return tuple(found)


def _behind(resource: Resource, graph: Graph) -> Iterable[Resource]:
    if resource.kind == URL:
        return functions(resource.at("function_name"), graph)
    if resource.kind == "aws_route53_record":
        return (
            it for node in (resource.at("alias.name"), *resource.body.each("records")) for it in graph.targets(node, *BALANCERS.split())
        )
    if resource.kind not in _STAGES:
        return (resource,)
    apis = (
        (resource,)
        if resource.kind == "aws_apigatewayv2_api"
        else graph.targets(_api_of(resource), "aws_api_gateway_rest_api", "aws_apigatewayv2_api")
    )
    by_api: dict[Resource, list[Resource]] = of_graph(graph, "integrations-by-api", lambda: _integrations(graph))
    return (it for api in apis for it in by_api.get(api, ()))


def _api_of(stage: Resource) -> Node:
    return stage.at("api_id" if stage.kind == "aws_apigatewayv2_stage" else "rest_api_id")


def _integrations(graph: Graph) -> dict[Resource, list[Resource]]:
    found: dict[Resource, list[Resource]] = {}
    for integration in graph.of(REST, HTTP):
        node = integration.at("rest_api_id" if integration.kind == REST else "api_id")
        for api in graph.targets(node, "aws_api_gateway_rest_api", "aws_apigatewayv2_api"):
            found.setdefault(api, []).append(integration)
    return found


def _known_hosts(node: Node, graph: Graph) -> tuple[Resource, ...]:
    index: dict[str, list[Resource]] = of_graph(graph, "answering-hosts", lambda: _hosts(graph))
    text = node.data if isinstance(node.data, str) else ""
    return tuple(index.get(text.rstrip(".").lower(), ()))


def _hosts(graph: Graph) -> dict[str, list[Resource]]:
    found: dict[str, list[Resource]] = {}
    pairs = ((BALANCERS.split(), "dns_name"), (["aws_route53_record"], "fqdn"), (["aws_route53_record"], "name"))
    for kinds, path in pairs:
        for resource in graph.of(*kinds):
            text = resource.at(path).data
            if isinstance(text, str) and "." in text:
                found.setdefault(text.rstrip(".").lower(), []).append(resource)
    return found
