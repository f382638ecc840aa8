"""A container is killed before its server has finished its last requests.

## Why it matters
On each deployment and scale-in ECS sends SIGTERM, waits `stopTimeout` (30 seconds when nothing is said), and then kills. A server that
takes a minute to finish what it has begun is killed in the middle: customers see 502 and half-done work, at each release.

ECS takes a task out of its target group, and waits for `deregistration_delay`, before it sends SIGTERM: that delay is not a part of
`stopTimeout`, and makes no difference here.

## Five whys
1. Why do a few requests fail at each deployment? Their container was killed.
2. Why? It was not done `stopTimeout` seconds after SIGTERM.
3. Why not? The server may finish requests for a minute, ECS waits half of that.
4. Why was it not noticed? Both times are right on their own.

## Fix now
Write `stopTimeout` (at most 120 on Fargate) above the time of the server, and deploy: `"stopTimeout": 90` beside `"image"`.

## Workaround
Shorten the server's own time: `gunicorn --graceful-timeout 25`.

## Prevent
`stopTimeout` = graceful time of the server + 10 s, from one variable.

## Validate
`aws ecs describe-tasks --cluster C --tasks T --query 'tasks[].containers[].exitCode'` of a stopped task says 0, not 137.

## Bad
```hcl
resource "aws_ecs_task_definition" "shop" {
  family = "shop"
  container_definitions = jsonencode([{
    name    = "shop"
    command = ["gunicorn", "--graceful-timeout", "60", "shop.wsgi"]
  }])
}

resource "aws_ecs_service" "shop" { # finding
  name            = "shop"
  task_definition = aws_ecs_task_definition.shop.arn
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "shop" {
  family = "shop"
  container_definitions = jsonencode([{
    name        = "shop"
    command     = ["gunicorn", "--graceful-timeout", "60", "shop.wsgi"]
    stopTimeout = 70
  }])
}

resource "aws_ecs_service" "shop" {
  name            = "shop"
  task_definition = aws_ecs_task_definition.shop.arn
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.started import started_by
from auditor.views.timeouts.application import shutdown_time

STOP = 30
"""Seconds between SIGTERM and SIGKILL when nothing is said (Amazon ECS guide, task definition parameters)."""


@rule(
    target="aws_ecs_service",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=["exit code:? 137", "Worker exiting.*SIGKILL"],
)
def check(service: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for container in started_by(resource, graph):
        stop = container.where.at("stopTimeout")
        waits = STOP if stop.missing or stop.number is None else stop.number
        needs = shutdown_time(container.settings)
        if needs is not None and needs.seconds > waits:
            name = container.name or "the container"
            message = f"{name} may finish its requests for {needs.seconds:g} s ({needs.said}), and is killed after {waits:g} s"
            yield Fail(service, message, expected=f"a stopTimeout of more than {needs.seconds:g}", related=(needs.where, stop))
