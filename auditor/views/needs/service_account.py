"""Roles that service accounts of Kubernetes take on, and whether the roles let them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.rule import Fail
from auditor.views.cache import of_graph
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
    return next(iter(graph.called(named[2], "aws_iam_role")), None) if named else None


def association_without_account(association: Resource, graph: Graph) -> Iterator[Fail]:
    """That no service account of an association's name is among those that the graph declares for its namespace."""
    namespace, name = association.at("namespace").text, association.at("service_account")
    accounts = of_graph(graph, "service accounts", lambda: _by_namespace(graph)).get(namespace or "", {})
    if not accounts or graph.of("helm_release"):
        return
    if "" in accounts:
        raise undecided(name, "the name of a service account is not known")
    if name.text not in accounts:
        few = sorted(accounts)[:_SHOWN]
        message = f"{namespace} has no service account {name.text}; it has {', '.join(few)}{' ...' if len(few) < len(accounts) else ''}"
        yield Fail(name, message, expected="the name of a service account", related=(accounts[few[0]].body,))


_SHOWN = 5


def _by_namespace(graph: Graph) -> dict[str, dict[str, Resource]]:
    """Namespace -> the service accounts in it by name; an empty name stands for one that is not known."""
    found: dict[str, dict[str, Resource]] = {}
    for account in graph.of("ServiceAccount"):
        namespace, name = account.at("metadata.namespace").data, account.at("metadata.name").data
        found.setdefault(namespace if isinstance(namespace, str) else "default", {})[name if isinstance(name, str) else ""] = account
    return found
