"""Roles that service accounts of Kubernetes take on, and whether the roles let them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.rule import Fail
from auditor.views.decide import given, undecided
from auditor.views.policy import trust_statements
from auditor.views.statement import Condition, glob

ANNOTATION = 'metadata.annotations["eks.amazonaws.com/role-arn"]'
_ROLE = re.compile(r"arn:aws[\w-]*:iam::(\d{12}|):role/(?:.*/)?([\w+=,.@-]+)$")


def refusals(account: Resource, graph: Graph) -> Iterator[Fail]:
    """That the role in a service account's annotation does not let this account in."""
    where = account.at(ANNOTATION)
    if not given(where):
        return
    role = _role(where, graph)
    name, namespace = account.at("metadata.name").text, account.at("metadata.namespace")
    if role is None:
        return
    subject = f"system:serviceaccount:{(namespace.text if given(namespace) else None) or 'default'}:{name}"
    limits: list[Node] = []
    for statement in trust_statements(role, graph):
        if statement.where.unknown or statement.where.at("Effect").unknown:
            raise undecided(where, f"the trust policy of {role.address} is not known")
        if not statement.allows or not any(it.kind == "Federated" for it in statement.principals):
            continue
        subjects = [it for it in statement.conditions if it.key.lower().endswith(":sub")]
        if not subjects or all(_accepts(it, subject) for it in subjects):
            return
        limits += [value for it in subjects for value in it.values]
    said = f"trusts {', '.join(it.text or '' for it in limits)}" if limits else "trusts no token of a cluster"
    yield Fail(where, f"this account is {subject}, and {role.address} {said}", expected=subject, related=(*limits[:1], role.body))


def _accepts(condition: Condition, subject: str) -> bool:
    exact = condition.test in ("stringequals", "stringequalsignorecase")
    return any(it.text == subject if exact else glob(it.text or "").fullmatch(subject) is not None for it in condition.values)


def _role(where: Node, graph: Graph) -> Resource | None:
    """The role that an annotation names, where Terraform declares it."""
    found = graph.targets(where, "aws_iam_role")
    if found:
        return found[0]
    named = _ROLE.match(where.text or "")
    roles = [it for it in (*graph.resources, *graph.context) if it.kind == "aws_iam_role"] if named else []
    return next((it for it in roles if named and it.at("name").data == named[2]), None)


def association_without_account(association: Resource, graph: Graph) -> Iterator[Fail]:
    """That no service account of an association's name is among those that the graph declares for its namespace."""
    namespace, name = association.at("namespace").text, association.at("service_account")
    accounts = [it for it in graph.of("ServiceAccount") if it.at("metadata.namespace").data == namespace]
    if not accounts or graph.of("helm_release"):
        return
    if any(it.at("metadata.name").unknown for it in accounts):
        raise undecided(name, "the name of a service account is not known")
    names = sorted(str(it.at("metadata.name").data) for it in accounts)
    if name.text not in names:
        message = f"{namespace} has no service account {name.text}; it has {', '.join(names)}"
        yield Fail(name, message, expected="the name of a service account", related=(accounts[0].body,))
