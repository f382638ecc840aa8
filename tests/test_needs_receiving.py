"""Whom a queue, a topic, a function, a bucket, a key and a role let in, by their own policies."""

from __future__ import annotations

import pytest

from auditor.model.node import Undecided
from auditor.views.iam.layers import Layer
from auditor.views.needs import buckets, receiving, volumes
from auditor.views.needs.keys import key_needs
from auditor.views.needs.row import Needs
from auditor.views.needs.trust import trust_needs
from tests.needs_made import BUCKET, FUNCTION, QUEUE, TOPIC, at, code, lacks

NOTIFIED = BUCKET + (
    'resource "aws_s3_bucket_notification" "p" {\n  bucket = aws_s3_bucket.b.id\n  %s {\n    %s_arn = %s\n    events = ["s3:ObjectCreated:*"]\n  }\n}\n'
)
RULE = 'resource "aws_cloudwatch_event_rule" "e" {\n  name = "e"\n}\n'
TARGET = RULE + 'resource "aws_cloudwatch_event_target" "p" {\n  rule = aws_cloudwatch_event_rule.e.name\n  arn = %s\n}\n'
SUBSCRIBED = (
    TOPIC + 'resource "aws_sns_topic_subscription" "p" {\n  topic_arn = aws_sns_topic.t.arn\n  protocol = "sqs"\n  endpoint = %s\n}\n'
)
ALARM = 'resource "aws_cloudwatch_metric_alarm" "p" {\n  alarm_name = "p"\n  alarm_actions = [aws_sns_topic.t.arn]\n}\n'
OTHERS = """
resource "aws_s3_bucket" "other" {
  bucket = "other"
}
resource "aws_sns_topic" "other" {
  name = "other"
}
resource "aws_cloudwatch_event_rule" "other" {
  name = "other"
}
"""
Q, T, F = "aws_sqs_queue.q.arn", "aws_sns_topic.t.arn", "aws_lambda_function.f.arn"


def queue_policy(service: str, source: str = "", effect: str = "Allow") -> str:
    condition = f', Condition = {{ ArnEquals = {{ "aws:SourceArn" = {source} }} }}' if source else ""
    statement = f'{{ Effect = "{effect}", Principal = {{ Service = "{service}.amazonaws.com" }}, Action = "sqs:SendMessage", Resource = {Q}{condition} }}'
    return f'resource "aws_sqs_queue_policy" "q" {{\n  queue_url = aws_sqs_queue.q.id\n  policy = jsonencode({{ Statement = [{statement}] }})\n}}\n'


def topic_policy(service: str) -> str:
    statement = f'{{ Effect = "Allow", Principal = {{ Service = "{service}.amazonaws.com" }}, Action = "sns:Publish", Resource = {T} }}'
    return f'resource "aws_sns_topic_policy" "t" {{\n  arn = {T}\n  policy = jsonencode({{ Statement = [{statement}] }})\n}}\n'


def permission(service: str, source: str = "") -> str:
    arn = f"  source_arn = {source}\n" if source else ""
    return (
        'resource "aws_lambda_permission" "f" {\n  action = "lambda:InvokeFunction"\n  function_name = aws_lambda_function.f.function_name\n'
        f'  principal = "{service}.amazonaws.com"\n{arn}}}\n'
    )


ROLE = 'resource "aws_iam_role" "r" {\n  name = "r"\n  assume_role_policy = "{}"\n}\n'
PLAIN = ROLE + FUNCTION % ""
SENT = QUEUE + NOTIFIED % ("queue", "queue", Q)
FED = QUEUE + SUBSCRIBED % Q
RUN = QUEUE + TARGET % Q
CALLED = PLAIN + TARGET % F
STORED = PLAIN + NOTIFIED % ("lambda_function", "lambda_function", F)
API = 'resource "aws_api_gateway_rest_api" "a" {\n  name = "a"\n}\n'
ANSWERED = (
    PLAIN
    + API
    + (
        'resource "aws_api_gateway_integration" "p" {\n  rest_api_id = aws_api_gateway_rest_api.a.id\n  http_method = "GET"\n'
        "  uri = aws_lambda_function.f.invoke_arn\n%s}\n"
    )
)
BALANCED = PLAIN + (
    'resource "aws_lb_target_group" "g" {\n  name = "g"\n  target_type = "lambda"\n}\n'
    f'resource "aws_lb_target_group_attachment" "p" {{\n  target_group_arn = aws_lb_target_group.g.arn\n  target_id = {F}\n}}\n'
)
SIGNED_UP = PLAIN + f'resource "aws_cognito_user_pool" "p" {{\n  name = "p"\n  lambda_config {{\n    pre_sign_up = {F}\n  }}\n}}\n'

# name -> (configuration, place, needs, True where it is let in, False where not, None where nobody knows)
RECEIVED: dict[str, tuple[str, str, Needs, bool | None]] = {
    "bucket to queue: no policy": (SENT, "aws_s3_bucket_notification.p", receiving.queue_needs, False),
    "bucket to queue: let in": (
        SENT + queue_policy("s3", "aws_s3_bucket.b.arn"),
        "aws_s3_bucket_notification.p",
        receiving.queue_needs,
        True,
    ),
    "bucket to queue: any source": (SENT + queue_policy("s3"), "aws_s3_bucket_notification.p", receiving.queue_needs, True),
    "bucket to queue: another bucket": (
        SENT + OTHERS + queue_policy("s3", "aws_s3_bucket.other.arn"),
        "aws_s3_bucket_notification.p",
        receiving.queue_needs,
        False,
    ),
    "bucket to queue: another service": (SENT + queue_policy("sns"), "aws_s3_bucket_notification.p", receiving.queue_needs, False),
    "bucket to queue: unknown source": (
        SENT + 'variable "source" {}\n' + queue_policy("s3", "var.source"),
        "aws_s3_bucket_notification.p",
        receiving.queue_needs,
        None,
    ),
    "bucket to queue: unknown policy": (
        SENT + 'variable "policy" {}\nresource "aws_sqs_queue_policy" "q" {\n  queue_url = aws_sqs_queue.q.id\n  policy = var.policy\n}\n',
        "aws_s3_bucket_notification.p",
        receiving.queue_needs,
        None,
    ),
    "topic to queue: no policy": (FED, "aws_sns_topic_subscription.p", receiving.queue_needs, False),
    "topic to queue: let in": (FED + queue_policy("sns", T), "aws_sns_topic_subscription.p", receiving.queue_needs, True),
    "topic to queue: another topic": (
        FED + OTHERS + queue_policy("sns", "aws_sns_topic.other.arn"),
        "aws_sns_topic_subscription.p",
        receiving.queue_needs,
        False,
    ),
    "rule to queue: no policy": (RUN, "aws_cloudwatch_event_target.p", receiving.queue_needs, False),
    "rule to queue: let in": (
        RUN + queue_policy("events", "aws_cloudwatch_event_rule.e.arn"),
        "aws_cloudwatch_event_target.p",
        receiving.queue_needs,
        True,
    ),
    "rule to queue: another rule": (
        RUN + OTHERS + queue_policy("events", "aws_cloudwatch_event_rule.other.arn"),
        "aws_cloudwatch_event_target.p",
        receiving.queue_needs,
        False,
    ),
    "rule to queue: denied": (RUN + queue_policy("events", effect="Deny"), "aws_cloudwatch_event_target.p", receiving.queue_needs, False),
    "rule to queue: by a role": (
        RUN.replace(f"arn = {Q}", f"arn = {Q}\n  role_arn = aws_iam_role.r.arn") + ROLE,
        "aws_cloudwatch_event_target.p",
        receiving.queue_needs,
        True,
    ),
    "rule to topic: no policy": (TOPIC + TARGET % T, "aws_cloudwatch_event_target.p", receiving.topic_needs, False),
    "rule to topic: let in": (TOPIC + TARGET % T + topic_policy("events"), "aws_cloudwatch_event_target.p", receiving.topic_needs, True),
    "alarm to topic: no policy": (TOPIC + ALARM, "aws_cloudwatch_metric_alarm.p", receiving.topic_needs, True),
    "alarm to topic: policy for others": (
        TOPIC + ALARM + topic_policy("events"),
        "aws_cloudwatch_metric_alarm.p",
        receiving.topic_needs,
        False,
    ),
    "alarm to topic: let in": (TOPIC + ALARM + topic_policy("cloudwatch"), "aws_cloudwatch_metric_alarm.p", receiving.topic_needs, True),
    "rule to function: none": (CALLED, "aws_cloudwatch_event_target.p", receiving.invoker_needs, False),
    "rule to function: permitted": (
        CALLED + permission("events", "aws_cloudwatch_event_rule.e.arn"),
        "aws_cloudwatch_event_target.p",
        receiving.invoker_needs,
        True,
    ),
    "rule to function: for another rule": (
        CALLED + OTHERS + permission("events", "aws_cloudwatch_event_rule.other.arn"),
        "aws_cloudwatch_event_target.p",
        receiving.invoker_needs,
        False,
    ),
    "rule to function: for another service": (CALLED + permission("s3"), "aws_cloudwatch_event_target.p", receiving.invoker_needs, False),
    "bucket to function: none": (STORED, "aws_s3_bucket_notification.p", receiving.invoker_needs, False),
    "bucket to function: permitted": (
        STORED + permission("s3", "aws_s3_bucket.b.arn"),
        "aws_s3_bucket_notification.p",
        receiving.invoker_needs,
        True,
    ),
    "API to function: none": (ANSWERED % "", "aws_api_gateway_integration.p", receiving.invoker_needs, False),
    "API to function: permitted": (
        ANSWERED % "" + permission("apigateway", '"${aws_api_gateway_rest_api.a.execution_arn}/*/*"'),
        "aws_api_gateway_integration.p",
        receiving.invoker_needs,
        True,
    ),
    "API to function: another API": (
        ANSWERED % ""
        + 'resource "aws_api_gateway_rest_api" "z" {\n  name = "z"\n}\n'
        + permission("apigateway", '"${aws_api_gateway_rest_api.z.execution_arn}/*/*"'),
        "aws_api_gateway_integration.p",
        receiving.invoker_needs,
        None,
    ),
    "API to function: with credentials": (
        ANSWERED % "  credentials = aws_iam_role.r.arn\n",
        "aws_api_gateway_integration.p",
        receiving.invoker_needs,
        True,
    ),
    "balancer to function: none": (BALANCED, "aws_lb_target_group_attachment.p", receiving.invoker_needs, False),
    "balancer to function: permitted": (
        BALANCED + permission("elasticloadbalancing", "aws_lb_target_group.g.arn"),
        "aws_lb_target_group_attachment.p",
        receiving.invoker_needs,
        True,
    ),
    "user pool to function: none": (SIGNED_UP, "aws_cognito_user_pool.p", receiving.invoker_needs, False),
    "user pool to function: permitted": (
        SIGNED_UP + permission("cognito-idp", "aws_cognito_user_pool.p.arn"),
        "aws_cognito_user_pool.p",
        receiving.invoker_needs,
        True,
    ),
}


@pytest.mark.parametrize(("text", "place", "needs", "let_in"), [pytest.param(*row, id=name) for name, row in RECEIVED.items()])
def test_whom_a_receiver_lets_in(text: str, place: str, needs: Needs, let_in: bool | None) -> None:
    found, doubts = lacks(code(text), place, needs)
    assert (bool(found), bool(doubts)) == (let_in is False, let_in is None)
    assert all(lack.layers == (Layer.RESOURCE,) for lack in found)


# -- keys

KEY = 'resource "aws_kms_key" "k" {\n  description = "k"\n%s}\n'
ENCRYPTED = 'resource "aws_sqs_queue" "q" {\n  name = "q"\n  kms_master_key_id = %s\n}\n'
READER = ROLE + (
    'resource "aws_iam_role_policy" "r" {\n  role = aws_iam_role.r.id\n  policy = jsonencode({ Statement = [\n'
    f'    {{ Effect = "Allow", Action = %s, Resource = {Q} }},%s\n  ] }})\n}}\n'
)
RECEIVE = READER % ('"sqs:ReceiveMessage"', "")
DECRYPT = '\n    { Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn },'
TRUSTS = '  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = %s }, Action = "kms:*", Resource = "*" }] })\n'
ALIAS = 'resource "aws_kms_alias" "a" {\n  name = "alias/k"\n  target_key_id = aws_kms_key.k.key_id\n}\n'

# name -> (configuration, the action that is missing; empty: none, None: not known)
READ: dict[str, tuple[str, str | None]] = {
    "no right on the key": (KEY % "" + ENCRYPTED % "aws_kms_key.k.arn" + RECEIVE, "kms:Decrypt"),
    "the role's own right": (KEY % "" + ENCRYPTED % "aws_kms_key.k.arn" + READER % ('"sqs:ReceiveMessage"', DECRYPT), ""),
    "by an alias": (KEY % "" + ALIAS + ENCRYPTED % "aws_kms_alias.a.name" + RECEIVE, "kms:Decrypt"),
    "the key policy names the role": (KEY % (TRUSTS % "aws_iam_role.r.arn") + ENCRYPTED % "aws_kms_key.k.arn" + RECEIVE, ""),
    "the key policy names another role": (
        KEY % (TRUSTS % '"arn:aws:iam::111122223333:role/x"')
        + ENCRYPTED % "aws_kms_key.k.arn"
        + READER % ('"sqs:ReceiveMessage"', DECRYPT),
        "kms:Decrypt",
    ),
    "a key of AWS": (ENCRYPTED % '"alias/aws/sqs"' + RECEIVE, ""),
    "no key": (QUEUE + RECEIVE, ""),
    "only what takes no key": (KEY % "" + ENCRYPTED % "aws_kms_key.k.arn" + READER % ('"sqs:GetQueueAttributes"', ""), ""),
    "the key is not here": (ENCRYPTED % '"arn:aws:kms:eu-west-1:111122223333:key/x"' + RECEIVE, None),
    "the key policy is not known": (
        'variable "policy" {}\n'
        + KEY % "  policy = var.policy\n"
        + ENCRYPTED % "aws_kms_key.k.arn"
        + READER % ('"sqs:ReceiveMessage"', DECRYPT),
        None,
    ),
}


@pytest.mark.parametrize(("text", "missing"), [pytest.param(*row, id=name) for name, row in READ.items()])
def test_who_may_use_the_key_of_what_it_reads(text: str, missing: str | None) -> None:
    found, doubts = lacks(code(text), "aws_iam_role.r", key_needs)
    assert [action for lack in found for action in lack.actions] == ([missing] if missing else [])
    assert bool(doubts) is (missing is None)


# -- trust

TRUSTING = 'resource "aws_iam_role" "r" {\n  name = "r"\n  assume_role_policy = %s\n}\n'
JSON = 'jsonencode({ Statement = [{ Effect = "%s", Action = "sts:AssumeRole", Principal = { Service = %s }%s }] })'
TRUSTED: dict[str, tuple[str, bool | None]] = {
    "the service": (JSON % ("Allow", '"lambda.amazonaws.com"', ""), True),
    "one of several": (JSON % ("Allow", '["ec2.amazonaws.com", "lambda.amazonaws.com"]', ""), True),
    "another service": (JSON % ("Allow", '"ec2.amazonaws.com"', ""), False),
    "denied": (JSON % ("Deny", '"lambda.amazonaws.com"', ""), False),
    "in a region": (JSON % ("Allow", '"lambda.eu-west-1.amazonaws.com"', ""), True),
    "for another function": (
        JSON % ("Allow", '"lambda.amazonaws.com"', ', Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:lambda:*:*:function:other" } }'),
        False,
    ),
    "for this function": (
        JSON % ("Allow", '"lambda.amazonaws.com"', ', Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:lambda:*:*:function:f" } }'),
        True,
    ),
    "on an unknown condition": (
        JSON % ("Allow", '"lambda.amazonaws.com"', ', Condition = { StringEquals = { "aws:PrincipalTag/x" = "y" } }'),
        None,
    ),
    "unknown": ("var.trust", None),
}


@pytest.mark.parametrize(("trust", "let_in"), [pytest.param(*row, id=name) for name, row in TRUSTED.items()])
def test_which_service_a_role_trusts(trust: str, let_in: bool | None) -> None:
    found, doubts = lacks(code('variable "trust" {}\n', TRUSTING % trust, FUNCTION % ""), "aws_lambda_function.f", trust_needs)
    assert (bool(found), bool(doubts)) == (let_in is False, let_in is None)
    assert all(lack.layers == (Layer.TRUST,) for lack in found)


def test_roles_that_aws_keeps_need_no_trust() -> None:
    role = '"arn:aws:iam::111122223333:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup"'
    graph = code(f'resource "aws_backup_selection" "p" {{\n  name = "p"\n  iam_role_arn = {role}\n}}\n')
    assert lacks(graph, "aws_backup_selection.p", trust_needs) == ([], [])


# -- buckets

TRAIL = BUCKET + 'resource "aws_cloudtrail" "p" {\n  name = "p"\n  s3_bucket_name = aws_s3_bucket.b.id\n}\n'
LOGGED = BUCKET + 'resource "aws_s3_bucket_logging" "p" {\n  bucket = "x"\n  target_bucket = aws_s3_bucket.b.id\n  target_prefix = ""\n}\n'
OPEN = '{ Effect = "Allow", Principal = { Service = "cloudtrail.amazonaws.com" }, Action = "s3:*", Resource = "*" }'
NETWORK = '{ Effect = "Deny", Principal = "*", Action = "s3:*", Resource = "*", Condition = { StringNotEquals = { "aws:SourceVpce" = "vpce-1" }%s } }'
GUARDED = NETWORK % ', Bool = { "aws:PrincipalIsAWSService" = "false" }'


def bucket_policy(*statements: str) -> str:
    return f'resource "aws_s3_bucket_policy" "b" {{\n  bucket = aws_s3_bucket.b.id\n  policy = jsonencode({{ Statement = [{", ".join(statements)}] }})\n}}\n'


REFUSED: dict[str, tuple[str, str, bool]] = {
    "trail without a policy": (TRAIL, "aws_cloudtrail.p", True),
    "trail let in": (TRAIL + bucket_policy(OPEN), "aws_cloudtrail.p", False),
    "trail behind a network": (TRAIL + bucket_policy(OPEN, NETWORK % ""), "aws_cloudtrail.p", True),
    "trail excepted from the network": (TRAIL + bucket_policy(OPEN, GUARDED), "aws_cloudtrail.p", False),
    "logs without a policy come by a list": (LOGGED, "aws_s3_bucket_logging.p", False),
    "logs behind a network": (LOGGED + bucket_policy(NETWORK % ""), "aws_s3_bucket_logging.p", True),
    "logs excepted from the network": (LOGGED + bucket_policy(GUARDED), "aws_s3_bucket_logging.p", False),
}


@pytest.mark.parametrize(("text", "place", "refused"), [pytest.param(*row, id=name) for name, row in REFUSED.items()])
def test_services_that_a_bucket_refuses(text: str, place: str, refused: bool) -> None:
    graph = code(text)
    assert bool(list(buckets.refusals(at(graph, place), graph))) is refused


# -- volumes


@pytest.mark.parametrize(
    ("principal", "faults"),
    [
        ('"arn:aws:iam::111122223333:role/x"', 1),
        (
            '"arn:aws:iam::${data.aws_caller_identity.c.account_id}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"',
            0,
        ),
        ('"*"', 0),
    ],
)
def test_who_launches_with_a_key(principal: str, faults: int) -> None:
    graph = code(
        'data "aws_caller_identity" "c" {}\n',
        KEY % (TRUSTS % principal),
        'resource "aws_launch_template" "p" {\n  name = "p"\n  block_device_mappings {\n    ebs {\n      kms_key_id = aws_kms_key.k.arn\n    }\n  }\n}\n',
        'resource "aws_autoscaling_group" "g" {\n  name = "g"\n  launch_template {\n    id = aws_launch_template.p.id\n  }\n}\n',
    )
    assert len(list(volumes.key_faults(at(graph, "aws_launch_template.p"), graph))) == faults


def test_a_key_that_trusts_the_account_does_not_say_whether_the_launching_role_gets_in() -> None:
    graph = code(
        KEY % (TRUSTS % '"arn:aws:iam::${data.aws_caller_identity.c.account_id}:root"'),
        'data "aws_caller_identity" "c" {}\n',
        'resource "aws_launch_template" "p" {\n  name = "p"\n  block_device_mappings {\n    ebs {\n      kms_key_id = aws_kms_key.k.arn\n    }\n  }\n}\n',
        'resource "aws_autoscaling_group" "g" {\n  name = "g"\n  launch_template {\n    id = aws_launch_template.p.id\n  }\n}\n',
    )
    with pytest.raises(Undecided):
        list(volumes.key_faults(at(graph, "aws_launch_template.p"), graph))
