"""The actions by which something is handed over to a resource, by its kind: destinations, targets, dead letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from auditor.views.iam.hole import HOLE
from auditor.views.needs.row import Row

SENDING: Final[Mapping[str, tuple[str, str]]] = {
    "aws_sqs_queue": ("sqs:SendMessage", ""),
    "aws_sns_topic": ("sns:Publish", ""),
    "aws_lambda_function": ("lambda:InvokeFunction", ""),
    "aws_cloudwatch_event_bus": ("events:PutEvents", ""),
    "aws_kinesis_stream": ("kinesis:PutRecord", ""),
    "aws_kinesis_firehose_delivery_stream": ("firehose:PutRecord", ""),
    "aws_sfn_state_machine": ("states:StartExecution", ""),
    "aws_s3_bucket": ("s3:PutObject", f"/{HOLE}"),
    "aws_codebuild_project": ("codebuild:StartBuild", ""),
    "aws_codepipeline": ("codepipeline:StartPipelineExecution", ""),
}
"""Kind -> the action, and what of the resource it concerns."""


def sending(path: str, purpose: str, *kinds: str) -> tuple[Row, ...]:
    """A row for each of these kinds that may stand at a path."""
    return tuple(Row(SENDING[kind][0], purpose, on=path, kinds=kind, part=SENDING[kind][1]) for kind in kinds)
