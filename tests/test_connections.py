"""Connection budgets: what a database allows, what its clients may open, and who they are."""

from __future__ import annotations

import json
from typing import Any

import pytest

from auditor.model.node import Undecided
from auditor.views.connections.budget import budgets_of
from auditor.views.connections.client import clients, clients_of
from auditor.views.connections.endpoint import proxied, proxies_of
from auditor.views.connections.formula import evaluate
from auditor.views.connections.limit import GIB, default_limit, limit_of, reader_limit
from auditor.views.connections.pool import overflow_of, pool_of, processes_of
from auditor.views.connections.replicas import replicas_of
from tests.aws_made import graph_of, judged, messages, one, outcome, planned


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("100", 100),
        (" 2 * ( 3 + 4 ) - 1 ", 13),
        ("{DBInstanceClassMemory/9531392}", 450.6128061882252),
        ("LEAST({DBInstanceClassMemory/9531392},5000)", 450.6128061882252),
        ("LEAST({DBInstanceClassMemory/9531392},400)", 400),
        ("GREATEST(100, 200, 150)", 200),
        ("SUM({DBInstanceClassMemory/12038},-50003)", 4 * GIB / 12038 - 50003),
        ("log(8)", 3),
        ("{DBInstanceClassMemory*3/4}", 3 * GIB),
        ("-5", -5),
        ("", None),
        ("off", None),
        ("1/0", None),
        ("log(0)", None),
        ("log(1,2)", None),
        ("1 2", None),
        ("(1", None),
        ("{AllocatedStorage}", None),
        ("eval(1)", None),
        ("9" * 501, None),
        ("(" * 249 + "1" + ")" * 249, 1),
    ],
)
def test_expressions_of_parameter_groups(text: str, number: float | None) -> None:
    found = evaluate(text, {"DBInstanceClassMemory": 4 * GIB})
    assert found == (None if number is None else pytest.approx(number))


@pytest.mark.parametrize(
    ("engine", "gib", "aurora", "version", "connections"),
    [
        ("postgres", 1, False, "", 112),
        ("postgres", 2, False, "", 225),
        ("postgres", 4, False, "", 450),
        ("postgres", 16, False, "", 1802),
        ("postgres", 32, True, "", 3604),
        ("postgres", 64, False, "", 5000),
        ("mysql", 1, False, "", 85),
        ("mysql", 16, False, "", 1365),
        ("mysql", 64, False, "", 5461),
        ("mysql", 1, True, "", None),
        ("mysql", 2, True, "", 45),
        ("mysql", 4, True, "", 90),
        ("mysql", 8, True, "", 135),
        ("mysql", 15, True, "", 135),
        ("mysql", 16, True, "", 1000),
        ("mysql", 31, True, "", 1000),
        ("mysql", 32, True, "", 2000),
        ("mysql", 768, True, "", 7000),
        ("mariadb", 16, False, "10.11", 682),
        ("mariadb", 16, False, "10.4.8", 1365),
        ("mariadb", 512, False, "11.4", 12000),
        ("oracle-ee", 16, False, "", 1740),
        ("sqlserver-se", 4, False, "", 32767),
        ("db2-se", 4, False, "", None),
        ("", 4, False, "", None),
    ],
)
def test_default_limits(engine: str, gib: int, aurora: bool, version: str, connections: int | None) -> None:
    assert default_limit(engine, gib * GIB, aurora=aurora, version=version) == connections


def _instance(more: str = "", engine: str = "postgres", size: str = "db.t4g.medium") -> str:
    return f'resource "aws_db_instance" "db" {{\n identifier = "db"\n engine = "{engine}"\n instance_class = "{size}"\n {more}\n}}\n'


def _group(value: str, kind: str = "aws_db_parameter_group", family: str = "postgres16") -> str:
    return (
        f'resource "{kind}" "g" {{\n family = "{family}"\n parameter {{\n name = "max_connections"\n value = {json.dumps(value)}\n }}\n}}\n'
    )


@pytest.mark.parametrize(
    ("value", "connections"),
    [("200", 200), ("LEAST({DBInstanceClassMemory/9531392},5000)", 450), ("{DBInstanceClassMemory/12582880}", 341)],
)
def test_the_parameter_group_decides(value: str, connections: int) -> None:
    graph = graph_of(_instance("parameter_group_name = aws_db_parameter_group.g.name"), _group(value))
    limit = limit_of(one(graph, "aws_db_instance.db"), graph)
    assert limit is not None
    assert (limit.connections, limit.written, limit.where.path) == (connections, True, "parameter[0].value")


@pytest.mark.parametrize(
    "text",
    [
        _instance('parameter_group_name = "made-elsewhere"'),
        _instance("parameter_group_name = var.group") + 'variable "group" {}',
        _instance(size="db.zz9.large"),
        _instance("parameter_group_name = aws_db_parameter_group.g.name") + _group("{Nobody/Knows}"),
    ],
)
def test_what_is_only_named_leaves_the_limit_open(text: str) -> None:
    graph = graph_of(text)
    with pytest.raises(Undecided):
        limit_of(one(graph, "aws_db_instance.db"), graph)


CLUSTER = """
resource "aws_rds_cluster" "c" {
  cluster_identifier = "c"
  engine             = "%s"
  %s
}
resource "aws_rds_cluster_instance" "m" {
  count              = %d
  cluster_identifier = aws_rds_cluster.c.id
  engine             = aws_rds_cluster.c.engine
  instance_class     = "%s"
}
"""
SERVERLESS = "serverlessv2_scaling_configuration {\n min_capacity = %s\n max_capacity = %s\n }"


@pytest.mark.parametrize(
    ("engine", "more", "members", "size", "writer", "readers"),
    [
        ("aurora-postgresql", "", 2, "db.r6g.large", 1802, 1802),
        ("aurora-postgresql", "", 1, "db.r6g.large", 1802, 1802),
        ("aurora-mysql", "", 3, "db.r6g.xlarge", 2000, 4000),
        ("aurora-postgresql", SERVERLESS % (1, 16), 2, "db.serverless", 3604, 3604),
        ("aurora-postgresql", SERVERLESS % (0.5, 16), 2, "db.serverless", 2000, 2000),
        ("aurora-postgresql", SERVERLESS % (0.5, 4), 2, "db.serverless", 901, 901),
        ("aurora-mysql", SERVERLESS % (0.5, 8), 1, "db.serverless", 1000, 1000),
        ("aurora-mysql", SERVERLESS % (0.5, 1), 1, "db.serverless", 90, 90),
        ("aurora-postgresql", SERVERLESS % (0, 64), 1, "db.serverless", 2000, 2000),
    ],
)
def test_clusters(engine: str, more: str, members: int, size: str, writer: int, readers: int) -> None:
    graph = graph_of(CLUSTER % (engine, more, members, size))
    cluster = one(graph, "aws_rds_cluster.c")
    found, reading = limit_of(cluster, graph), reader_limit(cluster, graph)
    assert found is not None
    assert reading is not None
    assert (found.connections, reading.connections) == (writer, readers)


def test_a_cluster_without_members_here_has_no_limit() -> None:
    graph = graph_of('resource "aws_rds_cluster" "c" {\n engine = "aurora-mysql"\n}')
    assert limit_of(one(graph, "aws_rds_cluster.c"), graph) is None


def test_the_group_of_the_cluster_holds_for_members() -> None:
    more = "db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.g.name"
    graph = graph_of(CLUSTER % ("aurora-postgresql", more, 1, "db.r6g.large"), _group("300", "aws_rds_cluster_parameter_group"))
    limit = limit_of(one(graph, "aws_rds_cluster.c"), graph)
    assert limit is not None
    assert limit.connections == 300


def _task(*, env: str = "", command: str = "[]", host: str = "aws_db_instance.db.address", secrets: str = "[]") -> str:
    return f"""
resource "aws_ecs_task_definition" "t" {{
  family = "t"
  container_definitions = jsonencode([{{
    name = "app", command = {command}, secrets = {secrets},
    environment = [{{ name = "DB_HOST", value = {host} }}, {env}]
  }}])
}}
resource "aws_ecs_service" "s" {{
  name            = "s"
  cluster         = "main"
  task_definition = aws_ecs_task_definition.t.arn
  desired_count   = 4
}}
"""


def _var(name: str, value: str) -> str:
    return f'{{ name = "{name}", value = "{value}" }},'


@pytest.mark.parametrize(
    ("env", "pool"),
    [
        (_var("DB_POOL_SIZE", "20"), 20),
        (_var("DATABASE_POOL", "7"), 7),
        (_var("HIKARI_MAXIMUM_POOL_SIZE", "12"), 12),
        (_var("SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE", "13"), 13),
        (_var("spring.datasource.hikari.maximum-pool-size", "14"), 14),
        (_var("DB_MAX_CONNS", "9"), 9),
        (_var("PG_POOL_MAX", "8"), 8),
        (_var("SQLALCHEMY_POOL_SIZE", "5"), 5),
        (_var("QUARKUS_DATASOURCE_JDBC_MAX_SIZE", "16"), 16),
        (_var("APP_DATABASE_MAX_OPEN_CONNS", "25"), 25),
        (_var("MAX_DB_CONNECTIONS", "30"), 30),
        (_var("DB_POOL_MIN", "3"), None),
        (_var("DB_MIN_POOL_SIZE", "3"), None),
        (_var("DB_POOL_TIMEOUT", "30"), None),
        (_var("REDIS_DB_POOL_SIZE", "30"), None),
        (_var("DB_MAX_IDLE_CONNS", "2"), None),
        (_var("THREAD_POOL_SIZE", "64"), None),
        (_var("DB_POOL_SIZE", "many"), None),
        (_var("DB_POOL_SIZE", "2.5"), None),
    ],
)
def test_pools_by_variable(env: str, pool: int | None) -> None:
    graph = graph_of(_instance(), _task(env=env))
    (client,) = clients(graph)
    found = pool_of(client.settings, client.address)
    assert (found.value if found else None) == pool


@pytest.mark.parametrize(
    ("address", "pool", "overflow"),
    [
        ("postgresql://a@${aws_db_instance.db.endpoint}/x?pool_size=20", 20, None),
        ("postgresql://a@${aws_db_instance.db.endpoint}/x?sslmode=require&pool_size=20&max_overflow=5", 20, 5),
        ("postgresql://a@${aws_db_instance.db.endpoint}/x?connection_limit=3", 3, None),
        ("jdbc:postgresql://${aws_db_instance.db.address}:5432/x?maximumPoolSize=30", 30, None),
        ("postgresql://a@${aws_db_instance.db.endpoint}/x?connect_timeout=3", None, None),
    ],
)
def test_pools_by_url(address: str, pool: int | None, overflow: int | None) -> None:
    graph = graph_of(_instance(), _task(host=f'"{address}"'))
    (client,) = clients(graph)
    found, extra = pool_of(client.settings, client.address), overflow_of(client.settings, client.address)
    assert (found.value if found else None, extra.value if extra else None) == (pool, overflow)


def test_a_pool_that_is_not_known_is_not_assumed() -> None:
    for text in (
        _task(env='{ name = "DB_POOL_SIZE", value = var.pool }'),
        _task(env='{ name = var.pool, value = "1" }'),
        _task(host='"postgresql://a@${aws_db_instance.db.endpoint}/x?pool_size=${var.pool}"'),
    ):
        graph = graph_of(_instance(), text, 'variable "pool" {}')
        (client,) = clients(graph)
        with pytest.raises(Undecided):
            pool_of(client.settings, client.address)


@pytest.mark.parametrize(
    ("env", "command", "processes"),
    [
        (_var("WEB_CONCURRENCY", "4"), "[]", 4),
        (_var("GUNICORN_WORKERS", "3"), "[]", 3),
        (_var("GUNICORN_CMD_ARGS", "--bind=0.0.0.0 --workers=6"), "[]", 6),
        ("", '["gunicorn", "-w", "4", "app:app"]', 4),
        ("", '["sh", "-c", "exec uvicorn app:app --workers 2"]', 2),
        ("", '["puma", "-w", "3"]', 3),
        ("", '["celery", "worker"]', None),
        ("", '["grep", "-w", "4"]', None),
        (_var("WORKERS_PER_CORE", "2"), "[]", None),
    ],
)
def test_processes(env: str, command: str, processes: int | None) -> None:
    graph = graph_of(_instance(), _task(env=env, command=command))
    (client,) = clients(graph)
    found = processes_of(client.settings)
    assert (found.value if found else None) == processes


TARGET = """
resource "aws_appautoscaling_target" "t" {
  service_namespace  = "ecs"
  resource_id        = %s
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = 1
  max_capacity       = %s
}
"""
SCHEDULED = """
resource "aws_appautoscaling_scheduled_action" "a" {
  service_namespace  = "ecs"
  resource_id        = aws_appautoscaling_target.t.resource_id
  scalable_dimension = aws_appautoscaling_target.t.scalable_dimension
  schedule           = "cron(0 8 * * ? *)"
  scalable_target_action { max_capacity = 60 }
}
"""


@pytest.mark.parametrize(
    ("more", "most", "deploying"),
    [
        ("", 4, 8),
        (TARGET % ('"service/main/${aws_ecs_service.s.name}"', 30), 30, 60),
        (TARGET % ('"service/main/s"', 30), 30, 60),
        (TARGET % ('"service/other/s"', 30), 4, 8),
        (TARGET % ('"service/main/s"', 30) + SCHEDULED, 60, 120),
    ],
)
def test_replicas_of_a_service(more: str, most: int, deploying: int) -> None:
    graph = graph_of(_instance(), _task(), more)
    found = replicas_of(one(graph, "aws_ecs_service.s"), graph)
    assert (found.most, found.during_deployment) == (most, deploying)


def test_an_unknown_maximum_is_not_taken_for_the_usual_number() -> None:
    graph = graph_of(_instance(), _task(), TARGET % ('"service/main/s"', "var.most"), 'variable "most" {}')
    with pytest.raises(Undecided):
        replicas_of(one(graph, "aws_ecs_service.s"), graph)


FUNCTION = """
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
  %s
  environment {
    variables = { DB_HOST = aws_db_instance.db.address }
  }
}
"""
MAPPING = """
resource "aws_lambda_event_source_mapping" "%s" {
  event_source_arn = "arn:aws:sqs:eu-central-1:111122223333:q"
  function_name    = aws_lambda_function.f.arn
  %s
}
"""


@pytest.mark.parametrize(
    ("reserved", "more", "most"),
    [
        ("reserved_concurrent_executions = 50", "", 50),
        ("reserved_concurrent_executions = 0", "", 0),
        ("reserved_concurrent_executions = -1", "", None),
        ("", "", None),
        ("", MAPPING % ("a", "scaling_config {\n maximum_concurrency = 20\n }"), 20),
        ("", MAPPING % ("a", "scaling_config {\n maximum_concurrency = 20\n }") + MAPPING % ("b", ""), None),
        (
            "",
            MAPPING % ("a", "") + 'resource "aws_lambda_function_url" "u" {\n function_name = aws_lambda_function.f.function_name\n}',
            None,
        ),
    ],
)
def test_replicas_of_a_function(reserved: str, more: str, most: int | None) -> None:
    graph = graph_of(_instance(), FUNCTION % reserved, more)
    assert replicas_of(one(graph, "aws_lambda_function.f"), graph).most == most


def test_replicas_of_machines() -> None:
    graph = graph_of(
        _instance(),
        """
        resource "aws_launch_template" "l" {
          name      = "l"
          user_data = base64encode("export DB_HOST=${aws_db_instance.db.address}\\nexport DB_POOL_SIZE=5")
        }
        resource "aws_autoscaling_group" "g" {
          max_size = 12
          min_size = 2
          launch_template { id = aws_launch_template.l.id }
        }""",
    )
    (client,) = clients(graph)
    assert client.resource.kind == "aws_autoscaling_group"
    assert replicas_of(client.resource, graph).most == 12


@pytest.mark.parametrize(
    ("host", "named"),
    [
        ("aws_db_instance.db.address", ["aws_db_instance.db"]),
        ("aws_db_instance.db.endpoint", ["aws_db_instance.db"]),
        ("aws_db_instance.db.arn", []),
        ("aws_route53_record.db.fqdn", ["aws_db_instance.db"]),
        ('"db.internal.example.com"', ["aws_db_instance.db"]),
        ('"other.internal.example.com"', []),
        ("aws_ssm_parameter.host.arn", ["aws_db_instance.db"]),
        ("aws_secretsmanager_secret.url.arn", ["aws_db_instance.db"]),
        ("aws_db_proxy.p.endpoint", ["aws_db_proxy.p"]),
    ],
)
def test_who_is_a_client(host: str, named: list[str]) -> None:
    graph = graph_of(
        _instance(),
        _task(host=host),
        """
        resource "aws_route53_record" "db" {
          zone_id = "Z1"
          name    = "db.internal.example.com"
          type    = "CNAME"
          ttl     = 60
          records = [aws_db_instance.db.address]
        }
        resource "aws_ssm_parameter" "host" {
          name  = "/db/host"
          type  = "String"
          value = aws_db_instance.db.address
        }
        resource "aws_secretsmanager_secret" "url" { name = "url" }
        resource "aws_secretsmanager_secret_version" "url" {
          secret_id     = aws_secretsmanager_secret.url.id
          secret_string = jsonencode({ host = aws_db_instance.db.address, port = 5432 })
        }
        resource "aws_db_proxy" "p" { name = "p" }
        resource "aws_db_proxy_target" "p" {
          db_proxy_name          = aws_db_proxy.p.name
          target_group_name      = "default"
          db_instance_identifier = aws_db_instance.db.identifier
        }""",
    )
    assert [client.endpoint.resource.address.text for client in clients(graph)] == named
    assert proxied(one(graph, "aws_db_proxy.p"), graph) == (one(graph, "aws_db_instance.db"),)
    assert proxies_of(one(graph, "aws_db_instance.db"), graph) == (one(graph, "aws_db_proxy.p"),)


POD = """
resource "kubernetes_deployment_v1" "api" {
  metadata { name = "api" }
  spec {
    replicas = 3
    selector { match_labels = { app = "api" } }
    template {
      metadata { labels = { app = "api" } }
      spec {
        container {
          name  = "api"
          image = "registry.example.com/api:1"
          %s
        }
        container {
          name  = "other"
          image = "registry.example.com/other:1"
        }
      }
    }
  }
}
resource "kubernetes_config_map_v1" "db" {
  metadata { name = "db" }
  data = {
    DB_HOST      = aws_db_instance.db.address
    DB_POOL_SIZE = "6"
  }
}
"""
BY_KEY = """
env {
  name = "DATABASE_SERVER"
  value_from {
    config_map_key_ref {
      name = "db"
      key  = "DB_HOST"
    }
  }
}
env {
  name  = "DB_POOL_SIZE"
  value = "4"
}
"""
WHOLE = 'env_from {\n config_map_ref {\n name = "db"\n }\n }'


@pytest.mark.parametrize(("container", "pool"), [(BY_KEY, 4), (WHOLE, 6)])
def test_pods_that_read_a_config_map(container: str, pool: int) -> None:
    graph = graph_of(_instance(), POD % container)
    (client,) = clients_of(one(graph, "aws_db_instance.db"), graph)
    found = pool_of(client.settings, client.address)
    assert client.name == "api"
    assert found is not None
    assert found.value == pool
    replicas = replicas_of(client.resource, graph)
    assert (replicas.most, replicas.during_deployment) == (3, 4)


def test_a_config_map_that_is_not_here_leaves_the_pool_open() -> None:
    env = 'env {\n name = "DB_HOST"\n value = aws_db_instance.db.address\n }\n env_from {\n config_map_ref {\n name = "away"\n }\n }'
    graph = graph_of(_instance(), POD % env)
    (client,) = clients(graph)
    with pytest.raises(Undecided):
        pool_of(client.settings, client.address)


# -- the rules, on both sides of each boundary: db.t4g.medium allows 450 connections

EXCEED, NEAR = "aws/rds/pools_exceed_max_connections", "aws/rds/pools_near_max_connections"
DEPLOYING, ASSUMED = "aws/rds/pools_exceed_while_deploying", "aws/rds/pools_may_exceed_max_connections"


@pytest.mark.parametrize(
    ("pool", "exceed", "near", "deploying"),
    [
        (91, "pass", "pass", "fail"),  # 4 x 91 + 10 = 374 = 0.9 x 0.95 x 450 = 384; twice 364 + 10 > 450
        (93, "pass", "pass", "fail"),  # 382
        (94, "pass", "fail", "fail"),  # 386
        (110, "pass", "fail", "fail"),  # 450: all of them, and not one more
        (111, "fail", "pass", "pass"),  # 454
        (55, "pass", "pass", "pass"),  # 220 + 10, 450 while deploying
        (56, "pass", "pass", "fail"),  # 458 while deploying
    ],
)
def test_the_three_rules_share_the_range(pool: int, exceed: str, near: str, deploying: str) -> None:
    graph = graph_of(_instance(), _task(env=_var("DB_POOL_SIZE", str(pool))))
    assert (outcome(EXCEED, graph), outcome(NEAR, graph), outcome(DEPLOYING, graph)) == (exceed, near, deploying)


def test_the_message_states_the_whole_sum() -> None:
    env = _var("DB_POOL_SIZE", "50") + _var("DB_MAX_OVERFLOW", "10") + _var("WEB_CONCURRENCY", "2")
    graph = graph_of(_instance(), _task(env=env), FUNCTION % "reserved_concurrent_executions = 20")
    assert messages(EXCEED, graph) == [
        (
            "clients may open 510 connections, the database allows 450 (the default for 4 GiB of db.t4g.medium): "
            "aws_ecs_service.s 4 x 2 processes x (50 + 10) = 480, aws_lambda_function.f 20 x 1 = 20, 10 reserved"
        )
    ]
    (finding,) = judged(EXCEED, graph).findings
    assert (finding.resource, finding.attribute) == ("aws_db_instance.db", "instance_class")


def test_a_client_that_is_not_known_adds_nothing_and_hides_nothing() -> None:
    function = FUNCTION % "reserved_concurrent_executions = var.n" + 'variable "n" {}'
    for pool, expected in (("111", "fail"), ("20", "unsure")):
        graph = graph_of(_instance(), _task(env=_var("DB_POOL_SIZE", pool)), function)
        assert outcome(EXCEED, graph) == expected


@pytest.mark.parametrize(("assumed", "expected"), [(110, "pass"), (111, "fail")])
def test_assumed_pools(assumed: int, expected: str) -> None:
    graph = graph_of(_instance(), _task())
    assert outcome(ASSUMED, graph, assumed_pool=assumed) == expected
    assert outcome(EXCEED, graph) == "pass"


def test_a_pool_that_is_too_large_as_it_is_written_is_not_told_twice() -> None:
    assert outcome(ASSUMED, graph_of(_instance(), _task(env=_var("DB_POOL_SIZE", "111")))) == "pass"


@pytest.mark.parametrize(("reserved", "expected"), [(450, "pass"), (451, "fail")])
def test_one_function_alone(reserved: int, expected: str) -> None:
    graph = graph_of(_instance(), FUNCTION % f"reserved_concurrent_executions = {reserved}")
    assert outcome("aws/lambda/exhausts_database", graph) == expected
    assert outcome(EXCEED, graph) == ("pass" if expected == "fail" else "fail")  # with the reserve, 450 is too much for the sum
    assert outcome("aws/lambda/unbounded_before_database", graph) == "pass"


@pytest.mark.parametrize(("limit", "expected"), [(450, "pass"), (451, "fail")])
def test_a_function_without_a_limit(limit: int, expected: str) -> None:
    graph = graph_of(_instance(), FUNCTION % "")
    assert outcome("aws/lambda/unbounded_before_database", graph, account_limit=limit) == expected


def test_a_proxy_lets_clients_wait() -> None:
    proxy = """
    resource "aws_db_proxy" "p" { name = "p" }
    resource "aws_db_proxy_target" "p" {
      db_proxy_name          = aws_db_proxy.p.name
      target_group_name      = "default"
      db_instance_identifier = aws_db_instance.db.identifier
    }"""
    graph = graph_of(_instance(), proxy, _task(host="aws_db_proxy.p.endpoint", env=_var("DB_POOL_SIZE", "500")))
    assert [outcome(path, graph) for path in (EXCEED, NEAR, DEPLOYING, ASSUMED)] == ["pass"] * 4
    assert budgets_of(one(graph, "aws_db_instance.db"), graph) == ()


def test_readers_have_a_budget_of_their_own() -> None:
    graph = graph_of(
        CLUSTER % ("aurora-mysql", "", 2, "db.t4g.medium"),  # 90 each
        _task(
            host="aws_rds_cluster.c.reader_endpoint", env=_var("DB_POOL_SIZE", "21") + '{ name = "W", value = aws_rds_cluster.c.endpoint },'
        ),
    )
    cluster = one(graph, "aws_rds_cluster.c")
    assert [(budget.limit.connections, budget.total()) for budget in budgets_of(cluster, graph)] == [(90, 84), (90, 84)]
    assert ["readers" in message for message in messages(EXCEED, graph)] == [False, True]


def test_a_plan_that_knows_only_that_an_endpoint_goes_into_it() -> None:
    text = _task().replace("jsonencode([{", "jsonencode([var.more, {") + 'variable "more" {}'
    graph = graph_of(_instance(), text)
    assert outcome(EXCEED, graph) in ("pass", "unsure")
    whole = (
        _task(env=_var("DB_POOL_SIZE", "500"))
        .replace("container_definitions = jsonencode(", "container_definitions = format(var.f, jsonencode(")
        .replace("])\n", "]))\n", 1)
    )
    graph = graph_of(_instance(), whole, 'variable "f" {}')
    assert outcome(EXCEED, graph) == "unsure"


def test_a_plan_of_what_exists_names_the_host_as_text() -> None:
    host = "db.abcdefgh.eu-central-1.rds.amazonaws.com"
    containers = [{"name": "app", "environment": [{"name": "DB_HOST", "value": host}, {"name": "DB_POOL_SIZE", "value": "120"}]}]
    arn = "arn:aws:ecs:eu-central-1:111122223333:task-definition/t:7"
    bodies: dict[str, dict[str, Any]] = {
        "aws_db_instance.db": {"identifier": "db", "engine": "postgres", "instance_class": "db.t4g.medium", "address": host},
        "aws_ecs_task_definition.t": {"family": "t", "arn": arn, "container_definitions": json.dumps(containers)},
        "aws_ecs_service.s": {
            "name": "s",
            "cluster": "arn:aws:ecs:eu-central-1:111122223333:cluster/main",
            "task_definition": arn,
            "desired_count": 2,
        },
        "aws_appautoscaling_target.t": {"resource_id": "service/main/s", "max_capacity": 4},
    }
    graph = planned({address: (body, {"actions": ["no-op"], "before": body, "after": body}) for address, body in bodies.items()})
    (message,) = messages(EXCEED, graph)
    assert message.endswith("aws_ecs_service.s 4 x 120 = 480, 10 reserved")


@pytest.mark.parametrize(("version", "connections"), [("10.4.8", 1365), ("10.11.9", 682)])
def test_the_version_of_an_instance_counts(version: str, connections: int) -> None:
    graph = graph_of(_instance(f'engine_version = "{version}"', engine="mariadb", size="db.r6g.large"))
    limit = limit_of(one(graph, "aws_db_instance.db"), graph)
    assert limit is not None
    assert limit.connections == connections


def test_a_cluster_of_instances_in_three_zones() -> None:
    text = 'resource "aws_rds_cluster" "c" {\n engine = "mysql"\n db_cluster_instance_class = "db.r6g.large"\n}'
    graph = graph_of(text)
    cluster = one(graph, "aws_rds_cluster.c")
    found, reading = limit_of(cluster, graph), reader_limit(cluster, graph)
    assert found is not None
    assert reading is not None
    assert (found.connections, reading.connections) == (1365, 2730)
    unknown = graph_of(text.replace('"mysql"', '"db2-se"'))
    assert reader_limit(one(unknown, "aws_rds_cluster.c"), unknown) is None


@pytest.mark.parametrize(
    ("more", "deploying"),
    [
        ("", 8),
        ("deployment_maximum_percent = 150", 6),
        ('deployment_maximum_percent = 150\n deployment_controller {\n type = "CODE_DEPLOY"\n }', 8),
        ('deployment_maximum_percent = 150\n deployment_controller {\n type = "ECS"\n }', 6),
    ],
)
def test_tasks_while_deploying(more: str, deploying: int) -> None:
    graph = graph_of(_instance(), _task().replace("desired_count   = 4", f"desired_count = 4\n {more}"))
    assert replicas_of(one(graph, "aws_ecs_service.s"), graph).during_deployment == deploying


def test_a_daemon_has_as_many_tasks_as_there_are_instances() -> None:
    graph = graph_of(_instance(), _task().replace("desired_count   = 4", 'scheduling_strategy = "DAEMON"'))
    with pytest.raises(Undecided):
        replicas_of(one(graph, "aws_ecs_service.s"), graph)


@pytest.mark.parametrize(
    ("more", "most"),
    [
        ("", 25),
        ("auto_scaling_configuration_arn = aws_apprunner_auto_scaling_configuration_version.v.arn", 7),
        ('auto_scaling_configuration_arn = "arn:aws:apprunner:eu-central-1:111122223333:autoscalingconfiguration/away/1/x"', None),
    ],
)
def test_instances_of_app_runner(more: str, most: int | None) -> None:
    version = 'resource "aws_apprunner_auto_scaling_configuration_version" "v" {\n max_size = 7\n}'
    graph = graph_of(f'resource "aws_apprunner_service" "s" {{\n service_name = "s"\n {more}\n}}', version)
    service = one(graph, "aws_apprunner_service.s")
    if most is None:
        with pytest.raises(Undecided):
            replicas_of(service, graph)
    else:
        assert replicas_of(service, graph).most == most


@pytest.mark.parametrize(("strategy", "deploying"), [("", 4), ('strategy {\n type = "Recreate"\n }', 3)])
def test_pods_while_a_rollout_runs(strategy: str, deploying: int) -> None:
    graph = graph_of(_instance(), (POD % BY_KEY).replace("replicas = 3", f"replicas = 3\n {strategy}"))
    (client,) = clients(graph)
    assert replicas_of(client.resource, graph).during_deployment == deploying


@pytest.mark.parametrize(("parallelism", "most"), [("parallelism = 6", 6), ("", 1)])
def test_pods_of_a_job(parallelism: str, most: int) -> None:
    job = (POD % BY_KEY).replace("kubernetes_deployment_v1", "kubernetes_job_v1").replace("replicas = 3", parallelism)
    graph = graph_of(_instance(), job.replace('selector { match_labels = { app = "api" } }', ""))
    (client,) = clients(graph)
    assert replicas_of(client.resource, graph).most == most


def test_a_stray_mapping_may_be_of_any_function() -> None:
    stray = 'resource "aws_lambda_event_source_mapping" "x" {\n function_name = var.f\n}\nvariable "f" {}'
    graph = graph_of(_instance(), FUNCTION % "", stray)
    with pytest.raises(Undecided):
        replicas_of(one(graph, "aws_lambda_function.f"), graph)


def test_who_has_no_limit_is_named() -> None:
    graph = graph_of(_instance(), _task(env=_var("DB_POOL_SIZE", "111")), FUNCTION % "")
    (message,) = messages(EXCEED, graph)
    assert message.endswith("aws_ecs_service.s 4 x 111 = 444, 10 reserved, and aws_lambda_function.f without a limit")
