"""Principals of other accounts that the policy of a resource lets in, and that a resource control policy keeps out."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.rule import Fail
from auditor.views.iam.access import may, names_of
from auditor.views.iam.layers import Layer
from auditor.views.iam.request import account_of
from auditor.views.iam.target import of_target
from auditor.views.statement import Statement

KINDS = "aws_kms_key aws_s3_bucket aws_secretsmanager_secret aws_sqs_queue aws_iam_role"


def kept_out(target: Resource, graph: Graph) -> Iterator[Fail]:
    """The grants of a resource's policy to principals of other accounts that a resource control policy certainly denies."""
    if not graph.of("aws_organizations_policy_attachment"):
        return
    for policy in of_target(target, names_of(graph)).policies:
        for statement in policy.statements:
            for principal, text in _outsiders(statement, graph):
                denied = [it for it in _actions(statement) if _denied(text, it, target, graph)]
                if denied:
                    message = f"{target.address} lets {text} do {', '.join(denied)}, and a resource control policy denies that"
                    yield Fail(principal, message, expected="an exception in the resource control policy", related=(statement.where,))


def _outsiders(statement: Statement, graph: Graph) -> Iterator[tuple[Node, str]]:
    if statement.where.unknown or statement.where.at("Effect").unknown or not statement.allows:
        return
    home = names_of(graph).account
    for principal in statement.principals:
        text = principal.where.data
        if principal.kind == "AWS" and isinstance(text, str) and account_of(text) not in ("", home):
            yield principal.where, text


def _actions(statement: Statement) -> list[str]:
    return [it.data for it in statement.actions if isinstance(it.data, str) and not set(it.data) & set("*?")]


def _denied(principal: str, action: str, target: Resource, graph: Graph) -> bool:
    part = "/x" if target.kind == "aws_s3_bucket" and "Bucket" not in action else ""
    verdict = may(graph, principal, action, target, part=part).decision.verdict(Layer.RCP)
    return verdict is not None and verdict.denies is True
