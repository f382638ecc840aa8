"""A scale-in alarm takes missing data as a reason to act.

## Why it matters
When the metric stops coming (the agent died, the target group has no requests, CloudWatch is late), the alarm goes off and the group
shrinks to its minimum, in the middle of an outage.

## Five whys
1. Why did the group shrink during the outage? Its scale-in alarm was on.
2. Why? There was no data, and the alarm counts that as a breach.
3. Why? `treat_missing_data` is `breaching`, copied from an alarm that should wake somebody.

## Fix now
`aws cloudwatch disable-alarm-actions --alarm-names NAME`, then bring the size back: `aws autoscaling set-desired-capacity
--auto-scaling-group-name NAME --desired-capacity N`. Set `treat_missing_data = "notBreaching"` (or `ignore`) and apply.

## Workaround
Raise the minimum for the time of the outage: `aws autoscaling update-auto-scaling-group --auto-scaling-group-name NAME --min-size N`.

## Prevent
`breaching` only for alarms that notify people.

## Validate
`aws cloudwatch describe-alarms --alarm-names NAME --query 'MetricAlarms[].TreatMissingData'` prints notBreaching or ignore.

## Bad
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
  treat_missing_data  = "breaching" # finding
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
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_autoscaling_policy.in.arn]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.policy import ALARM, direction, policies_of


@rule(target=ALARM, severity=Severity.HIGH)
def check(alarm: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    missing = alarm.at("treat_missing_data")
    if missing.text != "breaching":
        return
    for policy in policies_of(resource, graph):
        if direction(policy.body) < 0:
            yield Fail(missing, f"without data {policy.address.text} takes instances out", expected="notBreaching or ignore")
