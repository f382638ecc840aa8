"""A service scales by the memory of a runtime that never gives memory back.

## Why it matters
Java and Node.js take memory from the system up to their heap bound and keep it, busy or not. The metric goes up once and stays: the
service scales out to its maximum and never in, or, when the bound lies below the target, it never scales at all.

## Five whys
1. Why has the service run at its maximum for weeks? Its memory never falls below the target.
2. Why? The runtime keeps what it once took.
3. Why is it scaled by memory? It was what the first alarm showed.

## Fix now
Track CPU or requests: `ECSServiceAverageCPUUtilization` at 50 to 60, or `ALBRequestCountPerTarget`. Then set the desired count by hand
once.

## Workaround
A lower maximum, so that at least the bill has an end.

## Prevent
Memory as a target only for programs whose memory falls with their load.

## Validate
`MemoryUtilization` of the service falls in CloudWatch after a peak; if it does not, it cannot steer.

## Bad
```hcl
resource "aws_ecs_task_definition" "shop" {
  family = "shop"
  memory = 2048
  container_definitions = jsonencode([{
    name        = "shop"
    image       = "shop:4"
    environment = [{ name = "JAVA_TOOL_OPTIONS", value = "-Xmx1500m" }]
  }])
}

resource "aws_ecs_service" "shop" {
  name            = "shop"
  task_definition = aws_ecs_task_definition.shop.arn
}

resource "aws_appautoscaling_target" "shop" {
  service_namespace  = "ecs"
  resource_id        = "service/prod/${aws_ecs_service.shop.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = 2
  max_capacity       = 10
}

resource "aws_appautoscaling_policy" "memory" {
  name               = "memory"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "ecs"
  resource_id        = aws_appautoscaling_target.shop.resource_id
  scalable_dimension = aws_appautoscaling_target.shop.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value = 70
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageMemoryUtilization" # finding
    }
  }
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "shop" {
  family = "shop"
  memory = 2048
  container_definitions = jsonencode([{
    name        = "shop"
    image       = "shop:4"
    environment = [{ name = "JAVA_TOOL_OPTIONS", value = "-Xmx1500m" }]
  }])
}

resource "aws_ecs_service" "shop" {
  name            = "shop"
  task_definition = aws_ecs_task_definition.shop.arn
}

resource "aws_appautoscaling_target" "shop" {
  service_namespace  = "ecs"
  resource_id        = "service/prod/${aws_ecs_service.shop.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = 2
  max_capacity       = 10
}

resource "aws_appautoscaling_policy" "cpu" { # the CPU steers, memory is only a second reason
  name               = "cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "ecs"
  resource_id        = aws_appautoscaling_target.shop.resource_id
  scalable_dimension = aws_appautoscaling_target.shop.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

resource "aws_appautoscaling_policy" "memory" {
  name               = "memory"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "ecs"
  resource_id        = aws_appautoscaling_target.shop.resource_id
  scalable_dimension = aws_appautoscaling_target.shop.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value = 70
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageMemoryUtilization"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.application_scaling import POLICY, known_scalers, targets_of
from auditor.views.container import containers
from auditor.views.decide import undecided
from auditor.views.ecs_service import tasks
from auditor.views.index import first_open
from auditor.views.scaling.heap import heaps
from auditor.views.scaling.service import services_of

METRIC = "target_tracking_scaling_policy_configuration.predefined_metric_specification.predefined_metric_type"


@rule(target=POLICY, severity=Severity.MEDIUM, confidence=Confidence.LIKELY)
def check(policy: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    metric = policy.at(METRIC)
    if metric.missing or metric.text != "ECSServiceAverageMemoryUtilization":
        return
    for target in targets_of(resource, graph):
        if len(known_scalers(target, graph, POLICY)) > 1:
            continue
        for task in (task for service in services_of(target, graph) for task in tasks(service, graph)):
            heap = next((it for container in containers(task, graph) for it in heaps(container) if it.runtime != "Go"), None)
            if heap is not None:
                if stray := first_open(graph, ("resource_id",), (POLICY,)):
                    raise undecided(stray[1], f"it is not known what {stray[0].address.text} scales")
                message = f"{heap.runtime} keeps the memory that it took ({heap.text}): the metric rises once and stays"
                yield Fail(metric, message, expected="CPU or requests", related=(heap.where,))
                return
