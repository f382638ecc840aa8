"""Step policies of a service undo each other for ever.

## Why it matters
One more task lowers the average CPU. When that already is below the scale-in threshold, the task is stopped again, the load of the
others rises, and so on: tasks start and drain all day, connections are cut, and the service never has the size it needs.

## Five whys
1. Why do tasks start and stop every few minutes? Both policies run in turn.
2. Why? After each step the metric is on the other side of the other threshold.
3. Why? With n tasks and k more the average falls to T x n / (n + k), and the thresholds were chosen without that.

## Fix now
Lower the threshold of the scale-in alarm to the value in the message, or switch it off: `aws cloudwatch disable-alarm-actions --alarm-names
LOW`.

## Workaround
Raise `min_capacity`: the more tasks, the less one of them moves the average.

## Prevent
One target tracking policy in place of the pair. The margin below the computed value is the option `margin` (0.9, our proposal).

## Validate
`aws application-autoscaling describe-scaling-activities --service-namespace ecs --resource-id service/C/S` shows no alternating activities.

## Bad
```hcl
resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  resource_id        = "service/prod/web"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = 2
  max_capacity       = 10
}

resource "aws_appautoscaling_policy" "out" {
  name               = "out"
  policy_type        = "StepScaling"
  service_namespace  = "ecs"
  resource_id        = aws_appautoscaling_target.web.resource_id
  scalable_dimension = "ecs:service:DesiredCount"

  step_scaling_policy_configuration {
    adjustment_type = "ChangeInCapacity"
    step_adjustment {
      metric_interval_lower_bound = 0
      scaling_adjustment          = 2
    }
  }
}

resource "aws_appautoscaling_policy" "in" {
  name               = "in"
  policy_type        = "StepScaling"
  service_namespace  = "ecs"
  resource_id        = aws_appautoscaling_target.web.resource_id
  scalable_dimension = "ecs:service:DesiredCount"

  step_scaling_policy_configuration {
    adjustment_type = "ChangeInCapacity"
    step_adjustment {
      metric_interval_upper_bound = 0
      scaling_adjustment          = -2
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "high" {
  alarm_name          = "high"
  namespace           = "AWS/ECS"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 70
  period              = 60
  evaluation_periods  = 3
  alarm_actions       = [aws_appautoscaling_policy.out.arn]
}

resource "aws_cloudwatch_metric_alarm" "low" {
  alarm_name          = "low"
  namespace           = "AWS/ECS"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "LessThanThreshold"
  threshold           = 35 # finding
  period              = 60
  evaluation_periods  = 15
  alarm_actions       = [aws_appautoscaling_policy.in.arn]
}
```

## Good
```hcl
resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  resource_id        = "service/prod/web"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = 2
  max_capacity       = 10
}

resource "aws_appautoscaling_policy" "out" {
  name               = "out"
  policy_type        = "StepScaling"
  service_namespace  = "ecs"
  resource_id        = aws_appautoscaling_target.web.resource_id
  scalable_dimension = "ecs:service:DesiredCount"

  step_scaling_policy_configuration {
    adjustment_type = "ChangeInCapacity"
    step_adjustment {
      metric_interval_lower_bound = 0
      scaling_adjustment          = 2
    }
  }
}

resource "aws_appautoscaling_policy" "in" {
  name               = "in"
  policy_type        = "StepScaling"
  service_namespace  = "ecs"
  resource_id        = aws_appautoscaling_target.web.resource_id
  scalable_dimension = "ecs:service:DesiredCount"

  step_scaling_policy_configuration {
    adjustment_type = "ChangeInCapacity"
    step_adjustment {
      metric_interval_upper_bound = 0
      scaling_adjustment          = -2
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "high" {
  alarm_name          = "high"
  namespace           = "AWS/ECS"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 70
  period              = 60
  evaluation_periods  = 3
  alarm_actions       = [aws_appautoscaling_policy.out.arn]
}

resource "aws_cloudwatch_metric_alarm" "low" { # 70 x 2 / 4 = 35
  alarm_name          = "low"
  namespace           = "AWS/ECS"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "LessThanThreshold"
  threshold           = 34
  period              = 60
  evaluation_periods  = 15
  alarm_actions       = [aws_appautoscaling_policy.in.arn]
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.application_scaling import POLICY, known_scalers, policies_of, steps, targets_of
from auditor.views.scaling.change import Bounds
from auditor.views.scaling.clash import clash
from auditor.views.scaling.policy import ALARM


@rule(target=ALARM, severity=Severity.HIGH, confidence=Confidence.FIRM, options={"margin": 0.9})
def check(alarm: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    for back in policies_of(resource, graph):
        for target in targets_of(back, graph):
            for out in known_scalers(target, graph, POLICY):
                for high in graph.attached(out, "alarm_actions", ALARM) if out is not back and steps(out.body) else ():
                    found = clash(high.body, steps(out.body), alarm, steps(back.body), _bounds(target))
                    if found is not None:
                        expected = f"at most {found.remedy(options['margin']):.3g}"
                        yield Fail(alarm.at("threshold"), found.words, expected=expected, related=(high.at("threshold"), out.body))
                        return


def _bounds(target: Resource) -> Bounds:
    least, most = target.at("min_capacity").number or 0, target.at("max_capacity").number or 0
    return Bounds(int(least), int(most))
