"""The load balancer keeps idle connections for longer than the server behind it.

## Why it matters
An application load balancer sends the next request over a connection that it still has. When the server closes it at that moment, the
request is lost and the client gets 502: rarely, on quiet and on busy services alike, and without a line in the application's log.

## Five whys
1. Why is there a 502 now and then? The connection was closed while the load balancer sent a request over it.
2. Why did the server close it? It had been idle for the server's keep-alive time.
3. Why did the load balancer still use it? Its own idle timeout is longer.
4. Why are they so? Both are defaults: 60 seconds there, 2 or 5 here.

## Fix now
Start the server with a keep-alive above the idle timeout: `gunicorn --keep-alive 75`, `uvicorn --timeout-keep-alive 75`, `hypercorn
--keep-alive 75`. Without a new image: `aws elbv2 modify-load-balancer-attributes --load-balancer-arn ARN --attributes
Key=idle_timeout.timeout_seconds,Value=4` also cuts slow requests, so only where answers are quick.

## Workaround
Let clients try idempotent requests again on 502.

## Prevent
Keep-alive = idle timeout + 5 to 15 seconds, both from one variable. AWS: "configure the idle timeout of your application to be larger than
the idle timeout configured for the load balancer".

## Validate
`aws cloudwatch get-metric-statistics --namespace AWS/ApplicationELB --metric-name HTTPCode_ELB_502_Count …` stays 0 over a night.

## Bad
```hcl
resource "aws_lb" "web" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"] # 60 s by default
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTPS"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}

resource "aws_lb_target_group" "web" {
  port        = 8000
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0123456789abcdef0"
}

resource "aws_ecs_task_definition" "web" {
  family       = "web"
  network_mode = "awsvpc"
  container_definitions = jsonencode([
    {
      name         = "web"
      image        = "shop:1.9"
      command      = ["uvicorn", "shop:app", "--host", "0.0.0.0", "--timeout-keep-alive", "30"] # finding
      portMappings = [{ containerPort = 8000 }]
    }
  ])
}

resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = aws_ecs_task_definition.web.arn

  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "web"
    container_port   = 8000
  }
}
```

## Good
```hcl
resource "aws_lb" "web" {
  subnets      = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
  idle_timeout = 60
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTPS"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}

resource "aws_lb_target_group" "web" {
  port        = 8000
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0123456789abcdef0"
}

locals {
  commands = {
    longer = ["gunicorn", "shop:app", "-k", "uvicorn.workers.UvicornWorker", "--keep-alive", "75"]
    sync   = ["gunicorn", "shop:app", "--workers", "4"]
    file   = ["gunicorn", "shop:app", "-k", "gevent", "-c", "gunicorn.conf.py"]
    other  = ["/srv/shop", "--listen", ":8000"]
  }
}

resource "aws_ecs_task_definition" "web" {
  for_each     = local.commands
  family       = each.key
  network_mode = "awsvpc"
  container_definitions = jsonencode([
    {
      name         = "web"
      image        = "shop:1.9"
      command      = each.value
      portMappings = [{ containerPort = 8000 }]
    }
  ])
}

resource "aws_ecs_service" "web" {
  for_each        = local.commands
  name            = each.key
  task_definition = aws_ecs_task_definition.web[each.key].arn

  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "web"
    container_port   = 8000
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Severity, rule
from auditor.views.decide import given
from auditor.views.ecs_service import Bound, bound
from auditor.views.load_balancer import balancer_type, balancers_of
from auditor.views.server import keep_alive

DEFAULT_IDLE_TIMEOUT = 60


@rule(
    target="aws_ecs_service",
    each=bound,
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    symptoms=(r"502 Bad Gateway", r"upstream prematurely closed connection", r"ECONNRESET", r"[Cc]onnection reset by peer"),
)
def check(balancer: Bound, graph: Graph) -> Iterator[Fail]:
    for group in balancer.groups:
        for front in balancers_of(group, graph):
            if balancer_type(front.body) != "application":
                continue
            written = front.at("idle_timeout")
            idle = (written.number or DEFAULT_IDLE_TIMEOUT) if given(written) else DEFAULT_IDLE_TIMEOUT
            for container in balancer.containers:
                server = keep_alive(container)
                if server is not None and server.seconds <= idle:
                    here = f"after {server.seconds:g} s" if server.written else f"after {server.seconds:g} s by default"
                    message = f"{server.server} closes idle connections {here}, {front.address.text} after {idle:g} s"
                    yield Fail(server.where, message, expected=f"more than {idle:g} s", actual=f"{server.seconds:g} s", related=(written,))
                    return
