"""Configurations that need something, each with the role that it acts through left open, and graphs made from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from auditor.model.graph import Graph
from auditor.model.node import Undecided
from auditor.model.resource import Resource
from auditor.model.rule import Example
from auditor.testing import read
from auditor.views.needs import builds, clusters, delivery, events, functions, instances, states, storage, tasks
from auditor.views.needs.lack import Lack, lack_of
from auditor.views.needs.row import Needs

BUCKET = 'resource "aws_s3_bucket" "b" {\n  bucket = "b-4711"\n}\n'
QUEUE = 'resource "aws_sqs_queue" "q" {\n  name = "q"\n}\n'
TOPIC = 'resource "aws_sns_topic" "t" {\n  name = "t"\n}\n'
TABLE = 'resource "aws_dynamodb_table" "d" {\n  name = "d"\n  stream_enabled = true\n}\n'
STREAM = 'resource "aws_kinesis_stream" "k" {\n  name = "k"\n}\n'
GROUP = 'resource "aws_cloudwatch_log_group" "g" {\n  name = "/g"\n}\n'
SECRET = 'resource "aws_secretsmanager_secret" "s" {\n  name = "s"\n}\n'
REPOSITORY = 'resource "aws_ecr_repository" "e" {\n  name = "e"\n}\n'
MACHINE = 'resource "aws_sfn_state_machine" "m" {\n  name = "m"\n  role_arn = "arn:aws:iam::111122223333:role/x"\n}\n'
FUNCTION = 'resource "aws_lambda_function" "f" {\n  function_name = "f"\n  role = aws_iam_role.r.arn\n%s}\n'
MAPPING = FUNCTION % "" + (
    'resource "aws_lambda_event_source_mapping" "p" {\n  function_name = aws_lambda_function.f.arn\n  event_source_arn = %s\n%s}\n'
)
TASK = (
    'resource "aws_ecs_task_definition" "p" {\n  family = "p"\n  %s = aws_iam_role.r.arn\n'
    "  container_definitions = jsonencode([{ name = %s }])\n}\n"
)
PROFILE = 'resource "aws_iam_instance_profile" "i" {\n  name = "i"\n  role = aws_iam_role.r.name\n}\n'


@dataclass(frozen=True, slots=True)
class Case:
    """A configuration: its text, the address whose needs are asked for, by which function, and what it needs (actions, resource)."""

    text: str
    place: str
    needs: Needs
    grants: tuple[tuple[str, str], ...]

    @property
    def actions(self) -> frozenset[str]:
        """Everything that is needed."""
        return frozenset(action for actions, _ in self.grants for action in actions.split())


def case(text: str, place: str, needs: Needs, *grants: tuple[str, str]) -> Case:
    return Case(text, place, needs, grants)


def machine(state: str) -> str:
    definition = f'jsonencode({{ StartAt = "A", States = {{ A = {state} }} }})'
    return f'resource "aws_sfn_state_machine" "p" {{\n  name = "p"\n  role_arn = aws_iam_role.r.arn\n  definition = {definition}\n}}\n'


def replication(inside: str = "") -> str:
    copy = 'resource "aws_s3_bucket" "c" {\n  bucket = "c-4711"\n}\n'
    rule = (
        f'  rule {{\n    id = "a"\n    status = "Enabled"\n{inside}    destination {{\n      bucket = aws_s3_bucket.c.arn\n    }}\n  }}\n'
    )
    head = 'resource "aws_s3_bucket_replication_configuration" "p" {\n  role = aws_iam_role.r.arn\n  bucket = aws_s3_bucket.b.id\n'
    return BUCKET + copy + head + rule + "}\n"


def schedule(target: str, more: str = "") -> str:
    return f'resource "aws_scheduler_schedule" "p" {{\n  name = "p"\n  target {{\n    arn = {target}\n    role_arn = aws_iam_role.r.arn\n{more}  }}\n}}\n'


def pipeline(provider: str, setting: str) -> str:
    action = f'    action {{\n      provider = "{provider}"\n      configuration = {{ {setting} }}\n    }}\n'
    return (
        f'resource "aws_codepipeline" "p" {{\n  name = "p"\n  role_arn = aws_iam_role.r.arn\n  stage {{\n    name = "s"\n{action}  }}\n}}\n'
    )


_INTERFACES = "ec2:CreateNetworkInterface ec2:DescribeNetworkInterfaces ec2:DeleteNetworkInterface"
_STREAMS = '"${aws_cloudwatch_log_group.g.arn}:*"'
_WRITE = "logs:CreateLogStream logs:PutLogEvents"
_Q, _T, _D, _K, _F = (
    "aws_sqs_queue.q.arn",
    "aws_sns_topic.t.arn",
    "aws_dynamodb_table.d.arn",
    "aws_kinesis_stream.k.arn",
    "aws_lambda_function.f.arn",
)
_OBJECTS = '"${aws_s3_bucket.b.arn}/*"'
_POLL = "sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes"
_SOURCE_OF_COPY = (
    ("s3:GetReplicationConfiguration s3:ListBucket", "aws_s3_bucket.b.arn"),
    ("s3:GetObjectVersionForReplication s3:GetObjectVersion s3:GetObjectVersionAcl s3:GetObjectVersionTagging", _OBJECTS),
)

CASES: dict[str, Case] = {
    "function in a VPC": case(
        FUNCTION % '  vpc_config {\n    subnet_ids = ["subnet-1"]\n  }\n',
        "aws_lambda_function.f",
        functions.function_needs,
        (_INTERFACES, '"*"'),
    ),
    "function with a dead letter queue": case(
        QUEUE + FUNCTION % f"  dead_letter_config {{\n    target_arn = {_Q}\n  }}\n",
        "aws_lambda_function.f",
        functions.function_needs,
        ("sqs:SendMessage", _Q),
    ),
    "function with a dead letter topic": case(
        TOPIC + FUNCTION % f"  dead_letter_config {{\n    target_arn = {_T}\n  }}\n",
        "aws_lambda_function.f",
        functions.function_needs,
        ("sns:Publish", _T),
    ),
    "function with traces": case(
        FUNCTION % '  tracing_config {\n    mode = "Active"\n  }\n',
        "aws_lambda_function.f",
        functions.function_needs,
        ("xray:PutTraceSegments xray:PutTelemetryRecords", '"*"'),
    ),
    "function with logs in a group of its own": case(
        GROUP + FUNCTION % "  logging_config {\n    log_group = aws_cloudwatch_log_group.g.name\n  }\n",
        "aws_lambda_function.f",
        functions.log_needs,
        (_WRITE, _STREAMS),
    ),
    "function with logs by default": case(FUNCTION % "", "aws_lambda_function.f", functions.log_needs, (_WRITE, '"*"')),
    "function on a queue": case(QUEUE + MAPPING % (_Q, ""), "aws_lambda_event_source_mapping.p", functions.function_needs, (_POLL, _Q)),
    "function on a stream": case(
        STREAM + MAPPING % (_K, ""),
        "aws_lambda_event_source_mapping.p",
        functions.function_needs,
        ("kinesis:GetRecords kinesis:GetShardIterator kinesis:DescribeStream kinesis:ListShards", _K),
    ),
    "function on a table": case(
        TABLE + MAPPING % ("aws_dynamodb_table.d.stream_arn", ""),
        "aws_lambda_event_source_mapping.p",
        functions.function_needs,
        (
            "dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:DescribeStream dynamodb:ListStreams",
            '"${aws_dynamodb_table.d.arn}/stream/*"',
        ),
    ),
    "function on a Kafka cluster": case(
        'resource "aws_msk_cluster" "c" {\n  cluster_name = "c"\n}\n' + MAPPING % ("aws_msk_cluster.c.arn", ""),
        "aws_lambda_event_source_mapping.p",
        functions.function_needs,
        ("kafka:DescribeClusterV2 kafka:GetBootstrapBrokers", '"*"'),
        (f"{_INTERFACES} ec2:DescribeVpcs ec2:DescribeSubnets ec2:DescribeSecurityGroups", '"*"'),
    ),
    "function whose failures go to a topic": case(
        TOPIC
        + FUNCTION % ""
        + 'resource "aws_lambda_function_event_invoke_config" "p" {\n  function_name = aws_lambda_function.f.function_name\n'
        + f"  destination_config {{\n    on_failure {{\n      destination = {_T}\n    }}\n  }}\n}}\n",
        "aws_lambda_function_event_invoke_config.p",
        functions.function_needs,
        ("sns:Publish", _T),
    ),
    "task with an image of ECR": case(
        REPOSITORY + TASK % ("execution_role_arn", '"p", image = "${aws_ecr_repository.e.repository_url}:1"'),
        "aws_ecs_task_definition.p",
        tasks.execution_needs,
        ("ecr:GetAuthorizationToken", '"*"'),
        ("ecr:BatchGetImage ecr:GetDownloadUrlForLayer", "aws_ecr_repository.e.arn"),
    ),
    "task with a log": case(
        GROUP
        + TASK
        % (
            "execution_role_arn",
            '"p", logConfiguration = { logDriver = "awslogs", options = { "awslogs-group" = aws_cloudwatch_log_group.g.name } }',
        ),
        "aws_ecs_task_definition.p",
        tasks.execution_needs,
        (_WRITE, _STREAMS),
    ),
    "task with a secret": case(
        SECRET + TASK % ("execution_role_arn", '"p", secrets = [{ name = "S", valueFrom = aws_secretsmanager_secret.s.arn }]'),
        "aws_ecs_task_definition.p",
        tasks.execution_needs,
        ("secretsmanager:GetSecretValue", "aws_secretsmanager_secret.s.arn"),
    ),
    "task with a part of a secret": case(
        SECRET
        + TASK % ("execution_role_arn", '"p", secrets = [{ name = "S", valueFrom = "${aws_secretsmanager_secret.s.arn}:password::" }]'),
        "aws_ecs_task_definition.p",
        tasks.execution_needs,
        ("secretsmanager:GetSecretValue", "aws_secretsmanager_secret.s.arn"),
    ),
    "task with a parameter": case(
        'resource "aws_ssm_parameter" "s" {\n  name = "/app/s"\n  type = "SecureString"\n}\n'
        + TASK % ("execution_role_arn", '"p", secrets = [{ name = "S", valueFrom = aws_ssm_parameter.s.arn }]'),
        "aws_ecs_task_definition.p",
        tasks.execution_needs,
        ("ssm:GetParameters", "aws_ssm_parameter.s.arn"),
    ),
    "service with a shell": case(
        TASK % ("task_role_arn", '"p"')
        + 'resource "aws_ecs_service" "v" {\n  name = "v"\n  task_definition = aws_ecs_task_definition.p.arn\n  enable_execute_command = true\n}\n',
        "aws_ecs_service.v",
        tasks.task_needs,
        (
            "ssmmessages:CreateControlChannel ssmmessages:CreateDataChannel ssmmessages:OpenControlChannel ssmmessages:OpenDataChannel",
            '"*"',
        ),
    ),
    "instance in an ECS cluster": case(
        PROFILE
        + 'resource "aws_instance" "p" {\n  iam_instance_profile = aws_iam_instance_profile.i.name\n  user_data = "echo ECS_CLUSTER=x"\n}\n',
        "aws_instance.p",
        instances.instance_needs,
        ("ecs:RegisterContainerInstance ecs:DiscoverPollEndpoint ecs:Poll ecs:SubmitTaskStateChange", '"*"'),
    ),
    "instance of an association": case(
        PROFILE
        + 'resource "aws_instance" "n" {\n  iam_instance_profile = aws_iam_instance_profile.i.name\n}\n'
        + 'resource "aws_ssm_association" "p" {\n  name = "x"\n  targets {\n    key = "InstanceIds"\n    values = [aws_instance.n.id]\n  }\n}\n',
        "aws_ssm_association.p",
        instances.instance_needs,
        ("ssm:UpdateInstanceInformation ssmmessages:CreateControlChannel ssmmessages:OpenControlChannel", '"*"'),
    ),
    "replication": case(
        replication(),
        "aws_s3_bucket_replication_configuration.p",
        storage.replication_needs,
        *_SOURCE_OF_COPY,
        ("s3:ReplicateObject s3:ReplicateTags", '"${aws_s3_bucket.c.arn}/*"'),
    ),
    "replication of deletions": case(
        replication('    delete_marker_replication {\n      status = "Enabled"\n    }\n'),
        "aws_s3_bucket_replication_configuration.p",
        storage.replication_needs,
        *_SOURCE_OF_COPY,
        ("s3:ReplicateObject s3:ReplicateTags s3:ReplicateDelete", '"${aws_s3_bucket.c.arn}/*"'),
    ),
    "flow log": case(
        GROUP
        + 'resource "aws_flow_log" "p" {\n  iam_role_arn = aws_iam_role.r.arn\n  log_destination = aws_cloudwatch_log_group.g.arn\n}\n',
        "aws_flow_log.p",
        delivery.flow_log_needs,
        (_WRITE, _STREAMS),
    ),
    "trail": case(
        GROUP
        + 'resource "aws_cloudtrail" "p" {\n  name = "p"\n  cloud_watch_logs_role_arn = aws_iam_role.r.arn\n'
        + '  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.g.arn}:*"\n}\n',
        "aws_cloudtrail.p",
        delivery.trail_needs,
        (_WRITE, _STREAMS),
    ),
    "delivery stream": case(
        BUCKET
        + 'resource "aws_kinesis_firehose_delivery_stream" "p" {\n  name = "p"\n  extended_s3_configuration {\n'
        + "    role_arn = aws_iam_role.r.arn\n    bucket_arn = aws_s3_bucket.b.arn\n  }\n}\n",
        "aws_kinesis_firehose_delivery_stream.p",
        delivery.firehose_needs,
        ("s3:PutObject", _OBJECTS),
    ),
    "delivery stream from a stream": case(
        STREAM
        + 'resource "aws_kinesis_firehose_delivery_stream" "p" {\n  name = "p"\n  kinesis_source_configuration {\n'
        + f"    role_arn = aws_iam_role.r.arn\n    kinesis_stream_arn = {_K}\n  }}\n}}\n",
        "aws_kinesis_firehose_delivery_stream.p",
        delivery.firehose_needs,
        ("kinesis:DescribeStream kinesis:GetShardIterator kinesis:GetRecords", _K),
    ),
    "logs of API Gateway": case(
        'resource "aws_api_gateway_account" "p" {\n  cloudwatch_role_arn = aws_iam_role.r.arn\n}\n',
        "aws_api_gateway_account.p",
        delivery.gateway_log_needs,
        ("logs:CreateLogGroup logs:CreateLogStream logs:DescribeLogGroups logs:DescribeLogStreams logs:PutLogEvents", '"*"'),
    ),
    "monitored database": case(
        'resource "aws_db_instance" "p" {\n  monitoring_role_arn = aws_iam_role.r.arn\n}\n',
        "aws_db_instance.p",
        delivery.monitoring_needs,
        ("logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents logs:PutRetentionPolicy", '"*"'),
    ),
    "state machine that sends": case(
        QUEUE
        + machine(
            '{ Type = "Task", Resource = "arn:aws:states:::sqs:sendMessage", Parameters = { QueueUrl = aws_sqs_queue.q.url }, End = true }'
        ),
        "aws_sfn_state_machine.p",
        states.machine_needs,
        ("sqs:SendMessage", _Q),
    ),
    "state machine that invokes": case(
        'resource "aws_lambda_function" "f" {\n  function_name = "f"\n}\n'
        + machine('{ Type = "Parallel", Branches = [{ States = { B = { Type = "Task", Resource = aws_lambda_function.f.arn } } }] }'),
        "aws_sfn_state_machine.p",
        states.machine_needs,
        ("lambda:InvokeFunction", _F),
    ),
    "state machine with an SDK call": case(
        machine('{ Type = "Task", Resource = "arn:aws:states:::aws-sdk:rds:startDBInstance", End = true }'),
        "aws_sfn_state_machine.p",
        states.machine_needs,
        ("rds:StartDBInstance", '"*"'),
    ),
    "rule that starts a state machine": case(
        MACHINE
        + 'resource "aws_cloudwatch_event_target" "p" {\n  rule = "x"\n  arn = aws_sfn_state_machine.m.arn\n  role_arn = aws_iam_role.r.arn\n}\n',
        "aws_cloudwatch_event_target.p",
        events.event_needs,
        ("states:StartExecution", "aws_sfn_state_machine.m.arn"),
    ),
    "rule that runs a task": case(
        'resource "aws_iam_role" "o" {\n  name = "o"\n  assume_role_policy = "{}"\n}\n'
        'resource "aws_ecs_task_definition" "t" {\n  family = "t"\n  task_role_arn = aws_iam_role.o.arn\n}\n'
        'resource "aws_cloudwatch_event_target" "p" {\n  rule = "x"\n  arn = "arn:aws:ecs:eu-west-1:1:cluster/c"\n  role_arn = aws_iam_role.r.arn\n'
        "  ecs_target {\n    task_definition_arn = aws_ecs_task_definition.t.arn\n  }\n}\n",
        "aws_cloudwatch_event_target.p",
        events.event_needs,
        ("ecs:RunTask", '"*"'),
        ("iam:PassRole", "aws_iam_role.o.arn"),
    ),
    "schedule that sends": case(QUEUE + schedule(_Q), "aws_scheduler_schedule.p", events.event_needs, ("sqs:SendMessage", _Q)),
    "schedule with a dead letter queue": case(
        QUEUE + TOPIC + schedule(_T, f"    dead_letter_config {{\n      arn = {_Q}\n    }}\n"),
        "aws_scheduler_schedule.p",
        events.event_needs,
        ("sns:Publish", _T),
        ("sqs:SendMessage", _Q),
    ),
    "pipe": case(
        QUEUE
        + TOPIC
        + f'resource "aws_pipes_pipe" "p" {{\n  name = "p"\n  role_arn = aws_iam_role.r.arn\n  source = {_Q}\n  target = {_T}\n}}\n',
        "aws_pipes_pipe.p",
        events.event_needs,
        (_POLL, _Q),
        ("sns:Publish", _T),
    ),
    "build": case(
        BUCKET
        + 'resource "aws_codebuild_project" "p" {\n  name = "p"\n  service_role = aws_iam_role.r.arn\n  artifacts {\n    type = "S3"\n'
        + "    location = aws_s3_bucket.b.bucket\n  }\n}\n",
        "aws_codebuild_project.p",
        builds.build_needs,
        (_WRITE, '"*"'),
        ("s3:PutObject", _OBJECTS),
    ),
    "pipeline that invokes": case(
        'resource "aws_lambda_function" "f" {\n  function_name = "f"\n}\n'
        + pipeline("Lambda", "FunctionName = aws_lambda_function.f.function_name"),
        "aws_codepipeline.p",
        builds.build_needs,
        ("lambda:InvokeFunction", _F),
    ),
    "pipeline with a connection": case(
        pipeline("CodeStarSourceConnection", 'ConnectionArn = "arn:aws:codestar-connections:eu-west-1:1:connection/x"'),
        "aws_codepipeline.p",
        builds.build_needs,
        ("codestar-connections:UseConnection codeconnections:UseConnection", '"*"'),
    ),
    "backup of a table": case(
        TABLE + f'resource "aws_backup_selection" "p" {{\n  name = "p"\n  iam_role_arn = aws_iam_role.r.arn\n  resources = [{_D}]\n}}\n',
        "aws_backup_selection.p",
        storage.backup_needs,
        ("dynamodb:StartAwsBackupJob dynamodb:CreateBackup", _D),
    ),
    "migration with a secret": case(
        SECRET
        + 'resource "aws_dms_endpoint" "p" {\n  secrets_manager_access_role_arn = aws_iam_role.r.arn\n'
        + "  secrets_manager_arn = aws_secretsmanager_secret.s.arn\n}\n",
        "aws_dms_endpoint.p",
        storage.dms_needs,
        ("secretsmanager:GetSecretValue", "aws_secretsmanager_secret.s.arn"),
    ),
    "job with a script": case(
        BUCKET
        + 'resource "aws_glue_job" "p" {\n  name = "p"\n  role_arn = aws_iam_role.r.arn\n  command {\n'
        + '    script_location = "s3://${aws_s3_bucket.b.bucket}/job.py"\n  }\n}\n',
        "aws_glue_job.p",
        storage.glue_needs,
        ("s3:GetObject", _OBJECTS),
    ),
    "crawler": case(
        BUCKET
        + 'resource "aws_glue_crawler" "p" {\n  name = "p"\n  role = aws_iam_role.r.arn\n  s3_target {\n    path = "s3://b-4711/in"\n  }\n}\n',
        "aws_glue_crawler.p",
        storage.glue_needs,
        ("s3:GetObject", _OBJECTS),
        ("s3:ListBucket", "aws_s3_bucket.b.arn"),
    ),
    "cluster": case(
        'resource "aws_eks_cluster" "p" {\n  name = "p"\n  role_arn = aws_iam_role.r.arn\n}\n',
        "aws_eks_cluster.p",
        clusters.cluster_needs,
        ("ec2:DescribeSubnets ec2:DescribeSecurityGroups ec2:DescribeVpcs ec2:DescribeInstances", '"*"'),
    ),
    "controller of volumes": case(
        'resource "aws_eks_addon" "p" {\n  cluster_name = "c"\n  addon_name = "aws-ebs-csi-driver"\n  service_account_role_arn = aws_iam_role.r.arn\n}\n',
        "aws_eks_addon.p",
        clusters.addon_needs,
        ("ec2:AttachVolume ec2:CreateVolume ec2:DeleteVolume ec2:DetachVolume ec2:DescribeInstances ec2:DescribeVolumes", '"*"'),
    ),
}


def code(*texts: str) -> Graph:
    (found,) = read(Example("test", "hcl", (("main.tf", "\n".join(texts)),), 1, True)).graphs
    return found


def at(graph: Graph, address: str) -> Resource:
    (found,) = [it for it in graph.resources if it.address.text == address]
    return found


def lacks(graph: Graph, place: str, needs: Callable[..., object]) -> tuple[list[Lack], list[str]]:
    """What is denied, and the reasons for what is not certain."""
    found, doubts = [], []
    for need in needs(at(graph, place), graph):  # type: ignore[attr-defined]  # whatever is given yields needs
        try:
            lack = lack_of(need, graph)
        except Undecided as reason:
            doubts.append(str(reason))
            continue
        if lack is not None:
            found.append(lack)
    return found, doubts
