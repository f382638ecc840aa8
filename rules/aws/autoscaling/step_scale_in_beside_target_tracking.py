"""A step policy takes out the instances that target tracking has just added.

## Why it matters
Target tracking scales in only when every target tracking policy agrees, but a step or simple policy for scale-in acts on its own. When its
threshold is near the target, it takes instances out while target tracking keeps the metric just there, and the two work against
each other for as long as the load lasts.

## Five whys
1. Why does the group lose an instance every ten minutes and get it back? Two policies disagree.
2. Why? One holds the CPU at 50 %, the other takes an instance below 45 %.
3. Why are there two? Target tracking was added, and the old pair of alarms was not removed.

## Fix now
Leave scale-in to one of them: delete the step policy and its alarm, or set `disable_scale_in = true` in the target tracking policy.

## Workaround
`aws cloudwatch disable-alarm-actions --alarm-names LOW` silences the step policy at once.

## Prevent
One owner for scale-in in each group. A step threshold of at most 0.8 x target (the option `share`, our proposal) keeps them apart. The
AWS guide on multiple scaling policies warns of this combination.

## Validate
`aws autoscaling describe-scaling-activities --auto-scaling-group-name NAME --max-items 20` shows no alternating launches and terminations.

## Bad
```hcl
resource "aws_autoscaling_group" "web" {
  name     = "web"
  min_size = 2
  max_size = 10
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 50
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

resource "aws_autoscaling_policy" "in" {
  name                   = "in"
  autoscaling_group_name = aws_autoscaling_group.web.name
  scaling_adjustment     = -1
}

resource "aws_cloudwatch_metric_alarm" "low" {
  alarm_name          = "low"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "LessThanThreshold"
  threshold           = 45 # finding
  period              = 60
  evaluation_periods  = 15
  alarm_actions       = [aws_autoscaling_policy.in.arn]
}
```

## Good
```hcl
resource "aws_autoscaling_group" "web" {
  name     = "web"
  min_size = 2
  max_size = 10
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu"
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 50
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

resource "aws_autoscaling_policy" "in" {
  name                   = "in"
  autoscaling_group_name = aws_autoscaling_group.web.name
  scaling_adjustment     = -1
}

resource "aws_cloudwatch_metric_alarm" "low" { # 0.8 x 50
  alarm_name          = "low"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "LessThanThreshold"
  threshold           = 40
  period              = 60
  evaluation_periods  = 15
  alarm_actions       = [aws_autoscaling_policy.in.arn]
}

resource "aws_autoscaling_group" "api" {
  name     = "api"
  min_size = 2
  max_size = 10
}

resource "aws_autoscaling_policy" "out" {
  name                   = "out"
  autoscaling_group_name = aws_autoscaling_group.api.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value     = 50
    disable_scale_in = true
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

resource "aws_autoscaling_policy" "api_in" {
  name                   = "in"
  autoscaling_group_name = aws_autoscaling_group.api.name
  scaling_adjustment     = -1
}

resource "aws_cloudwatch_metric_alarm" "api_low" {
  alarm_name          = "api-low"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "LessThanThreshold"
  threshold           = 45
  period              = 60
  evaluation_periods  = 15
  alarm_actions       = [aws_autoscaling_policy.api_in.arn]
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.alarm import FALLING
from auditor.views.scaling.group import groups_of, known_policies
from auditor.views.scaling.policy import ALARM, direction, policies_of

TRACKED = {"CPUUtilization": "ASGAverageCPUUtilization", "NetworkIn": "ASGAverageNetworkIn", "NetworkOut": "ASGAverageNetworkOut"}


@rule(target=ALARM, severity=Severity.MEDIUM, confidence=Confidence.FIRM, options={"share": 0.8})
def check(alarm: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    threshold, tracked = alarm.at("threshold"), TRACKED.get(alarm.at("metric_name").text or "")
    if tracked is None or alarm.at("comparison_operator").text not in FALLING:
        return
    groups = [group for policy in policies_of(resource, graph) if direction(policy.body) < 0 for group in groups_of(policy, graph)]
    for policy in (it for group in groups for it in known_policies(group, graph)):
        tracking = policy.at("target_tracking_configuration")
        if tracking.missing or tracking.at("predefined_metric_specification.predefined_metric_type").text != tracked:
            continue
        target = tracking.at("target_value")
        if tracking.at("disable_scale_in").flag or target.number is None or threshold.number is None:
            continue
        most = options["share"] * target.number
        if threshold.number > most:
            held = f"{policy.address.text}, which holds the metric at {target.number:g}"
            message = f"scale-in below {threshold.number:g} works against {held}"
            yield Fail(threshold, message, expected=f"at most {most:g}, or one of the two", related=(target,))
            return
