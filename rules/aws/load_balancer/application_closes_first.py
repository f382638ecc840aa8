"""An application closes idle connections before its load balancer does.

## Why it matters
The load balancer keeps connections to its targets open and uses them again within `idle_timeout`. When the application closes one first,
a request may be on the way already: the load balancer answers 502, for a request that never reached the application. It happens a few
times an hour, mostly when there is little traffic, and nothing stands in the application's log.

## Five whys
1. Why are there single 502 without any trace in the application? The connection was closed as the request arrived.
2. Why did the application close it? Its keep-alive ended: 5 seconds without a request.
3. Why did the load balancer still use it? It keeps idle connections for 60 seconds.
4. Why do they differ? The variable that tells the application was set for another neighbour.

## Fix now
Set the variable above the load balancer's idle timeout: 75 seconds for its 60; in Node `server.keepAliveTimeout = 75000` with
`headersTimeout` above it.

## Workaround
Lower `idle_timeout` of the load balancer below the application's keep-alive, where no answer takes longer.

## Prevent
The rule of thumb in each template: keep-alive of the application = idle timeout of the load balancer + 15 s.

## Validate
`HTTPCode_ELB_502_Count` stays at 0 on a quiet service.

## Bad
```hcl
resource "aws_lb" "api" {
  name = "api"
}

resource "aws_lb_listener" "api" {
  load_balancer_arn = aws_lb.api.arn
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.api.arn
  }
}

resource "aws_lb_target_group" "api" {
  name = "api"
}

resource "aws_ecs_task_definition" "api" {
  family = "api"
  container_definitions = jsonencode([{
    name    = "api"
    environment = [{ name = "KEEP_ALIVE_TIMEOUT_MS", value = "5000" }]
  }])
}

resource "aws_ecs_service" "api" { # finding
  name            = "api"
  task_definition = aws_ecs_task_definition.api.arn
  load_balancer {
    target_group_arn = aws_lb_target_group.api.arn
    container_name   = "api"
    container_port   = 8000
  }
}
```

## Good
```hcl
resource "aws_lb" "api" {
  name = "api"
}

resource "aws_lb_listener" "api" {
  load_balancer_arn = aws_lb.api.arn
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.api.arn
  }
}

resource "aws_lb_target_group" "api" {
  name = "api"
}

resource "aws_ecs_task_definition" "api" {
  family = "api"
  container_definitions = jsonencode([{
    name    = "api"
    environment = [{ name = "KEEP_ALIVE_TIMEOUT_MS", value = "75000" }]
  }])
}

resource "aws_ecs_service" "api" {
  name            = "api"
  task_definition = aws_ecs_task_definition.api.arn
  load_balancer {
    target_group_arn = aws_lb_target_group.api.arn
    container_name   = "api"
    container_port   = 8000
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.started import started_by
from auditor.views.timeouts.application import keep_alive
from auditor.views.timeouts.call import calls_to


@rule(
    target="aws_ecs_service",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=["HTTPCode_ELB_502_Count", "502 Bad Gateway"],
)
def check(service: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    names = [name.text for name in service.each("load_balancer.container_name")]
    for call in calls_to(resource, graph):
        for container in started_by(resource, graph):
            kept = keep_alive(container.settings) if container.name in names else None
            if kept is not None and kept.seconds <= call.waits.seconds:
                message = (
                    f"the application closes a connection after {kept.seconds:g} s ({kept.said}), {call.caller.address.text} uses it "
                    f"for {call.waits.seconds:g} s ({call.waits.said})"
                )
                yield Fail(service, message, expected=f"more than {call.waits.seconds:g} s", related=(kept.where, call.waits.where))
