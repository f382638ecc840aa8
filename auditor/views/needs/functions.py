"""What Lambda functions need of their roles: network interfaces, logs, event sources, destinations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.decide import given
from auditor.views.iam.hole import HOLE
from auditor.views.lambda_function import functions
from auditor.views.needs.environment import environment_needs
from auditor.views.needs.need import Need, is_of
from auditor.views.needs.row import UNTOLD, Consumer, Row, needs_by, rows_of
from auditor.views.needs.writing import sending

FUNCTION: Final = "aws_lambda_function"
MAPPING: Final = "aws_lambda_event_source_mapping"
DESTINATIONS: Final = "aws_lambda_function_event_invoke_config"
KINDS: Final = f"{FUNCTION} {MAPPING} {DESTINATIONS}"
SERVICE: Final = "lambda.amazonaws.com"
_INTERFACES = "ec2:CreateNetworkInterface ec2:DescribeNetworkInterfaces ec2:DeleteNetworkInterface"

OWN: Final = Consumer(
    FUNCTION,
    "role",
    SERVICE,
    (
        Row(_INTERFACES, "reach its VPC", on=UNTOLD, when="vpc_config.subnet_ids"),
        *sending("dead_letter_config.target_arn", "hand over events that failed", "aws_sqs_queue", "aws_sns_topic"),
        Row("xray:PutTraceSegments xray:PutTelemetryRecords", "send its traces", when="tracing_config.mode", equals="Active"),
    ),
)
_own = needs_by([OWN])
_RESULTS = ("aws_sqs_queue", "aws_sns_topic", FUNCTION, "aws_cloudwatch_event_bus", "aws_s3_bucket")
_FAILED = "hand over events that failed"
_DESTINATIONS = (
    *sending("destination_config.on_failure.destination", _FAILED, *_RESULTS),
    *sending("destination_config.on_success.destination", "hand over its results", *_RESULTS),
)
_STREAM = f"/stream/{HOLE}"
_SOURCE = "event_source_arn"
_MAPPING = (
    Row("sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes", "poll the queue", on=_SOURCE, kinds="aws_sqs_queue"),
    Row(
        "kinesis:GetRecords kinesis:GetShardIterator kinesis:DescribeStream kinesis:ListShards",
        "read the stream",
        on=_SOURCE,
        kinds="aws_kinesis_stream",
    ),
    Row(
        "dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:DescribeStream dynamodb:ListStreams",
        "read the stream of the table",
        on=_SOURCE,
        kinds="aws_dynamodb_table",
        part=_STREAM,
    ),
    *sending(
        "destination_config.on_failure.destination_arn", "hand over batches that failed", "aws_sqs_queue", "aws_sns_topic", "aws_s3_bucket"
    ),
)
_BROKERS: Final[Mapping[str, str]] = {
    "aws_msk_cluster": "kafka:DescribeClusterV2 kafka:GetBootstrapBrokers",
    "aws_msk_serverless_cluster": "kafka:DescribeClusterV2 kafka:GetBootstrapBrokers",
    "aws_mq_broker": "mq:DescribeBroker",
}
_IN_VPC = Row(
    f"{_INTERFACES} ec2:DescribeVpcs ec2:DescribeSubnets ec2:DescribeSecurityGroups",
    "reach the brokers",
    on=UNTOLD,
    when=_SOURCE,
)


def function_needs(resource: Resource, graph: Graph) -> Iterator[Need]:
    """What a function, one of its event sources or its destinations need of the function's role, apart from logs."""
    if resource.kind == FUNCTION:
        yield from _own(resource, graph)
        return
    for function in functions(resource.at("function_name"), graph)[:1]:
        role = function.at("role")
        rows = _DESTINATIONS if resource.kind == DESTINATIONS else _MAPPING
        for row in rows:
            yield from rows_of(row, role, resource.body, graph)
        if resource.kind == MAPPING:
            yield from _of_brokers(resource, role, graph)


def variable_needs(resource: Resource, graph: Graph) -> Iterator[Need]:
    """What the environment of a function leads to."""
    tables = resource.each("environment.variables")
    variables = ((f"the variable {name}", value) for table in tables for name, value in table.entries())
    yield from environment_needs(resource.at("role"), variables, graph)


def _of_brokers(mapping: Resource, role: Node, graph: Graph) -> Iterator[Need]:
    source = mapping.at(_SOURCE)
    for kind, actions in _BROKERS.items():
        if given(source) and graph.targets(source, kind) and is_of(source, graph, (kind,)):
            purpose = "find the brokers"
            yield Need(role, tuple(actions.split()), None, source, purpose)
            yield from rows_of(_IN_VPC, role, mapping.body, graph)
    secret = ("aws_secretsmanager_secret",)
    for uri in (access.at("uri") for access in mapping.each("source_access_configuration")):
        if is_of(uri, graph, secret):
            yield Need(role, ("secretsmanager:GetSecretValue",), uri, uri, "log in to the brokers", secret)


def log_needs(resource: Resource, graph: Graph) -> Iterator[Need]:
    """What a function needs to write its logs."""
    role = resource.at("role")
    written, name = resource.at("logging_config.log_group"), resource.at("function_name")
    group: Node | str | None = written if given(written) else None
    if group is None and isinstance(name.data, str):
        known = graph.called(f"/aws/lambda/{name.data}", "aws_cloudwatch_log_group")
        group = known[0].at("name") if known else f"/aws/lambda/{name.data}"
    actions = ("logs:CreateLogStream", "logs:PutLogEvents")
    yield Need(role, actions, group, role, "write its logs", ("aws_cloudwatch_log_group",), f":log-stream:{HOLE}")
