"""An alarm on high load starts a policy that takes instances out, or the reverse.

## Why it matters
The group shrinks under load, which raises the load of those that are left, which keeps the alarm on: within minutes the service is down
at its minimum.

## Five whys
1. Why does the group shrink at peak time? Its scale-in policy is started.
2. Why is it? The alarm for high load names it.
3. Why? The two `alarm_actions` were swapped when they were copied.

## Fix now
Stop it: `aws cloudwatch disable-alarm-actions --alarm-names NAME`, then set the size by hand: `aws autoscaling set-desired-capacity
--auto-scaling-group-name NAME --desired-capacity N`. Name the other policy in `alarm_actions` and apply.

## Workaround
`aws autoscaling suspend-processes --auto-scaling-group-name NAME --scaling-processes AlarmNotification` stops all alarms from acting.

## Prevent
Target tracking has no alarms to swap.

## Validate
`aws cloudwatch describe-alarms --alarm-names NAME --query 'MetricAlarms[].[ComparisonOperator,AlarmActions]'` and the policy's
`ScalingAdjustment` point in the same direction.

## Bad
```hcl
resource "aws_autoscaling_policy" "in" {
  name                   = "in"
  autoscaling_group_name = "web"
  adjustment_type        = "ChangeInCapacity"
  scaling_adjustment     = -1
}

resource "aws_cloudwatch_metric_alarm" "high" {
  alarm_name          = "high"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold" # finding
  threshold           = 70
  evaluation_periods  = 3
  alarm_actions       = [aws_autoscaling_policy.in.arn]
}
```

## Good
```hcl
resource "aws_autoscaling_policy" "in" {
  name                   = "in"
  autoscaling_group_name = "web"
  adjustment_type        = "ChangeInCapacity"
  scaling_adjustment     = -1
}

resource "aws_cloudwatch_metric_alarm" "low" {
  alarm_name          = "low"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "LessThanThreshold"
  threshold           = 30
  evaluation_periods  = 15
  alarm_actions       = [aws_autoscaling_policy.in.arn]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.policy import ALARM, direction, policies_of

LOAD = frozenset(
    {"CPUUtilization", "MemoryUtilization", "mem_used_percent", "RequestCount", "RequestCountPerTarget", "NetworkIn", "NetworkOut"},
)
"""Metrics of which more means more load; for others (free memory, idle time) the directions may be right."""


@rule(target=ALARM, severity=Severity.HIGH, confidence=Confidence.FIRM)
def check(alarm: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    operator = alarm.at("comparison_operator")
    if alarm.at("metric_name").text not in LOAD:
        return
    for policy in policies_of(resource, graph):
        adds = direction(policy.body)
        if adds < 0 and (operator.text or "").startswith("GreaterThan"):
            yield Fail(operator, f"high load starts {policy.address.text}, which takes instances out", expected="LessThanThreshold")
        elif adds > 0 and (operator.text or "").startswith("LessThan"):
            yield Fail(operator, f"low load starts {policy.address.text}, which adds instances", expected="GreaterThanThreshold")
