"""A service is judged by its load balancer before its tasks have started.

## Why it matters
The grace period says how long ECS closes its eyes to failed checks of the load balancer. When a task needs longer to start and to pass
enough checks, ECS stops it and starts another, for ever; the deployment never ends, or its circuit breaker rolls it back.

## Five whys
1. Why does the deployment not end? Each task is stopped after a minute and a half.
2. Why? `failed ELB health checks`.
3. Why, since the task works when it is left alone? It is up after 80 seconds, and the grace period is 60.
4. Why 60? It was measured on a faster machine, or before the cache grew.

## Fix now
`aws ecs update-service --cluster C --service S --health-check-grace-period-seconds N` with the number of the message; it holds for
tasks that start from now on.

## Workaround
Loosen the target group: `aws elbv2 modify-target-group --target-group-arn ARN --unhealthy-threshold-count 10`.

## Prevent
Grace = start + `healthy_threshold` x `interval` + a margin. Write the start of a slow day into the container's `startPeriod`; where it
is not written the rule takes 60 s (the option `task_seconds`, our proposal). A target that comes up before `unhealthy_threshold` checks
have failed is never found sick, and nothing is reported for it.

## Validate
`aws ecs describe-services --cluster C --services S --query 'services[].events[:5].message'` shows no failed health checks.

## Bad
```hcl
resource "aws_lb_target_group" "web" {
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0123456789abcdef0"

  health_check {
    interval            = 15
    healthy_threshold   = 4
    unhealthy_threshold = 2
  }
}

resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([{
    name  = "web"
    image = "web:1.9"
    healthCheck = {
      command     = ["CMD", "/healthy"]
      startPeriod = 90
    }
  }])
}

resource "aws_ecs_service" "web" {
  name                              = "web"
  task_definition                   = aws_ecs_task_definition.web.arn
  health_check_grace_period_seconds = 120 # finding

  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "web"
    container_port   = 8080
  }
}
```

## Good
```hcl
resource "aws_lb_target_group" "web" {
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0123456789abcdef0"

  health_check {
    interval            = 15
    healthy_threshold   = 4
    unhealthy_threshold = 2
  }
}

resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([{
    name  = "web"
    image = "web:1.9"
    healthCheck = {
      command     = ["CMD", "/healthy"]
      startPeriod = 90
    }
  }])
}

resource "aws_ecs_service" "web" { # 90 + 4 x 15
  name                              = "web"
  task_definition                   = aws_ecs_task_definition.web.arn
  health_check_grace_period_seconds = 150

  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "web"
    container_port   = 8080
  }
}

resource "aws_lb_target_group" "patient" {
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0123456789abcdef0"

  health_check {
    interval            = 30
    unhealthy_threshold = 3
  }
}

resource "aws_ecs_service" "patient" { # up after 90 s, when the third check comes
  name                              = "patient"
  task_definition                   = aws_ecs_task_definition.web.arn
  health_check_grace_period_seconds = 10

  load_balancer {
    target_group_arn = aws_lb_target_group.patient.arn
    container_name   = "web"
    container_port   = 8080
  }
}

resource "aws_ecs_service" "none" { # that it has none at all is another rule's
  name            = "none"
  task_definition = aws_ecs_task_definition.web.arn

  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "web"
    container_port   = 8080
  }
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.ecs_service import bound, tasks
from auditor.views.scaling.task import start_period
from auditor.views.scaling.timing import TASK, check_of


@rule(
    target="aws_ecs_service",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    options={"task_seconds": TASK},
    symptoms=(r"\(service \S+\) .*failed ELB health checks",),
)
def check(service: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    period = service.at("health_check_grace_period_seconds")
    if period.missing or not period.number:
        return
    written = [found for task in tasks(resource, graph) if (found := start_period(task, graph))]
    start, where = max(written, key=lambda pair: pair[0], default=(options["task_seconds"], None))
    words = "startPeriod" if where else "assumed"
    for target in (group for balancer in bound(resource, graph) for group in balancer.groups):
        needed = check_of(target).sick_until(start)
        if period.number < needed:
            checks = f"{needed - start:g} s of checks by {target.address.text}, which has found it sick by then"
            message = f"the grace period of {period.number:g} s ends before a task is healthy: {start:g} s to start ({words}) and {checks}"
            related = (target.at("health_check"), where) if where else (target.at("health_check"),)
            yield Fail(period, message, expected=f"at least {needed:g} s", related=related)
            return
