"""Load balancers with their listeners and target groups; `aws_alb*` is an old name of `aws_lb*`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.cache import per_graph

BALANCERS: Final = "aws_lb aws_alb"
LISTENERS: Final = "aws_lb_listener aws_alb_listener"
RULES: Final = "aws_lb_listener_rule aws_alb_listener_rule"
TARGET_GROUPS: Final = "aws_lb_target_group aws_alb_target_group"
ATTACHMENTS: Final = "aws_lb_target_group_attachment aws_alb_target_group_attachment"

_POLICY = re.compile(r"ELBSecurityPolicy-(?:TLS13-1|TLS-1|FS-1)-([0-3])(?!\d)")
_OLDEST_DEFAULT = "ELBSecurityPolicy-2016-08"


def balancer_type(balancer: Node) -> str:
    """`application`, `network` or `gateway`."""
    node = balancer.at("load_balancer_type")
    return "application" if node.missing else node.text or ""


def is_public(balancer: Node) -> bool:
    """Whether it has public addresses."""
    return not balancer.at("internal").flag


def listeners(balancer: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The listeners of a load balancer; raises `Undecided` when there may be some that cannot be seen."""
    return graph.attached(balancer, "load_balancer_arn", *LISTENERS.split())


def actions(listener: Node) -> Iterator[Node]:
    """What a listener does by default, or a listener rule does: the tables with `type`."""
    yield from listener.each("default_action")
    yield from listener.each("action")


def forwarded(listener: Node) -> Iterator[Node]:
    """The ARNs of the target groups that a listener by default, or a listener rule, sends requests to."""
    for action in actions(listener):
        for path in ("target_group_arn", "forward.target_group.arn"):
            yield from (arn for arn in action.each(path) if arn.data != "")


def listeners_of(group: Resource, graph: Graph) -> tuple[Resource, ...]:
    """What is known to send requests to a target group: listeners; a rule, where its listener is not declared here."""
    return _fronts(graph).get(group, ())


def balancers_of(group: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The load balancers that are known to send requests to a target group."""
    kinds = BALANCERS.split()
    found = (owner for listener in listeners_of(group, graph) for owner in graph.targets(listener.at("load_balancer_arn"), *kinds))
    return tuple(dict.fromkeys(found))


@per_graph
def _fronts(graph: Graph) -> Mapping[Resource, tuple[Resource, ...]]:
    found: dict[Resource, dict[Resource, None]] = defaultdict(dict)
    for source in graph.of(*LISTENERS.split(), *RULES.split()):
        owners = graph.targets(source.at("listener_arn"), *LISTENERS.split()) or (source,)
        for arn in forwarded(source.body):
            for group in graph.targets(arn, *TARGET_GROUPS.split()):
                found[group].update(dict.fromkeys(owners))
    return {group: tuple(owners) for group, owners in found.items()}


def is_gateway_listener(listener: Resource, graph: Graph) -> bool:
    """Whether it belongs to a gateway load balancer, whose listeners have no protocol."""
    owners = graph.targets(listener.at("load_balancer_arn"), *BALANCERS.split())
    return any(balancer_type(owner.body) == "gateway" for owner in owners)


def redirects_to_https(listener: Node) -> bool:
    """Whether everything that the listener does is to send the client to HTTPS."""
    redirects = [action.at("redirect.protocol").text for action in listener.each("default_action") if action.at("type").text == "redirect"]
    return bool(redirects) and all(protocol == "HTTPS" for protocol in redirects)


def only_fixed_responses(listener: Node) -> bool:
    """Whether the listener answers everything with a fixed text, so that no application speaks through it."""
    types = [action.text for action in listener.each("default_action.type")]
    return bool(types) and all(text == "fixed-response" for text in types)


def security_policy(listener: Node) -> str:
    """The TLS policy; the one that AWS takes when none is named."""
    return listener.at("ssl_policy").text or _OLDEST_DEFAULT


def oldest_version(policy: str) -> int:
    """The minor version of the oldest TLS 1.x that a policy accepts: 0 for TLS 1.0."""
    found = _POLICY.match(policy)
    return int(found[1]) if found else 0


def has_weak_ciphers(policy: str) -> bool:
    """Whether a policy accepts ciphers without forward secrecy: the `Ext` ones, and those older than the `FS` ones."""
    return "-Ext" in policy or not policy.startswith(("ELBSecurityPolicy-TLS13-1-", "ELBSecurityPolicy-FS-"))


def subnets(balancer: Node) -> Iterator[Node]:
    """The subnets of a load balancer, however they are given."""
    yield from balancer.each("subnets")
    yield from balancer.each("subnet_mapping.subnet_id")
