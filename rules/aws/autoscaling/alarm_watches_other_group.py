"""An alarm watches one Auto Scaling group and scales another.

## Why it matters
The group grows with somebody else's load, and stays small under its own.

## Five whys
1. Why did the group not grow? Its alarm stayed quiet.
2. Why, under that load? It watches the metric of another group.
3. Why? The dimension was copied from the other group's alarm.

## Fix now
Scale by hand: `aws autoscaling set-desired-capacity --auto-scaling-group-name NAME --desired-capacity N`. Set `AutoScalingGroupName` in
`dimensions` to the group of the policy.

## Workaround
None needed: the change of the alarm acts with its next period.

## Prevent
`dimensions = { AutoScalingGroupName = aws_autoscaling_policy.NAME.autoscaling_group_name }`.

## Validate
`aws cloudwatch describe-alarms --alarm-names NAME --query 'MetricAlarms[].Dimensions'` names the group of the policy.

## Bad
```hcl
resource "aws_autoscaling_group" "web" {
  name     = "web"
  min_size = 2
  max_size = 6
}

resource "aws_autoscaling_policy" "out" {
  name                   = "out"
  autoscaling_group_name = aws_autoscaling_group.web.name
  adjustment_type        = "ChangeInCapacity"
  scaling_adjustment     = 1
}

resource "aws_cloudwatch_metric_alarm" "high" {
  alarm_name          = "high"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 70
  evaluation_periods  = 3
  dimensions          = { AutoScalingGroupName = "batch" } # finding
  alarm_actions       = [aws_autoscaling_policy.out.arn]
}
```

## Good
```hcl
resource "aws_autoscaling_group" "web" {
  name     = "web"
  min_size = 2
  max_size = 6
}

resource "aws_autoscaling_policy" "out" {
  name                   = "out"
  autoscaling_group_name = aws_autoscaling_group.web.name
  adjustment_type        = "ChangeInCapacity"
  scaling_adjustment     = 1
}

resource "aws_cloudwatch_metric_alarm" "high" {
  alarm_name          = "high"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 70
  evaluation_periods  = 3
  dimensions          = { AutoScalingGroupName = aws_autoscaling_group.web.name }
  alarm_actions       = [aws_autoscaling_policy.out.arn]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.policy import ALARM, policies_of


@rule(target=ALARM, severity=Severity.HIGH, confidence=Confidence.FIRM)
def check(alarm: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    watched = alarm.at("dimensions.AutoScalingGroupName")
    for policy in policies_of(resource, graph):
        scaled = policy.at("autoscaling_group_name").text
        if scaled and watched.text and scaled != watched.text:
            yield Fail(watched, f"the alarm watches {watched.text} and scales {scaled}", expected=scaled)
