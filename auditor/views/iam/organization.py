"""The policies of an organization that reach an account: one level for each of its root, its organizational units and the account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from auditor.model.address import Address
from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Facet, Resource
from auditor.model.span import NOWHERE
from auditor.model.value import NO_PLACE, from_plain
from auditor.views.iam.layers import Held
from auditor.views.iam.names import Names
from auditor.views.policy import Policy, policies
from auditor.views.statement import Statement, Use

SCP: Final = "SERVICE_CONTROL_POLICY"
RCP: Final = "RESOURCE_CONTROL_POLICY"
_OU = "aws_organizations_organizational_unit"
_ACCOUNT = "aws_organizations_account"
_ROOT = "aws_organizations_organization"


def levels(account: str, kind: str, names: Names, *, full: Policy) -> tuple[Held, ...]:
    """What is attached to each level above an account, root first; `full` is what AWS attaches, which stands until it is replaced.

    A level on which only Deny statements are attached keeps what AWS attaches to it. Where the way from the root down to the account is not
    in the graph, what is attached to the units that may lie on it is in doubt.
    """
    graph = names.graph
    attached = list(_attached(kind, graph))
    if not attached:
        return ()
    way, complete = _way(account, graph)
    found: list[Held] = []
    for level in way:
        here = [policy for policy, target in attached if _is(target, level, graph)]
        held = _documents(here, graph)
        if not any(_may_allow(statement) for policy in held.policies for statement in policy.statements):
            held |= Held((full,))
        found.append(held)
    return (*found, *_elsewhere(attached, way, graph, full)) if not complete else tuple(found)


@cache
def full_access(kind: str) -> Policy:
    """What AWS attaches to every level."""
    name = "FullAWSAccess" if kind == SCP else "RCPFullAWSAccess"
    arn = f"arn:aws:organizations::aws:policy/{kind.lower()}/p-{name}"
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*", **({"Principal": "*"} if kind == RCP else {})}
    body = Node(from_plain({"content": {"Version": "2012-10-17", "Statement": [statement]}}, lambda _path: NO_PLACE))
    carrier = Resource(Address("aws", arn), "aws_organizations_policy", Facet.RUNNING, body, NOWHERE)
    return Policy(carrier, Use.GUARD, carrier.at("content"), carrier.at("content"))


def _attached(kind: str, graph: Graph) -> Iterator[tuple[Resource, Node]]:
    """(policy, what it is attached to)."""
    for attachment in graph.of("aws_organizations_policy_attachment"):
        node = attachment.at("policy_id")
        for policy in graph.of("aws_organizations_policy"):
            if policy in graph.targets(node, policy.kind) or (not node.unknown and node.data in graph.names(policy)):
                written = policy.at("type")
                if written.unknown or (written.text or SCP) == kind:
                    yield policy, attachment.at("target_id")


def _way(account: str, graph: Graph) -> tuple[list[str | Resource], bool]:
    """The levels from the root down to the account, and whether none of them is left out."""
    own = next((it for it in graph.of(_ACCOUNT) if account in graph.names(it)), None)
    if own is None and len(graph.of(_ACCOUNT)) == 1:
        only = graph.of(_ACCOUNT)[0]
        own = only if only.at("id").unknown or not isinstance(only.at("id").data, str) else None
    way: list[str | Resource] = [account if own is None else own]
    node = None if own is None else own.at("parent_id")
    while node is not None and (node.unknown or node.present):
        units = graph.targets(node, _OU) or tuple(it for it in graph.of(_OU) if not node.unknown and node.data in graph.names(it))
        if units and units[0] not in way:
            way.insert(0, units[0])
            node = units[0].at("parent_id")
            continue
        roots = graph.targets(node, _ROOT)
        at_root = bool(roots) or (not node.unknown and str(node.data).startswith("r-"))
        way.insert(0, _root(graph))
        return way, at_root
    way.insert(0, _root(graph))
    return way, False


def _root(graph: Graph) -> str | Resource:
    return next(iter(graph.of(_ROOT)), "root")


def _is(target: Node, level: str | Resource, graph: Graph) -> bool:
    """Whether something is attached to a level."""
    if isinstance(level, str):
        return not target.unknown and (target.data == level or (level == "root" and str(target.data).startswith("r-")))
    if level in graph.targets(target, level.kind):
        return True
    if target.unknown:
        return False
    return target.data in graph.names(level) or (level.kind == _ROOT and str(target.data).startswith("r-"))


def _elsewhere(attached: list[tuple[Resource, Node]], way: list[str | Resource], graph: Graph, full: Policy) -> tuple[Held, ...]:
    """What is attached to units of which nobody knows whether the account is below them."""
    others = [
        policy for policy, target in attached if not any(_is(target, level, graph) for level in way) and not _an_account(target, graph)
    ]
    doubt = "which organizational unit the account is in is not here, and {} may be above it"
    return tuple(replace(_documents([it], graph) | Held((full,)), doubt=doubt.format(it.address.text)) for it in dict.fromkeys(others))


def _an_account(target: Node, graph: Graph) -> bool:
    """Whether something is attached to one account, which is another one."""
    return bool(graph.targets(target, _ACCOUNT)) or (not target.unknown and str(target.data).isdigit())


def _documents(carriers: list[Resource], graph: Graph) -> Held:
    found: list[Policy] = []
    gaps: list[str] = []
    for carrier in carriers:
        try:
            found += policies(carrier, graph)
        except Undecided as reason:
            gaps.append(str(reason))
    return Held(tuple(found), tuple(gaps))


def _may_allow(statement: Statement) -> bool:
    if statement.where.unknown:
        return True
    effect = statement.where.at("Effect")
    return effect.unknown or effect.text == "Allow"
