"""Timeout ladders: who calls whom, how long each waits, and what applications are told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.model.node import Undecided
from auditor.model.resource import Facet
from auditor.views.started import Settings, started_by
from auditor.views.timeouts.application import Duration, keep_alive, pool_idle_time, request_timeout, shutdown_time
from auditor.views.timeouts.call import calls, idle_time
from auditor.views.timeouts.ladder import ladders_to
from tests.aws_made import graph_of, messages, one, outcome
from tests.made import resource


def _service(command: str = "[]", env: str = "", more: str = "", container: str = "") -> str:
    return f"""
resource "aws_ecs_task_definition" "t" {{
  family = "t"
  container_definitions = jsonencode([{{ name = "app", command = {command}, environment = [{env}], {container} }}])
}}
resource "aws_ecs_service" "s" {{
  name            = "s"
  task_definition = aws_ecs_task_definition.t.arn
  {more}
}}
"""


def _var(name: str, value: str) -> str:
    return f'{{ name = "{name}", value = "{value}" }},'


@pytest.mark.parametrize(
    ("reader", "command", "env", "seconds", "assumed"),
    [
        (request_timeout, '["gunicorn", "--timeout", "120", "app"]', "", 120, False),
        (request_timeout, '["gunicorn", "-t", "90", "app"]', "", 90, False),
        (request_timeout, '["sh", "-c", "exec gunicorn --timeout=45 app"]', "", 45, False),
        (request_timeout, '["gunicorn", "app"]', "", 30, True),
        (request_timeout, "[]", _var("GUNICORN_CMD_ARGS", "--timeout 50"), 50, False),
        (request_timeout, "[]", _var("GUNICORN_TIMEOUT", "60"), 60, False),
        (request_timeout, '["uwsgi", "--harakiri", "20"]', "", 20, False),
        (request_timeout, "[]", _var("PROXY_READ_TIMEOUT", "2m"), 120, False),
        (request_timeout, '["node", "server.js", "--timeout", "9"]', "", None, False),
        (request_timeout, "[]", _var("GUNICORN_TIMEOUT", "soon"), None, False),
        (shutdown_time, '["gunicorn", "--graceful-timeout", "60", "app"]', "", 60, False),
        (shutdown_time, '["gunicorn", "app"]', "", 30, True),
        (shutdown_time, "[]", _var("SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE", "45s"), 45, False),
        (shutdown_time, "[]", _var("SHUTDOWN_TIMEOUT", "45"), None, False),
        (shutdown_time, "[]", _var("SHUTDOWN_TIMEOUT_SECONDS", "45"), 45, False),
        (keep_alive, '["uvicorn", "app:app", "--timeout-keep-alive", "75"]', "", None, False),
        (keep_alive, "[]", _var("KEEP_ALIVE_TIMEOUT_MS", "65000"), 65, False),
        (keep_alive, "[]", _var("KEEP_ALIVE_TIMEOUT", "65000"), None, False),
        (pool_idle_time, "[]", _var("HIKARI_IDLE_TIMEOUT", "600000"), 600, False),
        (pool_idle_time, "[]", _var("DB_POOL_IDLE_TIMEOUT", "10m"), 600, False),
        (pool_idle_time, "[]", _var("DB_POOL_IDLE_TIMEOUT", "600"), None, False),
    ],
)
def test_what_applications_are_told(
    reader: Callable[[Settings], Duration | None], command: str, env: str, seconds: float | None, assumed: bool
) -> None:
    graph = graph_of(_service(command, env))
    (it,) = started_by(one(graph, "aws_ecs_service.s"), graph)
    found = reader(it.settings)
    assert (found.seconds if found else None) == seconds
    assert found is None or found.assumed is assumed


def test_an_unknown_variable_may_set_what_is_else_a_default() -> None:
    graph = graph_of(_service('["gunicorn", "app"]', '{ name = var.n, value = "1" }'), 'variable "n" {}')
    (it,) = started_by(one(graph, "aws_ecs_service.s"), graph)
    with pytest.raises(Undecided):
        request_timeout(it.settings)


BALANCER = """
resource "aws_lb" "b" {
  name = "b"
  %s
}
resource "aws_lb_listener" "l" {
  load_balancer_arn = aws_lb.b.arn
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.g.arn
  }
}
resource "aws_lb_target_group" "g" { name = "g" }
"""
BEHIND = 'load_balancer {\n target_group_arn = aws_lb_target_group.g.arn\n container_name = "app"\n container_port = 80\n }'
DISTRIBUTION = """
resource "aws_cloudfront_distribution" "d" {
  origin {
    origin_id   = "o"
    domain_name = %s
    custom_origin_config {
      %s
    }
  }
}
"""
FUNCTION = """
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
  timeout       = %s
  environment {
    variables = { DB_HOST = aws_db_proxy.p.endpoint }
  }
}
resource "aws_db_proxy" "p" { name = "p" }
resource "aws_db_proxy_default_target_group" "p" {
  db_proxy_name = aws_db_proxy.p.name
  connection_pool_config { connection_borrow_timeout = %s }
}
"""


def _steps(*texts: str) -> list[tuple[str, str, float]]:
    graph = graph_of(*texts)
    return [(call.caller.address.text, call.callee.address.text, call.waits.seconds) for call in calls(graph)]


@pytest.mark.parametrize(
    ("host", "more"),
    [
        ("aws_lb.b.dns_name", ""),
        ("aws_route53_record.r.fqdn", ""),
        ('"origin.example.com"', ""),
    ],
)
def test_a_distribution_calls_a_load_balancer(host: str, more: str) -> None:
    record = """
    resource "aws_route53_record" "r" {
      zone_id = "Z1"
      name    = "origin.example.com"
      type    = "A"
      alias {
        name                   = aws_lb.b.dns_name
        zone_id                = aws_lb.b.zone_id
        evaluate_target_health = true
      }
    }"""
    found = _steps(BALANCER % "", DISTRIBUTION % (host, more), record)
    assert found == [("aws_cloudfront_distribution.d", "aws_lb.b", 30)]


def test_apis_call_functions_and_load_balancers() -> None:
    found = _steps(
        BALANCER % "idle_timeout = 20",
        FUNCTION % (30, 10),
        """
        resource "aws_apigatewayv2_api" "a" { name = "a" }
        resource "aws_apigatewayv2_integration" "f" {
          api_id               = aws_apigatewayv2_api.a.id
          integration_uri      = aws_lambda_function.f.invoke_arn
          timeout_milliseconds = 5000
        }
        resource "aws_apigatewayv2_integration" "b" {
          api_id          = aws_apigatewayv2_api.a.id
          integration_uri = aws_lb_listener.l.arn
        }
        resource "aws_api_gateway_integration" "later" {
          uri                = aws_lambda_function.f.invoke_arn
          request_parameters = { "integration.request.header.X-Amz-Invocation-Type" = "'Event'" }
        }""",
        DISTRIBUTION % ("aws_apigatewayv2_api.a.api_endpoint", "origin_read_timeout = 40"),
    )
    assert found == [
        ("aws_cloudfront_distribution.d", "aws_apigatewayv2_integration.f", 40),
        ("aws_cloudfront_distribution.d", "aws_apigatewayv2_integration.b", 40),
        ("aws_apigatewayv2_integration.f", "aws_lambda_function.f", 5),
        ("aws_apigatewayv2_integration.b", "aws_lb.b", 30),
        ("aws_lambda_function.f", "aws_db_proxy.p", 30),
    ]


def test_the_ladder_down_to_the_proxy() -> None:
    url = 'resource "aws_lambda_function_url" "u" {\n function_name = aws_lambda_function.f.function_name\n}'
    graph = graph_of(FUNCTION % (60, 20), url, DISTRIBUTION % ("aws_lambda_function_url.u.function_url", "origin_read_timeout = 25"))
    (ladder,) = ladders_to(one(graph, "aws_db_proxy.p"), graph)
    assert ladder.said() == "aws_cloudfront_distribution.d waits 25 s, then aws_lambda_function.f waits 60 s"
    assert ladder.shortest.caller.address.text == "aws_cloudfront_distribution.d"


BORROW = "aws/rds/proxy_borrow_outlasts_caller"


@pytest.mark.parametrize(("timeout", "borrow", "expected"), [(30, 29, "pass"), (30, 30, "fail"), (30, 31, "fail")])
def test_borrowing(timeout: int, borrow: int, expected: str) -> None:
    assert outcome(BORROW, graph_of(FUNCTION % (timeout, borrow))) == expected


def test_borrowing_against_the_outermost_caller() -> None:
    url = 'resource "aws_lambda_function_url" "u" {\n function_name = aws_lambda_function.f.function_name\n}'
    graph = graph_of(FUNCTION % (60, 28), url, DISTRIBUTION % ("aws_lambda_function_url.u.function_url", "origin_read_timeout = 25"))
    assert messages(BORROW, graph) == [
        (
            "a client waits up to 28 s for a connection, and aws_cloudfront_distribution.d gives up after 25 s (origin_read_timeout): "
            "aws_cloudfront_distribution.d waits 25 s, then aws_lambda_function.f waits 60 s"
        )
    ]


def test_an_unknown_borrow_timeout_is_no_finding() -> None:
    assert outcome(BORROW, graph_of(FUNCTION % (30, "var.b"), 'variable "b" {}')) == "unsure"


@pytest.mark.parametrize(
    ("idle", "read", "command", "expected"),
    [
        ("idle_timeout = 30", "", "[]", "pass"),
        ("idle_timeout = 31", "", "[]", "fail"),
        ("", "", "[]", "pass"),  # the default of a load balancer says nothing of the work
        ("", "", '["gunicorn", "--timeout", "31", "a"]', "fail"),
        ("", "", '["gunicorn", "--timeout", "30", "a"]', "pass"),
        ("", "", '["gunicorn", "a"]', "pass"),
        ("idle_timeout = 60", "origin_read_timeout = 60", '["gunicorn", "--timeout", "60", "a"]', "pass"),
        ("idle_timeout = 60", "origin_read_timeout = 59", "[]", "fail"),
        ("idle_timeout = var.i", "", "[]", "pass"),
        ("idle_timeout = 99", "origin_read_timeout = var.i", "[]", "pass"),
    ],
)
def test_a_distribution_and_what_is_behind(idle: str, read: str, command: str, expected: str) -> None:
    graph = graph_of(BALANCER % idle, DISTRIBUTION % ("aws_lb.b.dns_name", read), _service(command, more=BEHIND), 'variable "i" {}')
    assert outcome("aws/cloudfront/gives_up_before_origin", graph) == expected


@pytest.mark.parametrize(("timeout", "expected"), [(60, "pass"), (61, "fail")])
def test_a_load_balancer_and_its_application(timeout: int, expected: str) -> None:
    graph = graph_of(BALANCER % "", _service(f'["gunicorn", "--timeout", "{timeout}", "a"]', more=BEHIND))
    assert outcome("aws/load_balancer/gives_up_before_application", graph) == expected


@pytest.mark.parametrize(
    ("kept", "idle", "expected"),
    [("61", "", "pass"), ("60", "", "fail"), ("59", "idle_timeout = 58", "pass"), ("59", "idle_timeout = 59", "fail")],
)
def test_who_closes_first(kept: str, idle: str, expected: str) -> None:
    graph = graph_of(BALANCER % idle, _service("[]", _var("KEEP_ALIVE_TIMEOUT_SECONDS", kept), more=BEHIND))
    assert outcome("aws/load_balancer/application_closes_first", graph) == expected


def test_a_network_load_balancer_does_not_answer_504() -> None:
    graph = graph_of(BALANCER % 'load_balancer_type = "network"', _service("[]", _var("KEEP_ALIVE_TIMEOUT_SECONDS", "5"), more=BEHIND))
    assert calls(graph) == ()
    assert outcome("aws/load_balancer/application_closes_first", graph) == "pass"


@pytest.mark.parametrize(
    ("container", "grace", "expected"),
    [("", 30, "pass"), ("", 31, "fail"), ("stopTimeout = 60", 60, "pass"), ("stopTimeout = 59", 60, "fail")],
)
def test_shutdown(container: str, grace: int, expected: str) -> None:
    graph = graph_of(_service(f'["gunicorn", "--graceful-timeout", "{grace}", "a"]', container=container))
    assert outcome("aws/ecs/killed_before_shutdown_ends", graph) == expected


@pytest.mark.parametrize(
    ("idle", "listener", "expected"), [(350, "", "pass"), (351, "", "fail"), (350, "tcp_idle_timeout_seconds = 349", "fail")]
)
def test_quiet_connections(idle: int, listener: str, expected: str) -> None:
    text = f"""
    resource "aws_lb" "n" {{
      name               = "n"
      load_balancer_type = "network"
    }}
    resource "aws_lb_listener" "n" {{
      load_balancer_arn = aws_lb.n.arn
      {listener}
    }}"""
    env = '{ name = "DB_HOST", value = aws_lb.n.dns_name },' + _var("HIKARI_IDLE_TIMEOUT", str(idle * 1000))
    assert outcome("aws/load_balancer/idle_connections_dropped", graph_of(text, _service(env=env))) == expected
    alive = env + _var("DB_OPTIONS", "tcpKeepAlive=true")
    assert outcome("aws/load_balancer/idle_connections_dropped", graph_of(text, _service(env=alive))) == "pass"


WORKER = """
resource "aws_sqs_queue" "q" {
  name                       = "q"
  visibility_timeout_seconds = %d
}
resource "aws_iam_role" "r" { name = "r" }
resource "aws_iam_role_policy" "r" {
  role   = aws_iam_role.r.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "%s", Resource = aws_sqs_queue.q.arn }]
  })
}
resource "aws_ecs_task_definition" "t" {
  family                = "t"
  task_role_arn         = aws_iam_role.r.arn
  container_definitions = jsonencode([{ name = "w", environment = [{ name = "QUEUE_URL", value = aws_sqs_queue.q.url }], %s }])
}
resource "aws_ecs_service" "s" {
  name            = "s"
  launch_type     = "%s"
  task_definition = aws_ecs_task_definition.t.arn
}
"""


@pytest.mark.parametrize(
    ("visibility", "action", "container", "launch", "expected"),
    [
        (30, "sqs:ReceiveMessage", "", "FARGATE", "pass"),
        (31, "sqs:ReceiveMessage", "", "FARGATE", "fail"),
        (900, "sqs:ReceiveMessage", "stopTimeout = 119", "FARGATE", "fail"),
        (900, "sqs:ReceiveMessage", "stopTimeout = 120", "FARGATE", "pass"),  # more is not to be had
        (900, "sqs:ReceiveMessage", "stopTimeout = 120", "EC2", "fail"),
        (900, "sqs:SendMessage", "", "FARGATE", "pass"),  # a producer
    ],
)
def test_workers(visibility: int, action: str, container: str, launch: str, expected: str) -> None:
    graph = graph_of(WORKER % (visibility, action, container, launch))
    assert outcome("aws/ecs/worker_killed_before_message_is_done", graph) == expected


def test_a_rest_api_before_a_load_balancer() -> None:
    api = """
    resource "aws_api_gateway_rest_api" "r" { name = "r" }
    resource "aws_api_gateway_vpc_link" "v" {
      name        = "v"
      target_arns = [aws_lb.b.arn]
    }
    resource "aws_api_gateway_integration" "linked" {
      rest_api_id   = aws_api_gateway_rest_api.r.id
      connection_id = aws_api_gateway_vpc_link.v.id
      uri           = "http://inner.example.com/"
    }
    resource "aws_api_gateway_integration" "by_host" {
      rest_api_id          = aws_api_gateway_rest_api.r.id
      uri                  = "http://${aws_lb.b.dns_name}/orders"
      timeout_milliseconds = 10000
    }
    resource "aws_api_gateway_stage" "s" {
      rest_api_id = aws_api_gateway_rest_api.r.id
      stage_name  = "prod"
    }"""
    found = _steps(BALANCER % "", api, DISTRIBUTION % ("aws_api_gateway_stage.s.invoke_url", ""))
    assert found == [
        ("aws_cloudfront_distribution.d", "aws_api_gateway_integration.linked", 30),
        ("aws_cloudfront_distribution.d", "aws_api_gateway_integration.by_host", 30),
        ("aws_api_gateway_integration.linked", "aws_lb.b", 29),
        ("aws_api_gateway_integration.by_host", "aws_lb.b", 10),
    ]


def test_only_functions_wait_for_a_proxy_as_long_as_they_run() -> None:
    service = _service(env='{ name = "DB_HOST", value = aws_db_proxy.p.endpoint },')
    assert _steps(FUNCTION % (30, 10), service) == [("aws_lambda_function.f", "aws_db_proxy.p", 30)]


@pytest.mark.parametrize(
    ("facet", "seconds", "assumed"),
    [
        (Facet.WRITTEN, 60, False),
        (Facet.WRITTEN, None, True),
        (Facet.PLANNED, 60, True),
        (Facet.RECORDED, 60, True),
        (Facet.RUNNING, 60, True),
        (Facet.RECORDED, 61, False),
    ],
)
def test_a_recorded_default_is_nobodys_choice(facet: Facet, seconds: int | None, assumed: bool) -> None:
    found = idle_time(resource("aws_lb.b", {} if seconds is None else {"idle_timeout": seconds}, facet=facet))
    assert (found.seconds, found.assumed) == (seconds or 60, assumed)
