"""A scale-out alarm takes silence as load, on a metric that is silent at rest.

## Why it matters
Load balancers and queues send no value for a minute without requests. Where missing data counts as breaching, the alarm rings in every
quiet night, and the group grows to its maximum while nobody uses it.

## Five whys
1. Why did the group run 20 instances at 4 a.m.? The scale-out alarm was ringing.
2. Why? There were no data, and that counts as breaching.
3. Why were there none? No request came in that minute.
4. Why is missing data set so? It is right for alarms that watch whether something lives, and was copied.

## Fix now
`treat_missing_data = "notBreaching"` and apply; at once: `aws cloudwatch disable-alarm-actions --alarm-names NAME` and `aws autoscaling
set-desired-capacity --auto-scaling-group-name NAME --desired-capacity N`.

## Workaround
Metric math fills the gap with a zero: `FILL(m1, 0)`.

## Prevent
`breaching` only for alarms that page a human when a service is gone.

## Validate
`aws cloudwatch describe-alarm-history --alarm-name NAME --history-item-type StateUpdate` shows no ALARM with `no datapoints were received`.

## Bad
```hcl
resource "aws_autoscaling_policy" "out" {
  name                   = "out"
  autoscaling_group_name = "web"
  scaling_adjustment     = 2
}

resource "aws_cloudwatch_metric_alarm" "busy" {
  alarm_name          = "busy"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "RequestCountPerTarget"
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 1000
  period              = 60
  evaluation_periods  = 2
  treat_missing_data  = "breaching" # finding
  alarm_actions       = [aws_autoscaling_policy.out.arn]
}
```

## Good
```hcl
resource "aws_autoscaling_policy" "out" {
  name                   = "out"
  autoscaling_group_name = "web"
  scaling_adjustment     = 2
}

resource "aws_cloudwatch_metric_alarm" "busy" {
  alarm_name          = "busy"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "RequestCountPerTarget"
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 1000
  period              = 60
  evaluation_periods  = 2
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_autoscaling_policy.out.arn]
}

resource "aws_cloudwatch_metric_alarm" "cpu" { # always has a value as long as an instance lives
  alarm_name          = "cpu"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 70
  period              = 60
  evaluation_periods  = 2
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_autoscaling_policy.out.arn]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.policy import ALARM, direction, policies_of

SILENT = {
    "AWS/ApplicationELB": (
        "RequestCount",
        "RequestCountPerTarget",
        "TargetResponseTime",
        "HTTPCode_Target_5XX_Count",
        "HTTPCode_ELB_5XX_Count",
    ),
    "AWS/ELB": ("RequestCount", "Latency", "SurgeQueueLength", "SpilloverCount"),
    "AWS/SQS": ("ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage", "NumberOfMessagesSent"),
}
"""Metrics that have no value in a period in which nothing happens."""


@rule(target=ALARM, severity=Severity.MEDIUM)
def check(alarm: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    missing, name = alarm.at("treat_missing_data"), alarm.at("metric_name").text
    if missing.missing or missing.text != "breaching" or name not in SILENT.get(alarm.at("namespace").text or "", ()):
        return
    for policy in policies_of(resource, graph):
        if direction(policy.body) > 0:
            message = f"{name} has no value without traffic, and {policy.address.text} adds instances then"
            yield Fail(missing, message, expected="notBreaching", related=(policy.body,))
            return
