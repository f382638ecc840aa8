"""What a role may do: the statements of all policies that hang on it, and the AWS managed policies by name."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.attachments import managed_policy
from auditor.views.policy import Statement, Use, policies


def statements_of(role: Resource, graph: Graph) -> Iterator[Statement]:
    """The statements that say what a role may do, inline ones and those of managed policies of the graph."""
    carriers = [role, *graph.attached(role, "role", "aws_iam_role_policy")]
    for arn in managed_of(role, graph):
        carriers += graph.targets(arn, "aws_iam_policy")
    for carrier in carriers:
        for policy in policies(carrier, graph):
            if policy.use is Use.IDENTITY:
                yield from policy.statements


def managed_of(role: Resource, graph: Graph) -> tuple[Node, ...]:
    """The ARNs of the managed policies that are attached to a role."""
    found = list(role.each("managed_policy_arns"))
    found += [taker.at("policy_arn") for taker in graph.attached(role, "role", "aws_iam_role_policy_attachment")]
    found += [taker.at("policy_arn") for taker in graph.attached(role, "roles", "aws_iam_policy_attachment")]
    return tuple(found)


def is_admin(role: Resource, graph: Graph) -> bool:
    """Whether a role without a permissions boundary may do everything."""
    boundary = role.at("permissions_boundary")
    if boundary.unknown or boundary.present:
        return False
    if any(managed_policy(arn, graph) == "AdministratorAccess" for arn in managed_of(role, graph)):
        return True
    return any(statement.admin for statement in statements_of(role, graph))
