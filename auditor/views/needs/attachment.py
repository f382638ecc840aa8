"""Policies that may belong to a role or a resource although nobody can tell: what they hang on is not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Final, TypeAlias

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.cache import of_graph

_Paths: TypeAlias = tuple[tuple[str, str], ...]

ATTACHED: Final[_Paths] = (
    ("aws_iam_role_policy", "role"),
    ("aws_iam_role_policy_attachment", "role"),
    ("aws_iam_policy_attachment", "roles"),
)
"""(kind, path) of what gives policies to a role."""
CARRIED: Final[Mapping[str, _Paths]] = {
    "aws_dynamodb_table": (("aws_dynamodb_resource_policy", "resource_arn"),),
    "aws_ecr_repository": (("aws_ecr_repository_policy", "repository"),),
    "aws_kinesis_stream": (("aws_kinesis_resource_policy", "resource_arn"),),
    "aws_kms_key": (("aws_kms_key_policy", "key_id"),),
    "aws_lambda_function": (("aws_lambda_permission", "function_name"),),
    "aws_s3_bucket": (("aws_s3_bucket_policy", "bucket"),),
    "aws_secretsmanager_secret": (("aws_secretsmanager_secret_policy", "secret_arn"),),
    "aws_sns_topic": (("aws_sns_topic_policy", "arn"),),
    "aws_sqs_queue": (("aws_sqs_queue_policy", "queue_url"),),
}
"""Kind -> (kind, path) of what gives it a policy."""


def open_attachment(resource: Resource, attachments: _Paths, graph: Graph) -> str:
    """Why there may be one more policy of a resource than is seen, in words; empty when there cannot be."""
    if gap := graph.gap_for(resource):
        return f"{gap}, which may give it a policy"
    for kind, path in attachments:
        doubt = of_graph(graph, f"open {kind} {resource.kind}", partial(_open, kind, path, resource.kind, graph))
        if doubt:
            return doubt
    return ""


def _open(kind: str, path: str, wanted: str, graph: Graph) -> str:
    for carrier in graph.of(kind):
        if any(_may_be_any(node, wanted, graph) for node in _nodes(carrier, path)):
            return f"what {carrier.address} belongs to is not known"
    return ""


def _nodes(carrier: Resource, path: str) -> Iterable[Node]:
    node = carrier.at(path)
    return [node] if node.unknown else carrier.each(path)


def _may_be_any(node: Node, wanted: str, graph: Graph) -> bool:
    """Whether a value may name any resource of a kind: it is made from none that is here."""
    if not node.unknown:
        return False
    return not any(it.kind.removeprefix("data.") == wanted for it in graph.targets(node))
