"""Reliability rules of AWS on both sides of their boundaries: functions, queues, databases, caches, backups, copies, alarms."""

from __future__ import annotations

import json

import pytest

from auditor.model.graph import Graph
from auditor.model.resource import Facet
from auditor.views.alarm_dimension import _slip
from auditor.views.aws_schedule import shortest_interval, window
from auditor.views.event_loop import loop_of
from auditor.views.region import region, same_region
from tests.aws_made import graph_of, messages, one, outcome
from tests.made import graph, resource


def _function(name: str = "f", more: str = "") -> str:
    return f'resource "aws_lambda_function" "{name}" {{\n function_name = "{name}"\n role = "arn:aws:iam::111122223333:role/{name}"\n {more}\n}}\n'


# -- functions


@pytest.mark.parametrize(
    ("reserved", "options", "expected"),
    [
        ((900,), {}, "pass"),
        ((901,), {}, "fail"),
        ((450, 450), {}, "pass"),
        ((450, 451), {}, "fail"),
        ((450, 451), {"account_limit": 1001}, "pass"),
        ((901,), {"unreserved": 99}, "pass"),
        ((901, "var.n"), {}, "fail"),
        ((900, "var.n"), {}, "unsure"),
        ((-1, 900), {}, "pass"),
        ((), {}, "pass"),
    ],
)
def test_concurrency_of_an_account(reserved: tuple[object, ...], options: dict[str, int], expected: str) -> None:
    texts = [_function(f"f{index}", f"reserved_concurrent_executions = {number}") for index, number in enumerate(reserved)]
    assert outcome("aws/lambda/reserved_concurrency_exhausts_account", graph_of(*texts, 'variable "n" {}'), **options) == expected


def test_provisioned_concurrency_counts_where_nothing_is_reserved() -> None:
    provisioned = 'resource "aws_lambda_provisioned_concurrency_config" "p" {\n function_name = aws_lambda_function.%s.function_name\n qualifier = "live"\n provisioned_concurrent_executions = 500\n}\n'
    graph = graph_of(_function("a", "reserved_concurrent_executions = 500"), _function("b"), provisioned % "b")
    assert messages("aws/lambda/reserved_concurrency_exhausts_account", graph) == [
        "functions reserve 1000 of 1000 concurrent executions, and 100 have to stay free: aws_lambda_function.a 500, aws_lambda_function.b 500"
    ]
    graph = graph_of(_function("a", "reserved_concurrent_executions = 500"), provisioned % "a")
    assert outcome("aws/lambda/reserved_concurrency_exhausts_account", graph) == "pass"


def test_two_regions_have_two_limits() -> None:
    providers = 'provider "aws" {\n region = "eu-central-1"\n}\nprovider "aws" {\n alias = "us"\n region = "us-east-1"\n}\n'
    graph = graph_of(providers, _function("a", "reserved_concurrent_executions = 950"))
    assert outcome("aws/lambda/reserved_concurrency_exhausts_account", graph) == "unsure"


URL = 'resource "aws_lambda_function_url" "u" {\n function_name = aws_lambda_function.f.function_name\n authorization_type = "NONE"\n}\n'


@pytest.mark.parametrize(
    ("reserved", "more", "expected"), [(0, URL, "pass"), (1, URL, "fail"), (4, URL, "fail"), (5, URL, "pass"), (1, "", "pass")]
)
def test_callers_refused(reserved: int, more: str, expected: str) -> None:
    graph = graph_of(_function("f", f"reserved_concurrent_executions = {reserved}"), more)
    assert outcome("aws/lambda/concurrency_below_callers", graph) == expected


def _queue(visibility: int = 30, receives: int | None = 3, more: str = "") -> str:
    redrive = f'redrive_policy = jsonencode({{ deadLetterTargetArn = "arn:aws:sqs:eu-central-1:111122223333:dead", maxReceiveCount = {receives} }})'
    return f'resource "aws_sqs_queue" "q" {{\n name = "q"\n visibility_timeout_seconds = {visibility}\n {redrive if receives else ""}\n {more}\n}}\n'


MAPPING = 'resource "aws_lambda_event_source_mapping" "m" {\n event_source_arn = aws_sqs_queue.q.arn\n function_name = aws_lambda_function.f.arn\n %s\n}\n'


@pytest.mark.parametrize(
    ("reserved", "visibility", "receives", "scaling", "expected"),
    [
        (4, 30, 3, "", "fail"),
        (5, 30, 3, "", "pass"),
        (0, 30, 3, "", "pass"),  # switched off: a rule of its own
        (2, 180, 5, "", "pass"),  # 6 x 30 s, five receives: messages survive
        (2, 179, 5, "", "fail"),
        (2, 180, 4, "", "fail"),
        (2, 30, None, "", "pass"),  # nothing takes messages away
        (2, 30, 3, "scaling_config {\n maximum_concurrency = 2\n }", "pass"),
    ],
)
def test_pollers(reserved: int, visibility: int, receives: int | None, scaling: str, expected: str) -> None:
    function = _function("f", f"timeout = 30\n reserved_concurrent_executions = {reserved}")
    graph = graph_of(function, _queue(visibility, receives), MAPPING % scaling)
    assert outcome("aws/lambda/pollers_outrun_function", graph) == expected


@pytest.mark.parametrize(("most", "expected"), [((10,), "pass"), ((11,), "fail"), ((5, 5), "pass"), ((5, 6), "fail")])
def test_event_sources_together(most: tuple[int, ...], expected: str) -> None:
    mappings = [
        f'resource "aws_lambda_event_source_mapping" "m{n}" {{\n event_source_arn = "arn:aws:sqs:eu-central-1:111122223333:q{n}"\n function_name = aws_lambda_function.f.arn\n scaling_config {{\n maximum_concurrency = {number}\n }}\n}}\n'
        for n, number in enumerate(most)
    ]
    graph = graph_of(_function("f", "reserved_concurrent_executions = 10"), *mappings)
    assert outcome("aws/lambda/event_source_outruns_function", graph) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", "pass"),
        ("timeout = 3", "pass"),
        ('vpc_config {\n subnet_ids = ["subnet-1"]\n security_group_ids = ["sg-1"]\n }', "fail"),
        ('environment {\n variables = { API = "https://example.com" }\n }', "fail"),
        ("environment {\n variables = { DB = aws_db_instance.d.address }\n }", "fail"),
        ('timeout = 4\n environment {\n variables = { API = "https://example.com" }\n }', "pass"),
        ('environment {\n variables = { NAME = "orders" }\n }', "pass"),
    ],
)
def test_three_seconds(more: str, expected: str) -> None:
    graph = graph_of(_function("f", more), 'resource "aws_db_instance" "d" {\n engine = "postgres"\n}')
    assert outcome("aws/lambda/timeout_left_at_default", graph) == expected


# -- loops


def _role(*statements: dict[str, object]) -> str:
    policy = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **it} for it in statements]})
    return f"""
resource "aws_iam_role" "r" {{ name = "r" }}
resource "aws_iam_role_policy" "r" {{
  role   = aws_iam_role.r.id
  policy = <<-EOT
{policy}
EOT
}}
"""


def _looping(env: str = "", filters: str = "", events: str = "s3:ObjectCreated:*") -> str:
    return f"""
resource "aws_s3_bucket" "b" {{ bucket = "pictures" }}
resource "aws_s3_bucket_notification" "n" {{
  bucket = aws_s3_bucket.b.id
  lambda_function {{
    lambda_function_arn = aws_lambda_function.f.arn
    events              = ["{events}"]
    {filters}
  }}
}}
resource "aws_lambda_function" "f" {{
  function_name = "f"
  role          = aws_iam_role.r.arn
  environment {{
    variables = {{ {env} }}
  }}
}}
"""


OBJECTS = "arn:aws:s3:::pictures"
PUT = "s3:PutObject"


@pytest.mark.parametrize(
    ("statement", "filters", "events", "expected"),
    [
        ({"Action": PUT, "Resource": f"{OBJECTS}/*"}, "", "s3:ObjectCreated:*", "fail"),
        ({"Action": PUT, "Resource": f"{OBJECTS}/*"}, "", "s3:ObjectRemoved:*", "pass"),
        ({"Action": "s3:GetObject", "Resource": f"{OBJECTS}/*"}, "", "s3:ObjectCreated:*", "pass"),
        ({"Action": "s3:*", "Resource": "*"}, "", "s3:ObjectCreated:*", "pass"),  # may write anywhere: says nothing of this bucket
        ({"Action": PUT, "Resource": "arn:aws:s3:::other/*"}, "", "s3:ObjectCreated:*", "pass"),
        ({"Action": PUT, "Resource": f"{OBJECTS}/out/*"}, "", "s3:ObjectCreated:*", "pass"),
        ({"Action": PUT, "Resource": f"{OBJECTS}/*"}, 'filter_prefix = "in/"', "s3:ObjectCreated:*", "pass"),  # may write elsewhere in it
        ({"Action": PUT, "Resource": f"{OBJECTS}/in/*"}, 'filter_prefix = "in/"', "s3:ObjectCreated:Put", "fail"),
        ({"Action": PUT, "Resource": f"{OBJECTS}/out/*"}, 'filter_prefix = "in/"', "s3:ObjectCreated:*", "pass"),
        ({"Action": PUT, "Resource": f"{OBJECTS}/*"}, "filter_prefix = var.p", "s3:ObjectCreated:*", "pass"),
    ],
)
def test_a_bucket_that_feeds_its_writer(statement: dict[str, object], filters: str, events: str, expected: str) -> None:
    graph = graph_of(_role(statement), _looping(filters=filters, events=events), 'variable "p" {}')
    assert outcome("aws/lambda/triggers_itself", graph) == expected


CHAIN = """
resource "aws_sns_topic" "t" { name = "t" }
resource "aws_sqs_queue" "q" { name = "q" }
resource "aws_sns_topic_subscription" "s" {
  topic_arn = aws_sns_topic.t.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.q.arn
  %s
}
resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn = aws_sqs_queue.q.arn
  function_name    = aws_lambda_function.f.arn
  %s
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = aws_iam_role.r.arn
  environment {
    variables = { TOPIC = %s }
  }
}
"""


@pytest.mark.parametrize(
    ("subscription", "mapping", "topic", "expected"),
    [
        ("", "", "aws_sns_topic.t.arn", "aws_sns_topic.t -> aws_sqs_queue.q -> aws_lambda_function.f"),
        ('filter_policy = jsonencode({ kind = ["new"] })', "", "aws_sns_topic.t.arn", None),
        ("", "enabled = false", "aws_sns_topic.t.arn", None),
        ("", 'filter_criteria {\n filter {\n pattern = "{}"\n }\n }', "aws_sns_topic.t.arn", None),
        ("", "", '"arn:aws:sns:eu-central-1:111122223333:other"', None),
    ],
)
def test_a_loop_through_topic_and_queue(subscription: str, mapping: str, topic: str, expected: str | None) -> None:
    statement: dict[str, object] = {"Action": "sns:Publish", "Resource": "${aws_sns_topic.t.arn}"}
    graph = graph_of(_role(statement), CHAIN % (subscription, mapping, topic))
    loop = loop_of(one(graph, "aws_lambda_function.f"), graph)
    assert (loop.said() if loop else None) == expected


# -- queues


@pytest.mark.parametrize(
    ("allow", "expected"),
    [
        ("", "pass"),
        ('redrive_allow_policy = jsonencode({ redrivePermission = "allowAll" })', "pass"),
        ('redrive_allow_policy = jsonencode({ redrivePermission = "denyAll" })', "fail"),
        ('redrive_allow_policy = jsonencode({ redrivePermission = "byQueue", sourceQueueArns = [aws_sqs_queue.q.arn] })', "pass"),
        ('redrive_allow_policy = jsonencode({ redrivePermission = "byQueue", sourceQueueArns = [aws_sqs_queue.z.arn] })', "fail"),
        (
            'redrive_allow_policy = jsonencode({ redrivePermission = "byQueue", sourceQueueArns = ["arn:aws:sqs:eu-central-1:1:q"] })',
            "pass",
        ),
        ('redrive_allow_policy = jsonencode({ redrivePermission = "byQueue", sourceQueueArns = [var.arn] })', "unsure"),
    ],
)
def test_dead_letter_queues_that_refuse(allow: str, expected: str) -> None:
    text = f"""
    resource "aws_sqs_queue" "dead" {{
      name = "dead"
      {allow}
    }}
    resource "aws_sqs_queue" "q" {{
      name           = "q"
      redrive_policy = jsonencode({{ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 5 }})
    }}
    resource "aws_sqs_queue" "z" {{ name = "z" }}
    variable "arn" {{}}"""
    assert outcome("aws/sqs/dead_letter_queue_refuses", graph_of(text)) == expected


# -- databases


@pytest.mark.parametrize(
    ("iops", "expected"),
    [(3600, "pass"), (3601, "fail")],  # db.r6g.large carries 3,600 steadily
)
def test_disks_above_their_class(iops: int, expected: str) -> None:
    text = f'resource "aws_db_instance" "d" {{\n engine = "postgres"\n instance_class = "db.r6g.large"\n storage_type = "io2"\n iops = {iops}\n}}'
    assert outcome("aws/rds/class_slower_than_disk", graph_of(text)) == expected
    unknown = text.replace("db.r6g.large", "db.zz1.large")
    assert outcome("aws/rds/class_slower_than_disk", graph_of(unknown)) == "pass"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("675", "pass"),
        ("676", "fail"),
        ("LEAST({DBInstanceClassMemory/9531392},5000)", "pass"),
        ("{DBInstanceClassMemory/6000000}", "fail"),
    ],
)
def test_connections_above_the_memory(value: str, expected: str) -> None:
    text = f"""
    resource "aws_db_parameter_group" "g" {{
      family = "postgres16"
      parameter {{
        name  = "max_connections"
        value = "{value}"
      }}
    }}
    resource "aws_db_instance" "d" {{
      engine               = "postgres"
      instance_class       = "db.t4g.medium"
      parameter_group_name = aws_db_parameter_group.g.name
    }}"""
    assert outcome("aws/rds/max_connections_above_memory", graph_of(text)) == expected  # 1.5 x 450 = 675


@pytest.mark.parametrize(("work_mem", "expected"), [(13960, "pass"), (14200, "fail")])
def test_memory_of_sessions(work_mem: int, expected: str) -> None:
    text = f"""
    resource "aws_db_parameter_group" "g" {{
      family = "postgres16"
      parameter {{
        name  = "work_mem"
        value = "{work_mem}"
      }}
    }}
    resource "aws_db_instance" "d" {{
      engine               = "postgres"
      instance_class       = "db.t4g.medium"
      parameter_group_name = aws_db_parameter_group.g.name
    }}"""
    assert outcome("aws/rds/memory_parameters_above_class", graph_of(text)) == expected  # 1 GiB + 225 x work_mem against 4 GiB


@pytest.mark.parametrize(("first", "second", "expected"), [(45, 45, "pass"), (46, 45, "fail"), (90, None, "pass"), (100, None, "pass")])
def test_proxies_together(first: int, second: int | None, expected: str) -> None:
    def proxy(name: str, percent: int) -> str:
        return f"""
        resource "aws_db_proxy" "{name}" {{ name = "{name}" }}
        resource "aws_db_proxy_default_target_group" "{name}" {{
          db_proxy_name = aws_db_proxy.{name}.name
          connection_pool_config {{ max_connections_percent = {percent} }}
        }}
        resource "aws_db_proxy_target" "{name}" {{
          db_proxy_name          = aws_db_proxy.{name}.name
          target_group_name      = "default"
          db_instance_identifier = aws_db_instance.d.identifier
        }}"""

    database = 'resource "aws_db_instance" "d" {\n identifier = "d"\n engine = "postgres"\n}'
    graph = graph_of(database, proxy("a", first), proxy("b", second) if second else "")
    assert outcome("aws/rds/proxies_take_every_connection", graph) == expected


@pytest.mark.parametrize(
    ("days", "expected"), [(0, "pass"), (1, "pass"), (2, "fail"), (6, "fail"), (7, "pass"), (35, "pass"), ("var.d", "unsure")]
)
def test_backups_below_a_week(days: object, expected: str) -> None:
    text = f'resource "aws_db_instance" "d" {{\n engine = "postgres"\n backup_retention_period = {days}\n}}\nvariable "d" {{}}'
    assert outcome("aws/rds/backups_kept_below_week", graph_of(text)) == expected


@pytest.mark.parametrize(
    ("engine", "version", "expected"),
    [
        ("postgres", "12.22", "fail"),
        ("postgres", "13.18", "fail"),
        ("postgres", "14.5", "pass"),
        ("postgres", "16", "pass"),
        ("mysql", "5.7.44", "fail"),
        ("mysql", "8.0.39", "fail"),
        ("mysql", "8.4.3", "pass"),
        ("mariadb", "10.6.19", "fail"),
        ("mariadb", "10.11.9", "pass"),
        ("aurora-mysql", "8.0.mysql_aurora.3.05.2", "pass"),
        ("aurora-mysql", "5.7.mysql_aurora.2.11.5", "fail"),
    ],
)
def test_end_of_support(engine: str, version: str, expected: str) -> None:
    kind = "aws_rds_cluster" if engine.startswith("aurora") else "aws_db_instance"
    graph = graph_of(f'resource "{kind}" "d" {{\n engine = "{engine}"\n engine_version = "{version}"\n}}')
    assert outcome("aws/rds/engine_out_of_support", graph) == expected


@pytest.mark.parametrize(("as_of", "expected"), [("2027-02-27", "pass"), ("2027-02-28", "fail")])
def test_the_day_of_the_end(as_of: str, expected: str) -> None:
    graph = graph_of('resource "aws_db_instance" "d" {\n engine = "postgres"\n engine_version = "14.5"\n}')
    assert outcome("aws/rds/engine_out_of_support", graph, as_of=as_of) == expected


ALARMED = 'resource "aws_cloudwatch_metric_alarm" "%s" {\n namespace = "AWS/RDS"\n metric_name = "%s"\n dimensions = { DBInstanceIdentifier = %s }\n}\n'


def test_signals() -> None:
    database = 'resource "aws_db_instance" "d" {\n identifier = "d"\n engine = "postgres"\n}\n'
    names = ("CPUUtilization", "DatabaseConnections", "FreeStorageSpace", "FreeableMemory")
    alarms = [ALARMED % (name, name, "aws_db_instance.d.identifier") for name in names]
    rule = "aws/rds/incident_signals_unwatched"
    assert outcome(rule, graph_of(database, *alarms)) == "pass"
    assert messages(rule, graph_of(database, *alarms[:3])) == ["no alarm watches FreeableMemory of the database"]
    assert outcome(rule, graph_of(database)) == "pass"
    assert outcome(rule, graph_of(database, *alarms[:3], ALARMED % ("x", "FreeableMemory", "var.x"), 'variable "x" {}')) == "unsure"
    assert outcome(rule, graph_of(database, *alarms[:3]), metrics=["CPUUtilization"]) == "pass"
    query = 'resource "aws_cloudwatch_metric_alarm" "q" {\n metric_query {\n id = "m"\n metric {\n namespace = "AWS/RDS"\n metric_name = "FreeableMemory"\n period = 60\n stat = "Minimum"\n dimensions = { DBInstanceIdentifier = "d" }\n }\n }\n}\n'
    assert outcome(rule, graph_of(database, *alarms[:3], query)) == "pass"


# -- windows and schedules


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ("03:00-04:00", "sun:04:00-sun:05:00", False),
        ("03:00-04:01", "sun:04:00-sun:05:00", True),
        ("03:00-04:00", "sun:02:00-sun:03:00", False),
        ("23:30-00:30", "mon:00:00-mon:01:00", True),
        ("23:30-00:30", "sun:23:00-sun:23:30", False),
        ("00:00-01:00", "sun:23:30-mon:00:30", True),
        ("01:00-02:00", "sun:23:30-mon:00:30", False),
        ("04:00-04:00", "mon:05:00-mon:06:00", True),  # a whole day
    ],
)
def test_windows(one: str, other: str, overlap: bool) -> None:
    first, second = window(one), window(other)
    assert first is not None
    assert second is not None
    assert first.overlaps(second) is overlap
    assert second.overlaps(first) is overlap


@pytest.mark.parametrize("text", ["", "3:00-4:00", "25:00-26:00", "sun:03:00-04:00", "xyz:03:00-xyz:04:00", None])
def test_no_windows(text: str | None) -> None:
    assert window(text) is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("rate(5 minutes)", 5),
        ("rate(1 hour)", 60),
        ("rate(2 days)", 2880),
        ("cron(0 * * * ? *)", 60),
        ("cron(0 3 * * ? *)", 1440),
        ("cron(0 3,15 * * ? *)", 720),
        ("cron(0 1,5 * * ? *)", 240),
        ("cron(50 1 * * ? *)", 1440),
        ("cron(0,50 1 * * ? *)", 50),
        ("cron(30 22-2 * * ? *)", 60),
        ("cron(0 3 ? * FRI-MON *)", 1440),
        ("cron(0 3 ? * XYZ *)", None),
        ("cron(0/20 * * * ? *)", 20),
        ("cron(0 3 ? * SUN *)", 10080),
        ("cron(0 3 ? * MON-FRI *)", 1440),
        ("cron(0 3 1 * ? *)", 28 * 1440),
        ("cron(0 3 1 JAN ? *)", 366 * 1440),
        ("cron(0 3 L * ? *)", None),
        ("cron(0 3 * * *)", None),
        ("every day", None),
        ("rate(0 minutes)", None),
    ],
)
def test_schedules(text: str, minutes: int | None) -> None:
    assert shortest_interval(text) == minutes


@pytest.mark.parametrize(("completion", "expected"), [(60, "pass"), (61, "fail")])
def test_jobs_and_their_interval(completion: int, expected: str) -> None:
    text = f'resource "aws_backup_plan" "p" {{\n rule {{\n schedule = "cron(0 * * * ? *)"\n completion_window = {completion}\n }}\n}}'
    assert outcome("aws/backup/interval_shorter_than_window", graph_of(text)) == expected


# -- backups and copies


@pytest.mark.parametrize(
    ("tags", "condition", "expected"),
    [
        ('{ Backup = "daily" }', ("string_equals", "daily"), "pass"),
        ('{ Backup = "weekly" }', ("string_equals", "daily"), "fail"),
        ("{}", ("string_equals", "daily"), "fail"),
        ('{ Backup = "daily-1" }', ("string_like", "daily*"), "pass"),
        ('{ Backup = "weekly" }', ("string_like", "daily*"), "fail"),
        ('{ Backup = "never" }', ("string_not_equals", "never"), "fail"),
        ("{}", ("string_not_equals", "never"), "pass"),
        ('{ Backup = "never-1" }', ("string_not_like", "never*"), "fail"),
        ("{ Backup = var.b }", ("string_equals", "daily"), "unsure"),
    ],
)
def test_conditions_of_a_selection(tags: str, condition: tuple[str, str], expected: str) -> None:
    text = f"""
    resource "aws_db_instance" "d" {{
      identifier = "d"
      tags       = {tags}
    }}
    resource "aws_backup_selection" "s" {{
      name         = "s"
      plan_id      = "p"
      iam_role_arn = "arn:aws:iam::111122223333:role/b"
      resources    = [aws_db_instance.d.arn]
      condition {{
        {condition[0]} {{
          key   = "aws:ResourceTag/Backup"
          value = "{condition[1]}"
        }}
      }}
    }}
    variable "b" {{}}"""
    assert outcome("aws/backup/selection_excludes_what_it_names", graph_of(text)) == expected


def test_what_a_selection_leaves_out_by_pattern() -> None:
    text = """
    resource "aws_ebs_volume" "v" { availability_zone = "eu-central-1a" }
    resource "aws_backup_selection" "s" {
      name          = "s"
      plan_id       = "p"
      iam_role_arn  = "arn:aws:iam::111122223333:role/b"
      resources     = ["*"]
      not_resources = [%s]
    }"""
    assert outcome("aws/backup/volume_not_backed_up", graph_of(text % '"arn:aws:rds:*:*:db:*"')) == "pass"
    assert outcome("aws/backup/volume_not_backed_up", graph_of(text % '"arn:aws:ec2:*:*:volume/*"')) == "fail"


TWO = 'provider "aws" {\n region = %s\n}\nprovider "aws" {\n alias = "west"\n region = "eu-west-1"\n}\nvariable "r" {}\n'
COPIED = """
resource "aws_s3_bucket" "a" { bucket = "a" }
resource "aws_s3_bucket" "b" {
  bucket = "b"
  %s
}
resource "aws_s3_bucket_replication_configuration" "r" {
  bucket = aws_s3_bucket.a.id
  role   = "arn:aws:iam::111122223333:role/r"
  rule {
    status = "%s"
    destination { bucket = aws_s3_bucket.b.arn }
  }
}
"""


@pytest.mark.parametrize(
    ("region", "provider", "status", "expected"),
    [
        ('"eu-central-1"', "", "Enabled", "fail"),
        ('"eu-central-1"', "", "Disabled", "pass"),
        ('"eu-central-1"', "provider = aws.west", "Enabled", "pass"),
        ('"eu-west-1"', "provider = aws.west", "Enabled", "fail"),
        ("var.r", "provider = aws.west", "Enabled", "pass"),
        ("var.r", "", "Enabled", "fail"),  # one provider makes both
    ],
)
def test_copies_in_the_same_region(region: str, provider: str, status: str, expected: str) -> None:
    assert outcome("aws/s3/replica_in_same_region", graph_of(TWO % region, COPIED % (provider, status))) == expected


LIFECYCLE = 'resource "aws_s3_bucket_lifecycle_configuration" "%s" {\n bucket = aws_s3_bucket.%s.id\n rule {\n id = "x"\n status = "Enabled"\n filter {}\n expiration {\n days = %s\n }\n }\n}\n'


@pytest.mark.parametrize(
    ("source", "copy", "expected"), [(365, 365, "pass"), (365, 364, "fail"), (None, 3650, "fail"), (30, 365, "pass"), (None, None, "pass")]
)
def test_copies_that_expire_first(source: int | None, copy: int | None, expected: str) -> None:
    texts = [LIFECYCLE % (name, name, days) for name, days in (("a", source), ("b", copy)) if days]
    assert outcome("aws/s3/replica_expires_before_source", graph_of(COPIED % ("", "Enabled"), *texts)) == expected


@pytest.mark.parametrize(
    ("tag", "days", "expected"),
    [
        ("365", 365, "pass"),
        ("365", 364, "fail"),
        ("90d", 89, "fail"),
        ("12m", 360, "pass"),
        ("12 months", 359, "fail"),
        ("10y", 3650, "pass"),
        ("10 years", 3649, "fail"),
        ("long", 1, "pass"),
    ],
)
def test_promises(tag: str, days: int, expected: str) -> None:
    bucket = f'resource "aws_s3_bucket" "a" {{\n bucket = "a"\n tags = {{ Retention = "{tag}" }}\n}}\n'
    assert outcome("aws/s3/lifecycle_below_retention", graph_of(bucket, LIFECYCLE % ("a", "a", days))) == expected


# -- caches


def _cache(group: str, env: str) -> str:
    return f"""
    resource "aws_elasticache_replication_group" "g" {{
      replication_group_id = "g"
      description          = "g"
      {group}
    }}
    resource "aws_lambda_function" "f" {{
      function_name = "f"
      role          = "arn:aws:iam::111122223333:role/f"
      environment {{
        variables = {{ REDIS = {env} }}
      }}
    }}"""


G = "aws_elasticache_replication_group.g"


@pytest.mark.parametrize(
    ("group", "env", "expected"),
    [
        ("num_node_groups = 2", f"{G}.primary_endpoint_address", "fail"),
        ("num_node_groups = 2", f"{G}.configuration_endpoint_address", "pass"),
        ("num_cache_clusters = 2", f"{G}.configuration_endpoint_address", "fail"),
        ("num_cache_clusters = 2", f"{G}.reader_endpoint_address", "pass"),
        ('cluster_mode = "enabled"', f"{G}.configuration_endpoint_address", "pass"),
        ('parameter_group_name = "default.redis7.cluster.on"', f"{G}.configuration_endpoint_address", "pass"),
    ],
)
def test_endpoints_of_caches(group: str, env: str, expected: str) -> None:
    assert outcome("aws/elasticache/endpoint_of_other_mode", graph_of(_cache(group, env))) == expected


@pytest.mark.parametrize(
    ("group", "scheme", "expected"),
    [
        ("transit_encryption_enabled = true", "redis", "fail"),
        ("transit_encryption_enabled = true", "rediss", "pass"),
        ("transit_encryption_enabled = false", "redis", "pass"),
        ('transit_encryption_enabled = true\n transit_encryption_mode = "preferred"', "redis", "pass"),
        ('transit_encryption_enabled = true\n transit_encryption_mode = "required"', "redis", "fail"),
        ("transit_encryption_enabled = var.x", "redis", "unsure"),
    ],
)
def test_tls_of_caches(group: str, scheme: str, expected: str) -> None:
    graph = graph_of(_cache(group, f'"{scheme}://${{{G}.primary_endpoint_address}}:6379"'), 'variable "x" {}')
    assert outcome("aws/elasticache/client_without_tls", graph) == expected


# -- alarms


@pytest.mark.parametrize(
    ("written", "name", "slip"),
    [
        ("Orders", "orders", True),
        ("orders_queue", "orders-queue", True),
        ("order-queue", "orders-queue", True),
        ("payments", "orders", False),
        ("orders-1", "orders-2", False),
        ("web-eu", "web-us", False),
        ("orders-dev", "orders-prod", False),
        ("orders", "orders-dead", False),
    ],
)
def test_slips(written: str, name: str, slip: bool) -> None:
    assert _slip(written, name) is slip


@pytest.mark.parametrize(
    ("namespace", "dimension", "value", "expected"),
    [
        ("AWS/ApplicationELB", "LoadBalancer", "aws_lb.b.arn_suffix", "pass"),
        ("AWS/ApplicationELB", "LoadBalancer", "aws_lb.b.name", "fail"),
        ("AWS/ApplicationELB", "LoadBalancer", "aws_lb.b.id", "fail"),
        ("AWS/RDS", "DBInstanceIdentifier", "aws_db_instance.d.identifier", "pass"),
        ("AWS/RDS", "DBInstanceIdentifier", "aws_db_instance.d.id", "fail"),
        ("AWS/SQS", "QueueName", "aws_sqs_queue.q.name", "pass"),
        ("AWS/SQS", "QueueName", "aws_sqs_queue.q.arn", "fail"),
        ("Shop", "QueueName", "aws_sqs_queue.q.arn", "pass"),
        ("AWS/SQS", "QueueName", '"${aws_sqs_queue.q.arn}-x"', "pass"),
        ("AWS/ECS", "ServiceName", "aws_sqs_queue.q.arn", "pass"),  # of a kind that this dimension does not know
    ],
)
def test_attributes_of_dimensions(namespace: str, dimension: str, value: str, expected: str) -> None:
    text = f"""
    terraform {{
      required_providers {{
        aws = {{ source = "hashicorp/aws", version = "~> 5.0" }}
      }}
    }}
    resource "aws_lb" "b" {{ name = "b" }}
    resource "aws_db_instance" "d" {{ identifier = "d" }}
    resource "aws_sqs_queue" "q" {{ name = "q" }}
    resource "aws_cloudwatch_metric_alarm" "a" {{
      namespace   = "{namespace}"
      metric_name = "X"
      dimensions  = {{ {dimension} = {value} }}
    }}"""
    assert outcome("aws/cloudwatch/alarm_dimension_wrong_attribute", graph_of(text)) == expected


def test_before_version_5_the_id_of_an_instance_was_its_identifier() -> None:
    text = 'resource "aws_db_instance" "d" {\n identifier = "d"\n}\n' + ALARMED % ("a", "X", "aws_db_instance.d.id")
    old = 'terraform {\n required_providers {\n aws = { source = "hashicorp/aws", version = "~> 4.0" }\n }\n}\n'
    assert outcome("aws/cloudwatch/alarm_dimension_wrong_attribute", graph_of(old, text)) == "pass"
    assert outcome("aws/cloudwatch/alarm_dimension_wrong_attribute", graph_of(text)) == "pass"


@pytest.mark.parametrize(
    ("visibility", "window", "options", "expected", "shorter"),
    [
        (29, 0, {}, "pass", "fail"),  # shorter than the function: the other rule
        (30, 0, {}, "fail", "pass"),
        (179, 0, {}, "fail", "pass"),
        (180, 0, {}, "pass", "pass"),
        (180, 1, {}, "fail", "pass"),
        (181, 1, {}, "pass", "pass"),
        (90, 0, {"times": 3}, "pass", "pass"),
        (89, 0, {"times": 3}, "fail", "pass"),
    ],
)
def test_visibility(visibility: int, window: int, options: dict[str, int], expected: str, shorter: str) -> None:
    graph = graph_of(_function("f", "timeout = 30"), _queue(visibility), MAPPING % f"maximum_batching_window_in_seconds = {window}")
    assert outcome("aws/sqs/visibility_leaves_no_retries", graph, **options) == expected
    assert outcome("aws/sqs/visibility_shorter_than_function", graph) == shorter


@pytest.mark.parametrize(
    ("receives", "mapping", "expected"), [(2, "", "fail"), (3, "", "pass"), (4, MAPPING % "", "fail"), (5, MAPPING % "", "pass")]
)
def test_receives(receives: int, mapping: str, expected: str) -> None:
    assert outcome("aws/sqs/receive_count_low", graph_of(_function(), _queue(30, receives), mapping)) == expected


@pytest.mark.parametrize(("dead", "source", "expected"), [(345600, 345600, "fail"), (345601, 345600, "pass"), (1209600, 345600, "pass")])
def test_dead_letters_and_their_age(dead: int, source: int, expected: str) -> None:
    text = f"""
    resource "aws_sqs_queue" "dead" {{
      name                      = "dead"
      message_retention_seconds = {dead}
    }}
    resource "aws_sqs_queue" "q" {{
      name                      = "q"
      message_retention_seconds = {source}
      redrive_policy            = jsonencode({{ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 5 }})
    }}"""
    assert outcome("aws/sqs/dead_letters_expire_early", graph_of(text)) == expected


@pytest.mark.parametrize(("most", "expected"), [(125, "fail"), (126, "pass"), (0, "fail")])
def test_room_for_storage(most: int, expected: str) -> None:
    text = f'resource "aws_db_instance" "d" {{\n engine = "postgres"\n allocated_storage = 100\n max_allocated_storage = {most}\n}}'
    assert outcome("aws/rds/storage_cannot_grow", graph_of(text)) == expected


@pytest.mark.parametrize(("size", "expected"), [(999, "fail"), (1000, "pass")])
def test_credits_of_disks(size: int, expected: str) -> None:
    text = f'resource "aws_db_instance" "d" {{\n engine = "postgres"\n storage_type = "gp2"\n allocated_storage = {size}\n}}'
    assert outcome("aws/rds/storage_bursts", graph_of(text)) == expected


@pytest.mark.parametrize(("delete", "expected"), [(119, "fail"), (120, "pass")])
def test_cold_storage(delete: int, expected: str) -> None:
    text = f'resource "aws_backup_plan" "p" {{\n rule {{\n lifecycle {{\n cold_storage_after = 30\n delete_after = {delete}\n }}\n }}\n}}'
    assert outcome("aws/backup/cold_storage_too_short", graph_of(text)) == expected


@pytest.mark.parametrize(
    ("timeout", "waits", "expected"), [(29, "", "pass"), (30, "", "fail"), (10, "timeout_milliseconds = 9999", "fail")]
)
def test_a_gateway_and_its_function(timeout: int, waits: str, expected: str) -> None:
    api = f'resource "aws_api_gateway_integration" "i" {{\n uri = aws_lambda_function.f.invoke_arn\n {waits}\n}}'
    assert outcome("aws/api_gateway/gives_up_before_function", graph_of(_function("f", f"timeout = {timeout}"), api)) == expected


PROVIDERS = (
    resource("provider.aws", {"region": "eu-central-1"}, kind="provider.aws"),
    resource("provider.aws.west", {"region": "eu-west-1", "alias": "west"}, kind="provider.aws"),
)


@pytest.mark.parametrize(
    ("body", "address", "facet", "providers", "found"),
    [
        ({}, "aws_backup_vault.v", Facet.WRITTEN, 1, "eu-central-1"),
        ({}, "aws_backup_vault.v", Facet.WRITTEN, 2, "eu-central-1"),  # the one without an alias
        ({}, "aws_backup_vault.v", Facet.WRITTEN, 0, ""),
        ({"region": "us-east-1"}, "aws_backup_vault.v", Facet.WRITTEN, 2, "us-east-1"),
        ({"arn": "arn:aws:backup:us-east-1:111122223333:backup-vault:v"}, "aws_backup_vault.v", Facet.RECORDED, 0, "us-east-1"),
        ({"arn": "arn:aws:s3:::b"}, "aws_s3_bucket.b", Facet.RECORDED, 0, ""),
        ({}, "aws_backup_vault.v", Facet.PLANNED, 1, "eu-central-1"),
        ({}, "aws_backup_vault.v", Facet.PLANNED, 2, ""),
        ({}, "module.m.aws_backup_vault.v", Facet.WRITTEN, 1, "eu-central-1"),
        ({}, "module.m.aws_backup_vault.v", Facet.WRITTEN, 2, ""),  # its call may give it another one
    ],
)
def test_regions(body: dict[str, object], address: str, facet: Facet, providers: int, found: str) -> None:
    it = resource(address, body, facet=facet)
    assert region(it, graph(it, *PROVIDERS[:providers])) == found


def test_two_ends_in_one_region() -> None:
    here, there = (resource(f"aws_backup_vault.{name}", {"region": name}) for name in ("eu-west-1", "us-east-1"))
    nobody = resource("aws_backup_vault.n", {}, facet=Facet.RECORDED)
    assert same_region(here, here, graph(here)) is True
    assert same_region(here, there, graph(here, there)) is False
    assert same_region(here, nobody, graph(here, nobody)) is None
    assert same_region(nobody, nobody, graph(nobody)) is None


def test_dimensions_of_a_state() -> None:
    def state(value: str) -> Graph:
        arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/shop/50dc6c495c0c9188"
        balancer = resource("aws_lb.b", {"arn": arn, "arn_suffix": "app/shop/50dc6c495c0c9188", "name": "shop"}, facet=Facet.RECORDED)
        metric = {"namespace": "AWS/ApplicationELB", "metric_name": "X", "dimensions": {"LoadBalancer": value}}
        return graph(balancer, resource("aws_cloudwatch_metric_alarm.a", metric, facet=Facet.RECORDED))

    arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/shop/50dc6c495c0c9188"
    found = {"app/shop/50dc6c495c0c9188": [], arn: ["CloudWatch does not know aws_lb.b by its arn"], "app/other/1": []}
    found["shop"] = ["CloudWatch does not know aws_lb.b by its name"]
    assert {value: messages("aws/cloudwatch/alarm_dimension_wrong_attribute", state(value)) for value in found} == found


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('"Orders-Queue"', "fail"),
        ('"orders-queue"', "pass"),
        ('"payments"', "pass"),
        ('""', "pass"),
        ("aws_sqs_queue.q.name", "pass"),
        ("var.n", "pass"),
    ],
)
def test_names_in_dimensions(value: str, expected: str) -> None:
    text = f"""
    resource "aws_sqs_queue" "q" {{ name = "orders-queue" }}
    resource "aws_sqs_queue" "z" {{ name = "mail-queue" }}
    resource "aws_cloudwatch_metric_alarm" "a" {{
      namespace   = "AWS/SQS"
      metric_name = "X"
      dimensions  = {{ QueueName = {value} }}
    }}
    variable "n" {{}}"""
    assert outcome("aws/cloudwatch/alarm_watches_nothing", graph_of(text)) == expected
