"""Conditions that no request can meet."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Undecided
from auditor.model.resource import Resource
from auditor.views.iam.condition import holds
from auditor.views.iam.pattern import nothing_known
from auditor.views.iam.request import Context
from auditor.views.policy import ATTACHMENTS, Policy, Use, trust_statements
from auditor.views.statement import Condition, Statement

_EXACT: Final = frozenset({"stringequals", "bool", "numericequals", "stringequalsignorecase"})
_POSITIVE: Final = frozenset({"stringequals", "stringequalsignorecase", "stringlike", "bool", "arnequals", "arnlike", "ipaddress"})
_NOT_OF_SERVICES: Final = frozenset(
    {"aws:principalorgid", "aws:principalaccount", "aws:principalarn", "aws:username", "aws:principalorgpaths"}
)


def impossible(policy: Policy, statement: Statement, graph: Graph) -> Iterator[tuple[Condition, str]]:
    """Each condition of a statement that no request meets, with the reason."""
    conditions = statement.conditions
    yield from _contradictions(conditions)
    if not statement.allows:
        return
    for condition in conditions:
        if condition.optional or condition.test not in _POSITIVE or ":" in condition.operator:
            continue
        if reason := _reason(condition, policy, statement, graph):
            yield condition, reason


def _reason(condition: Condition, policy: Policy, statement: Statement, graph: Graph) -> str:
    key = condition.key.lower()
    if key == "aws:sourceip" and condition.test == "ipaddress" and all(_private(it.text or "") for it in condition.values):
        return "requests show the public address of the caller, or none at all where they come through a VPC endpoint (aws:VpcSourceIp)"
    if key in _NOT_OF_SERVICES and statement.use is not Use.IDENTITY and _only_services(statement):
        return "the calls of a service do not carry this key (aws:SourceOrgID and aws:SourceAccount are theirs)"
    if statement.use is Use.TRUST and key.endswith((":sub", ":aud")) and (issuer := _other_issuer(key, statement, graph)):
        return f"the tokens that this statement takes are of {issuer}, and carry that name before their keys"
    if statement.use is Use.IDENTITY:
        if key == "aws:username" and _only_roles(policy.resource, graph):
            return "sessions of roles have no aws:username"
        if (
            key == "aws:multifactorauthpresent"
            and any(it.flag is True for it in condition.values)
            and _machines_only(policy.resource, graph)
        ):
            return "nobody who becomes this role can show a second factor: its trust policy lets in services and tokens only"
    return ""


def _other_issuer(key: str, statement: Statement, graph: Graph) -> str:
    """The issuer of the tokens, where it is certainly another one than that in a key; empty otherwise."""
    wanted = key.rpartition(":")[0]
    issuers = []
    for principal in statement.principals:
        providers = graph.targets(principal.where, "aws_iam_openid_connect_provider")
        text = str(principal.where.data) if isinstance(principal.where.data, str) else ""
        urls = [it.at("url").data for it in providers] or ([text.partition("oidc-provider/")[2]] if "oidc-provider/" in text else [])
        if principal.kind != "Federated" or not urls or not all(isinstance(it, str) and it for it in urls):
            return ""
        issuers += [str(it).removeprefix("https://").rstrip("/").lower() for it in urls]
    same = any(wanted == it or wanted.startswith(f"{it}/") or it.startswith(f"{wanted}/") for it in issuers)
    return issuers[0] if issuers and not same and "${" not in wanted else ""


def _contradictions(conditions: tuple[Condition, ...]) -> Iterator[tuple[Condition, str]]:
    """A key that has to equal a value which another condition on the same key excludes."""
    for condition in conditions:
        if condition.test not in _EXACT or condition.optional or ":" in condition.operator:
            continue
        others = [it for it in conditions if it is not condition and it.key.lower() == condition.key.lower() and ":" not in it.operator]
        values = [it.text or "" for it in condition.values] if others else []
        if values and not any("${" in it for it in values):
            against = [next((it for it in others if _excludes(it, condition.key, value)), None) for value in values]
            if all(against):
                yield condition, f"{against[0].operator if against[0] else ''} on the same key excludes it"


def _excludes(condition: Condition, key: str, value: str) -> bool:
    return holds(condition, Context.of({key: value}, closed=True), nothing_known, variables=True) is False


def _private(text: str) -> bool:
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return network.version == 4 and any(network.subnet_of(it) for it in _PRIVATE)


_PRIVATE: Final = tuple(ipaddress.IPv4Network(it) for it in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))


def _only_services(statement: Statement) -> bool:
    kinds = {it.kind for it in statement.principals}
    return kinds == {"Service"}


def _principals(carrier: Resource, graph: Graph) -> tuple[Resource, ...]:
    """Whom an identity policy certainly belongs to; nothing where that is not known."""
    if carrier.kind in ("aws_iam_role", "aws_iam_user", "aws_iam_group"):
        return (carrier,)
    if carrier.kind == "aws_iam_role_policy":
        return graph.targets(carrier.at("role"), "aws_iam_role")
    if carrier.kind != "aws_iam_policy":
        return ()
    found: list[Resource] = []
    for kind in ATTACHMENTS:
        for taker in graph.attached(carrier, "policy_arn", kind) if graph.of(kind) else ():
            for path in ("role", "roles", "user", "users", "group", "groups"):
                for node in taker.each(path):
                    found += graph.targets(node, "aws_iam_role", "aws_iam_user", "aws_iam_group")
    return tuple(found)


def _only_roles(carrier: Resource, graph: Graph) -> bool:
    found = _known(carrier, graph)
    return bool(found) and all(it.kind == "aws_iam_role" for it in found)


def _machines_only(carrier: Resource, graph: Graph) -> bool:
    found = _known(carrier, graph)
    return bool(found) and all(it.kind == "aws_iam_role" and _trusts_machines_only(it, graph) for it in found)


def _known(carrier: Resource, graph: Graph) -> tuple[Resource, ...]:
    try:
        return _principals(carrier, graph)
    except Undecided:
        return ()


def _trusts_machines_only(role: Resource, graph: Graph) -> bool:
    principals = [it for statement in trust_statements(role, graph) if statement.allows for it in statement.principals]
    return bool(principals) and all(
        it.kind == "Service" or (it.kind == "Federated" and ":saml-provider/" not in str(it.where.data)) for it in principals
    )
