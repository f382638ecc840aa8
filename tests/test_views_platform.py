"""Views of functions, queues, containers, environment variables, option settings and alarms on audit events."""

from __future__ import annotations

import json
from typing import Any

import pytest

from auditor.model.node import Undecided
from auditor.views import audit_alarm, beanstalk, container, environment, lambda_function
from auditor.views.queue import Queue
from tests.made import graph, resource

UNKNOWN = {"$unknown": "var.x has no value"}


# -- environment variables


@pytest.mark.parametrize(
    ("name", "value", "secret"),
    [
        ("DB_PASSWORD", "tree-house-71", True),
        ("REGION", "eu-central-1", False),
        ("ANY", "AKIA" + "IOSFODNN7EXAMPLE", True),
        ("DB_PASSWORD", "/shop/database", False),
        ("DB_PASSWORD", "arn:aws:ssm:eu-central-1:111122223333:parameter/x", False),
        ("DB_PASSWORD", "changeme", False),
        ("USE_TOKEN", "on", False),
        ("DB_PASSWORD", {"$ref": "random_password.db#result"}, True),
        ("DB_PASSWORD", {"$ref": "module.db.aws_secretsmanager_secret_version.db[0]#secret_string"}, True),
        ("DB_SECRET", {"$ref": "aws_secretsmanager_secret.db#arn"}, False),
        ("PLAIN", {"$secret": "something-long"}, True),
        ("REGION", UNKNOWN, False),
    ],
)
def test_a_variable_holds_a_secret(name: str, value: Any, secret: bool) -> None:
    node = resource("aws_x.y", {"value": value}).at("value")
    assert environment.holds_secret(name, node) is secret


def test_a_secret_name_with_an_unknown_value_is_open() -> None:
    with pytest.raises(Undecided):
        environment.holds_secret("DB_PASSWORD", resource("aws_x.y", {"value": UNKNOWN}).at("value"))


# -- functions and what invokes them


def test_triggers_of_a_function() -> None:
    function = resource("aws_lambda_function.f", {"function_name": "f"})
    alias = resource("aws_lambda_alias.live", {"function_name": {"$ref": "aws_lambda_function.f#function_name"}})
    bucket = resource("aws_s3_bucket_notification.n", {"lambda_function": [{"lambda_function_arn": {"$ref": "aws_lambda_alias.live#arn"}}]})
    url = resource("aws_lambda_function_url.u", {"function_name": "f"})
    assert lambda_function.asynchronous_trigger(function, graph(function, alias, bucket, url)) == bucket
    assert lambda_function.synchronous_trigger(function, graph(function, alias, bucket, url)) == url
    assert lambda_function.asynchronous_trigger(function, graph(function, url)) is None


@pytest.mark.parametrize(
    ("permission", "open_"),
    [
        ({"function_name": "f", "principal": "events.amazonaws.com"}, False),
        ({"function_name": "f", "principal": UNKNOWN}, True),
        ({"function_name": UNKNOWN, "principal": "events.amazonaws.com"}, True),
    ],
)
def test_a_permission_tells_of_a_trigger(permission: dict[str, Any], open_: bool) -> None:
    function = resource("aws_lambda_function.f", {"function_name": "f"})
    allowed = resource("aws_lambda_permission.p", permission)
    if open_:
        with pytest.raises(Undecided):
            lambda_function.asynchronous_trigger(function, graph(function, allowed))
    else:
        assert lambda_function.asynchronous_trigger(function, graph(function, allowed)) == allowed


def test_functions_by_name_arn_and_alias() -> None:
    function = resource("aws_lambda_function.f", {"function_name": "f"})
    alias = resource("aws_lambda_alias.live", {"function_name": {"$ref": "aws_lambda_function.f#function_name"}})
    everything = graph(function, alias)
    for name in ("f", "arn:aws:lambda:eu-central-1:111122223333:function:f:live", {"$ref": "aws_lambda_alias.live#arn"}):
        assert lambda_function.functions(resource("aws_x.y", {"name": name}).at("name"), everything) == (function,)
    assert lambda_function.functions(resource("aws_x.y", {"name": "g"}).at("name"), everything) == ()


def test_mappings_that_read_a_queue() -> None:
    queue = resource("aws_sqs_queue.q", {"name": "q"})
    by_reference = resource("aws_lambda_event_source_mapping.a", {"event_source_arn": {"$ref": "aws_sqs_queue.q#arn"}})
    by_arn = resource("aws_lambda_event_source_mapping.b", {"event_source_arn": "arn:aws:sqs:eu-central-1:111122223333:q"})
    other = resource("aws_lambda_event_source_mapping.c", {"event_source_arn": "arn:aws:sqs:eu-central-1:111122223333:other"})
    assert list(lambda_function.mappings(queue, graph(queue, by_reference, by_arn, other))) == [by_reference, by_arn]


# -- queues


def test_a_queue_and_its_dead_letter_queue() -> None:
    policy = json.dumps({"deadLetterTargetArn": "arn:aws:sqs:eu-central-1:111122223333:failed", "maxReceiveCount": 5})
    failed = resource("aws_sqs_queue.failed", {"name": "failed", "redrive_policy": ""})
    queue = resource("aws_sqs_queue.q", {"name": "q", "redrive_policy": policy, "message_retention_seconds": 60})
    everything = graph(failed, queue)
    assert Queue(queue, everything).redrive.at("maxReceiveCount").number == 5
    assert Queue(queue, everything).dead_letter_queue == failed
    assert Queue(queue, everything).seconds("message_retention_seconds", 1) == 60
    assert Queue(queue, everything).seconds("visibility_timeout_seconds", 30) == 30
    assert Queue(failed, everything).redrive.missing
    assert Queue(failed, everything).dead_letter_queue is None
    assert not Queue(failed, everything).fifo


def test_a_redrive_policy_of_its_own() -> None:
    queue = resource("aws_sqs_queue.q", {"name": "q"})
    policy = resource(
        "aws_sqs_queue_redrive_policy.p",
        {"queue_url": {"$ref": "aws_sqs_queue.q#url"}, "redrive_policy": json.dumps({"maxReceiveCount": 3})},
    )
    assert Queue(queue, graph(queue, policy)).redrive.at("maxReceiveCount").number == 3


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("aws_sqs_queue", {"redrive_policy": {"$ref": "aws_sqs_queue.q#arn"}}),
        ("aws_lambda_function", {"dead_letter_config": [{"target_arn": {"$ref": "aws_sqs_queue.q#arn"}}]}),
        ("aws_cloudwatch_event_target", {"dead_letter_config": [{"arn": {"$ref": "aws_sqs_queue.q#arn"}}]}),
    ],
)
def test_what_makes_a_queue_one_for_dead_letters(kind: str, body: dict[str, Any]) -> None:
    queue = resource("aws_sqs_queue.q", {"name": "q"})
    assert Queue(queue, graph(queue, resource(f"{kind}.x", body))).takes_dead_letters
    assert not Queue(queue, graph(queue)).takes_dead_letters


# -- containers


def test_containers_of_tasks_and_jobs() -> None:
    web = {"name": "web", "environment": [{"name": "DB_PASSWORD", "value": "tree-house-71"}, {"name": "STAGE", "value": "test"}]}
    task = resource("aws_ecs_task_definition.t", {"container_definitions": json.dumps([web, {"image": "x"}])})
    first, second = container.containers(task, graph(task))
    assert container.label(first) == "the container web"
    assert container.label(second) == "the container"
    assert [name for name, _ in container.secret_variables(first)] == ["DB_PASSWORD"]
    job = resource(
        "aws_batch_job_definition.j",
        {
            "container_properties": json.dumps({"image": "a"}),
            "node_properties": json.dumps({"nodeRangeProperties": [{"container": {"image": "b"}}]}),
            "ecs_properties": json.dumps({"taskProperties": [{"containers": [{"image": "c"}]}]}),
        },
    )
    assert [found.at("image").text for found in container.containers(job, graph(job))] == ["a", "b", "c"]


def test_containers_that_are_not_known() -> None:
    task = resource("aws_ecs_task_definition.t", {"container_definitions": UNKNOWN})
    assert [found.unknown for found in container.containers(task, graph(task))] == [True]


# -- option settings


def test_option_of_an_environment() -> None:
    body = resource("aws_elastic_beanstalk_environment.e", {"setting": [{"namespace": "a", "name": "b", "value": "c"}]}).body
    assert beanstalk.option(body, "a", "b").text == "c"
    assert beanstalk.option(body, "a", "x").missing
    unknown = resource("aws_elastic_beanstalk_environment.e", {"setting": [{"namespace": UNKNOWN, "name": "b", "value": "c"}]}).body
    with pytest.raises(Undecided):
        beanstalk.option(unknown, "a", "b")


# -- alarms on audit events

GROUP = resource("aws_cloudwatch_log_group.g", {"name": "g"})
TRAIL = resource(
    "aws_cloudtrail.t", {"is_multi_region_trail": True, "cloud_watch_logs_group_arn": {"$ref": "aws_cloudwatch_log_group.g#arn"}}
)
FILTER = resource(
    "aws_cloudwatch_log_metric_filter.f",
    {"log_group_name": "g", "pattern": '{ $.eventName = "StopLogging" }', "metric_transformation": [{"name": "stops"}]},
)
ALARM = resource("aws_cloudwatch_metric_alarm.a", {"metric_name": "stops"})


def test_the_gap_between_a_trail_and_an_alarm() -> None:
    none = audit_alarm.gap(TRAIL, graph(TRAIL, GROUP), ["StopLogging"])
    assert none is not None
    assert none.where.path == "cloud_watch_logs_group_arn"
    unwatched = audit_alarm.gap(TRAIL, graph(TRAIL, GROUP, FILTER), ["stoplogging"])
    assert unwatched is not None
    assert unwatched.where is FILTER.body
    assert audit_alarm.gap(TRAIL, graph(TRAIL, GROUP, FILTER, ALARM), ["StopLogging"]) is None
    assert audit_alarm.gap(TRAIL, graph(TRAIL, GROUP, FILTER, ALARM), ["StopLogging", "DeleteTrail"]) is not None


def test_a_trail_that_sees_only_a_part_is_not_asked_for_alarms() -> None:
    local = resource("aws_cloudtrail.t", {"cloud_watch_logs_group_arn": {"$ref": "aws_cloudwatch_log_group.g#arn"}})
    assert audit_alarm.gap(local, graph(local, GROUP), ["StopLogging"]) is None
    assert audit_alarm.gap(TRAIL, graph(TRAIL), ["StopLogging"]) is None


def test_an_alarm_on_an_unknown_metric_may_be_the_one() -> None:
    alarm = resource("aws_cloudwatch_metric_alarm.a", {"metric_name": UNKNOWN})
    with pytest.raises(Undecided):
        audit_alarm.gap(TRAIL, graph(TRAIL, GROUP, FILTER, alarm), ["StopLogging"])
