"""Whose tokens a trust policy accepts."""

from __future__ import annotations

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.views.statement import Principal, Statement

_PROVIDERS = ("aws_iam_openid_connect_provider", "data.aws_iam_openid_connect_provider")
CLUSTER = "oidc.eks."
"""What stands in the issuer of a cluster of EKS."""


def issuer(principal: Principal, graph: Graph) -> str:
    """The issuer behind a federated principal, without `https://`; empty for SAML, and for one of which nothing is known."""
    if principal.kind != "Federated":
        return ""
    text = "" if principal.where.unknown else principal.where.text or ""
    if ":oidc-provider/" in text:
        return text.partition(":oidc-provider/")[2]
    for provider in graph.targets(principal.where, *_PROVIDERS):
        return _url(provider.at("url"), graph)
    return "" if ":saml-provider/" in text else text


def _url(node: Node, graph: Graph) -> str:
    if not node.unknown:
        return (node.text or "").removeprefix("https://")
    return CLUSTER if graph.targets(node, "aws_eks_cluster", "data.aws_eks_cluster") else ""


def federated(statement: Statement, graph: Graph) -> tuple[Principal, str] | None:
    """The first federated principal of a statement that is known, with its issuer."""
    return next(((principal, found) for principal in statement.principals if (found := issuer(principal, graph))), None)
