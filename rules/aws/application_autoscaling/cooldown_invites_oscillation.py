"""A service scales in again before its last change has taken effect.

## Why it matters
After a task was stopped, the load balancer drains it and the others take its load: only then does the metric say whether one task less
is enough. With a shorter cooldown the next task goes before that, and the next, until too few are left; a cooldown of many minutes for
scale-out leaves a rise unanswered.

## Five whys
1. Why did the service fall from 10 tasks to 2 within three minutes? It scaled in each time the cooldown was over.
2. Why did the metric not stop it? Draining targets still took the load.
3. Why? The cooldown is shorter than the deregistration delay and a start together.

## Fix now
`scale_in_cooldown = 300` and `scale_out_cooldown = 60`, and apply. Raise the service at once: `aws ecs update-service --cluster C
--service S --desired-count N`.

## Workaround
`disable_scale_in = true` until the numbers are right.

## Prevent
Scale-in cooldown above the start of a task (the option `task_seconds`, 60) plus the target group's `deregistration_delay` (300 when
nothing is said); scale-out at most 300 s (`longest_out`). The two bounds are our proposal; AWS takes 300 s for both on ECS when nothing
is said.

## Validate
`aws application-autoscaling describe-scaling-activities --service-namespace ecs --resource-id service/C/S`: the load settles between two
activities.

## Bad
```hcl
resource "aws_lb_target_group" "web" {
  port                 = 80
  protocol             = "HTTP"
  vpc_id               = "vpc-0123456789abcdef0"
  deregistration_delay = 120
}

resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web:1"
  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "web"
    container_port   = 80
  }
}

resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  resource_id        = "service/prod/${aws_ecs_service.web.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = 2
  max_capacity       = 10
}

resource "aws_appautoscaling_policy" "cpu" {
  name               = "cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "ecs"
  resource_id        = aws_appautoscaling_target.web.resource_id
  scalable_dimension = aws_appautoscaling_target.web.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value       = 60
    scale_in_cooldown  = 30 # finding
    scale_out_cooldown = 30
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

resource "aws_appautoscaling_policy" "slow" {
  name               = "slow"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "ecs"
  resource_id        = "service/prod/other"
  scalable_dimension = "ecs:service:DesiredCount"

  target_tracking_scaling_policy_configuration {
    target_value       = 60
    scale_in_cooldown  = 900
    scale_out_cooldown = 900 # finding
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
```

## Good
```hcl
resource "aws_lb_target_group" "web" {
  port                 = 80
  protocol             = "HTTP"
  vpc_id               = "vpc-0123456789abcdef0"
  deregistration_delay = 120
}

resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web:1"
  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "web"
    container_port   = 80
  }
}

resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  resource_id        = "service/prod/${aws_ecs_service.web.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = 2
  max_capacity       = 10
}

resource "aws_appautoscaling_policy" "cpu" { # 60 to start and 120 to drain
  name               = "cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "ecs"
  resource_id        = aws_appautoscaling_target.web.resource_id
  scalable_dimension = aws_appautoscaling_target.web.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value       = 60
    scale_in_cooldown  = 180
    scale_out_cooldown = 300
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

resource "aws_appautoscaling_policy" "table" { # DynamoDB has no tasks
  name               = "reads"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "dynamodb"
  resource_id        = "table/orders"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"

  target_tracking_scaling_policy_configuration {
    target_value       = 70
    scale_in_cooldown  = 10
    scale_out_cooldown = 10
    predefined_metric_specification {
      predefined_metric_type = "DynamoDBReadCapacityUtilization"
    }
  }
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.application_scaling import POLICY, targets_of
from auditor.views.ecs_service import bound
from auditor.views.scaling.service import services_of
from auditor.views.scaling.timing import TASK

DRAINING = 300
"""Seconds of `deregistration_delay` when nothing is said."""


@rule(
    target=POLICY,
    each="target_tracking_scaling_policy_configuration",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    options={"task_seconds": TASK, "longest_out": 300},
)
def check(tracking: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    if resource.at("service_namespace").text != "ecs":
        return
    out, back = tracking.at("scale_out_cooldown"), tracking.at("scale_in_cooldown")
    if out.present and (out.number or 0) > options["longest_out"]:
        message = f"after one scale-out the next waits {out.number:g} s, whatever the load does"
        yield Fail(out, message, expected=f"at most {options['longest_out']:g} s")
    if back.missing or back.number is None or tracking.at("disable_scale_in").flag:
        return
    services = [service for target in targets_of(resource, graph) for service in services_of(target, graph)]
    draining = [_delay(group) for service in services for balancer in bound(service, graph) for group in balancer.groups]
    if not draining:
        return
    seconds, where = max(draining, key=lambda pair: pair[0])
    settled = options["task_seconds"] + seconds
    if back.number < settled:
        parts = f"{seconds:g} s to drain, {options['task_seconds']:g} s to start"
        message = f"scale-in may repeat after {back.number:g} s, and a change takes {settled:g} s: {parts}"
        yield Fail(back, message, expected=f"at least {settled:g} s", related=(where,))


def _delay(group: Resource) -> tuple[float, Node]:
    node = group.at("deregistration_delay")
    return (node.number if node.present and node.number is not None else DRAINING), node
