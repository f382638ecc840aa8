"""Who hands something to a function, a queue or a topic, so that its policy has to let the service in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.value import Ref
from auditor.views.decide import given
from auditor.views.iam.access import names_of
from auditor.views.iam.hole import HOLE
from auditor.views.iam.request import ContextValue
from auditor.views.needs.keys import key_at, key_of
from auditor.views.needs.need import Need, is_of, targets

FUNCTION: Final = "aws_lambda_function"
QUEUE: Final = "aws_sqs_queue"
TOPIC: Final = "aws_sns_topic"


@dataclass(frozen=True, slots=True)
class Sender:
    """What hands something over: the path that names the receiver, the service that calls it, and what the call says that it comes from.

    `origin` is the path of that resource, `kinds` what it may be; empty for the sender itself. `unless`: a path that, where it is written,
    names a role that the call is made with instead.
    """

    kind: str
    path: str
    service: str
    origin: str = ""
    kinds: str = ""
    unless: str = ""
    behind: str = ""


_NOTIFIER = "aws_s3_bucket_notification"
_TARGET = Sender("aws_cloudwatch_event_target", "arn", "events", "rule", "aws_cloudwatch_event_rule", unless="role_arn")
_SUBSCRIPTION = Sender("aws_sns_topic_subscription", "endpoint", "sns", "topic_arn", TOPIC)


def _notifier(block: str) -> Sender:
    return Sender(_NOTIFIER, block, "s3", "bucket", "aws_s3_bucket")


_TRIGGERS: Final = (
    "create_auth_challenge", "custom_email_sender.lambda_arn", "custom_message", "custom_sms_sender.lambda_arn",
    "define_auth_challenge", "post_authentication", "post_confirmation", "pre_authentication", "pre_sign_up", "pre_token_generation",
    "pre_token_generation_config.lambda_arn", "user_migration", "verify_auth_challenge_response",
)  # fmt: skip
INVOKERS: Final = (
    _notifier("lambda_function.lambda_function_arn"),
    _TARGET,
    _SUBSCRIPTION,
    Sender("aws_api_gateway_integration", "uri", "apigateway", "rest_api_id", "aws_api_gateway_rest_api", "credentials", "api"),
    Sender("aws_apigatewayv2_integration", "integration_uri", "apigateway", "api_id", "aws_apigatewayv2_api", "credentials_arn", "api"),
    Sender("aws_lb_target_group_attachment", "target_id", "elasticloadbalancing", "target_group_arn", "aws_lb_target_group"),
    Sender("aws_cloudwatch_log_subscription_filter", "destination_arn", "logs", "log_group_name", "aws_cloudwatch_log_group", behind=":*"),
    Sender("aws_config_config_rule", "source.source_identifier", "config"),
    Sender("aws_secretsmanager_secret_rotation", "rotation_lambda_arn", "secretsmanager", "secret_id", "aws_secretsmanager_secret"),
    Sender("aws_iot_topic_rule", "lambda.function_arn", "iot"),
    Sender("aws_ses_receipt_rule", "lambda_action.function_arn", "ses"),
    *(Sender("aws_cognito_user_pool", f"lambda_config.{trigger}", "cognito-idp") for trigger in _TRIGGERS),
)
TO_QUEUES: Final = (_notifier("queue.queue_arn"), _TARGET, _SUBSCRIPTION)
TO_TOPICS: Final = (
    _notifier("topic.topic_arn"),
    _TARGET,
    Sender("aws_ses_receipt_rule", "sns_action.topic_arn", "ses"),
    Sender("aws_cloudwatch_metric_alarm", "alarm_actions", "cloudwatch"),
    Sender("aws_cloudwatch_composite_alarm", "alarm_actions", "cloudwatch"),
)
_ACTIONS: Final[Mapping[str, str]] = {FUNCTION: "lambda:InvokeFunction", QUEUE: "sqs:SendMessage", TOPIC: "sns:Publish"}
_OWNER_MAY = "cloudwatch"
"""The service that a topic lets in without a policy of its own, in its account."""


def invoker_needs(resource: Resource, graph: Graph) -> Iterator[Need]:
    """That functions let in what invokes them."""
    return _needs(resource, graph, INVOKERS, FUNCTION, "invoke")


def queue_needs(resource: Resource, graph: Graph) -> Iterator[Need]:
    """That queues let in what sends to them."""
    return _needs(resource, graph, TO_QUEUES, QUEUE, "send to")


def topic_needs(resource: Resource, graph: Graph) -> Iterator[Need]:
    """That topics let in what publishes to them."""
    return _needs(resource, graph, TO_TOPICS, TOPIC, "publish to")


def _needs(resource: Resource, graph: Graph, senders: tuple[Sender, ...], kind: str, verb: str) -> Iterator[Need]:
    for sender in senders:
        if sender.kind != resource.kind or (sender.unless and given(resource.at(sender.unless))):
            continue
        for node in resource.each(sender.path):
            found = targets(node, graph, (kind,)) if is_of(node, graph, (kind,)) else ()
            if len(found) != 1 or (sender.service == _OWNER_MAY and not _has_policy(found[0], graph)):
                continue
            context = context_of(sender, resource, graph)
            purpose = f"{verb} {found[0].address} for {resource.address}"
            yield Need(f"{sender.service}.amazonaws.com", (_ACTIONS[kind],), found[0], node, purpose, (kind,), context=context)


def context_of(sender: Sender, resource: Resource, graph: Graph) -> dict[str, ContextValue]:
    """What the call of a service tells about where it comes from."""
    names = names_of(graph)
    origin: Resource | None = resource
    if sender.origin:
        found = _origin(sender, resource, graph)
        origin = found[0] if len(found) == 1 else None
    made: dict[str, ContextValue] = {"aws:SourceAccount": names.account, "aws:SourceOwner": names.account}
    if origin is None:
        return {**made, "aws:SourceArn": _open(sender, names.region, names.account)}
    if sender.behind == "api":
        method = resource.at("http_method").data
        verb = method if isinstance(method, str) and method != "ANY" else HOLE
        base = names.resolve(Ref(origin.address, "execution_arn")) or HOLE
        return {**made, "aws:SourceArn": f"{base}/{HOLE}/{verb}/{HOLE}"}
    return {**made, "aws:SourceArn": names.arn(origin) + sender.behind}


def _origin(sender: Sender, resource: Resource, graph: Graph) -> tuple[Resource, ...]:
    node: Node = resource.at(sender.origin)
    return graph.targets(node, *sender.kinds.split())


def _open(sender: Sender, region: str, account: str) -> str:
    """An ARN of which only the service, and where it is, is known."""
    service = {"apigateway": "execute-api"}.get(sender.service, sender.service)
    return f"arn:aws:s3:::{HOLE}" if service == "s3" else f"arn:aws:{service}:{region}:{account}:{HOLE}"


def _has_policy(topic: Resource, graph: Graph) -> bool:
    """Whether a topic has a policy that replaces the one which lets its own account in."""
    return given(topic.at("policy")) or bool(graph.of("aws_sns_topic_policy") and graph.attached(topic, "arn", "aws_sns_topic_policy"))


def kinds_of(senders: tuple[Sender, ...]) -> str:
    """The kinds of senders, as a rule's target."""
    return " ".join(sorted({sender.kind for sender in senders}))


def sender_key_needs(resource: Resource, graph: Graph) -> Iterator[Need]:
    """That the key of a queue or a topic lets in every service that sends there."""
    key = key_of(resource, graph)
    held = key_at(key, graph) if key is not None else None
    if key is None or held is None:
        return
    for sender in TO_QUEUES if resource.kind == QUEUE else TO_TOPICS:
        for found in graph.attached(resource, sender.path, sender.kind) if graph.of(sender.kind) else ():
            if not (sender.unless and given(found.at(sender.unless))):
                context = context_of(sender, found, graph)
                purpose = f"encrypt what {found.address} sends to {resource.address}"
                yield Need(f"{sender.service}.amazonaws.com", _TO_ENCRYPT, held, key, purpose, context=context)


_TO_ENCRYPT = ("kms:GenerateDataKey", "kms:Decrypt")
