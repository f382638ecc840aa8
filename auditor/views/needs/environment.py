"""What the environment of a workload leads to: a bucket, queue, table, topic or secret that a variable names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.iam.hole import HOLE
from auditor.views.needs.need import Need

_USES: Final[Mapping[str, tuple[str, str]]] = {
    "aws_s3_bucket": (
        (
            "s3:GetObject s3:PutObject s3:ListBucket s3:DeleteObject s3:GetBucketLocation s3:GetObjectVersion s3:GetObjectTagging "
            "s3:PutObjectTagging s3:GetObjectAttributes s3:PutObjectAcl s3:RestoreObject s3:ListBucketVersions"
        ),
        f"/{HOLE}",
    ),
    "aws_sqs_queue": (
        "sqs:SendMessage sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ChangeMessageVisibility",
        "",
    ),
    "aws_dynamodb_table": (
        (
            "dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem dynamodb:Scan dynamodb:DeleteItem dynamodb:BatchGetItem "
            "dynamodb:BatchWriteItem dynamodb:DescribeTable dynamodb:ConditionCheckItem dynamodb:PartiQLSelect dynamodb:PartiQLInsert "
            "dynamodb:PartiQLUpdate dynamodb:GetRecords dynamodb:ExportTableToPointInTime dynamodb:UpdateTable"
        ),
        "",
    ),
    "aws_sns_topic": ("sns:Publish sns:Subscribe sns:GetTopicAttributes sns:ListSubscriptionsByTopic sns:SetTopicAttributes", ""),
    "aws_secretsmanager_secret": (
        (
            "secretsmanager:GetSecretValue secretsmanager:BatchGetSecretValue secretsmanager:PutSecretValue secretsmanager:DescribeSecret "
            "secretsmanager:UpdateSecret secretsmanager:RotateSecret"
        ),
        "",
    ),
    "aws_kinesis_stream": (
        (
            "kinesis:PutRecord kinesis:PutRecords kinesis:GetRecords kinesis:SubscribeToShard kinesis:DescribeStream "
            "kinesis:DescribeStreamSummary kinesis:UpdateShardCount"
        ),
        "",
    ),
    "aws_sfn_state_machine": (
        "states:StartExecution states:StartSyncExecution states:DescribeStateMachine states:ListExecutions",
        "",
    ),
}
"""Kind -> what anybody who is told its name does with it (one of these is enough), and what of it that concerns."""
_NAMING: Final = frozenset({"arn", "id", "name", "bucket", "url", "queue_url", "bucket_regional_domain_name", "bucket_domain_name"})
_HINTS: Final = ("BUCKET", "QUEUE", "TABLE", "TOPIC", "SECRET", "STREAM", "STATE_MACHINE")
"""Words in the name of a variable by which a name that somebody chose is taken for that of a resource."""


def environment_needs(role: Node | Resource, variables: Iterable[tuple[str, Node]], graph: Graph) -> Iterator[Need]:
    """That the role may do something at all with each resource whose name is given to the workload, once for each resource."""
    seen: set[Resource] = set()
    for name, value in variables:
        for resource in _named(name, value, graph):
            if resource not in seen:
                seen.add(resource)
                actions, part = _USES[resource.kind]
                purpose = f"use {resource.address}, which {name} names"
                yield Need(role, tuple(actions.split()), resource, value, purpose, (resource.kind,), part, one_of=True)


def _named(name: str, value: Node, graph: Graph) -> tuple[Resource, ...]:
    """The resources that a variable names: by reference, as far as the text agrees, or by an ARN, a URL or a telling name."""
    refs = [ref for ref in value.refs if ref.attribute.partition("[")[0] in _NAMING]
    found = [it for ref in refs for it in graph.find(ref.address) if it.kind in _USES]
    text = value.data
    if not isinstance(text, str):
        return tuple(dict.fromkeys(found))
    if found:  # a plan tells of a whole block what it was made from
        return tuple(it for it in dict.fromkeys(found) if any(known in text for known in graph.names(it)))
    buckets = tuple(it for name_ in _BUCKET_IN.findall(text) for it in graph.called(name_, "aws_s3_bucket"))
    telling = text.startswith(("arn:", "https://sqs.")) or any(hint in name.upper() for hint in _HINTS) or _DISTINCT.search(text)
    known = graph.targets(value, *_USES) if telling else ()
    return (*dict.fromkeys(buckets), *(known if len(known) == 1 else ()))


_BUCKET_IN = re.compile(r"s3://([a-z0-9][a-z0-9.-]+)")
_DISTINCT = re.compile(r"[-/]")
"""What a name that somebody chose has in it where it is not just a word."""
