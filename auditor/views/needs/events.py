"""What EventBridge needs to hand events on through a role: rules, schedules and pipes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.decide import given
from auditor.views.iam.hole import HOLE
from auditor.views.needs.need import Need
from auditor.views.needs.row import Consumer, Row, needs_by
from auditor.views.needs.writing import sending

_FROM_RULE = (
    "aws_kinesis_stream",
    "aws_kinesis_firehose_delivery_stream",
    "aws_sfn_state_machine",
    "aws_cloudwatch_event_bus",
    "aws_codebuild_project",
    "aws_codepipeline",
)
_FROM_SCHEDULE = (*_FROM_RULE, "aws_sqs_queue", "aws_sns_topic", "aws_lambda_function")
TARGETS: Final = (
    Consumer("aws_cloudwatch_event_target", "role_arn", "events.amazonaws.com", sending("arn", "start the target", *_FROM_RULE)),
)
SCHEDULES: Final = (
    Consumer(
        "aws_scheduler_schedule",
        "role_arn",
        "scheduler.amazonaws.com",
        (
            *sending("arn", "start the target", *_FROM_SCHEDULE),
            *sending("dead_letter_config.arn", "hand over what failed", "aws_sqs_queue"),
        ),
        "target",
    ),
)
PIPES: Final = (
    Consumer(
        "aws_pipes_pipe",
        "role_arn",
        "pipes.amazonaws.com",
        (
            Row("sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes", "poll the queue", on="source", kinds="aws_sqs_queue"),
            Row(
                "kinesis:DescribeStream kinesis:GetRecords kinesis:GetShardIterator",
                "read the stream",
                on="source",
                kinds="aws_kinesis_stream",
            ),
            Row(
                "dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator",
                "read the stream of the table",
                on="source",
                kinds="aws_dynamodb_table",
                part=f"/stream/{HOLE}",
            ),
            *sending("target", "hand on what it reads", *_FROM_SCHEDULE),
            *sending("enrichment", "enrich what it reads", "aws_lambda_function", "aws_sfn_state_machine"),
        ),
    ),
)
_by_table = needs_by((*TARGETS, *SCHEDULES, *PIPES))
_BLOCKS = {"aws_cloudwatch_event_target": "", "aws_scheduler_schedule": "target"}
_TASK = "aws_ecs_task_definition"


def event_needs(resource: Resource, graph: Graph) -> Iterator[Need]:
    """What a rule's target, a schedule or a pipe needs of the role that it names."""
    yield from _by_table(resource, graph)
    block = _BLOCKS.get(resource.kind)
    if block is None:
        return
    for target in resource.each(block) if block else [resource.body]:
        role, path = target.at("role_arn"), "ecs_target.task_definition_arn" if not block else "ecs_parameters.task_definition_arn"
        task = target.at(path)
        if given(role) and given(task):
            yield from run_task_needs(role, task, graph)


def run_task_needs(role: Node, task: Node, graph: Graph) -> Iterator[Need]:
    """What starting an ECS task takes: the right to run it, and to pass its roles."""
    yield Need(role, ("ecs:RunTask",), None, task, "run the task")
    for definition in graph.targets(task, _TASK)[:1]:
        for path in ("execution_role_arn", "task_role_arn"):
            passed = definition.at(path)
            for found in graph.targets(passed, "aws_iam_role")[:1]:
                context = {"iam:PassedToService": "ecs-tasks.amazonaws.com"}
                yield Need(role, ("iam:PassRole",), found, task, f"pass {found.address} to the task", context=context)
