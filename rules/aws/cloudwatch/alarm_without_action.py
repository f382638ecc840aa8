"""An alarm has no action: it only changes its colour.

## Why it matters
It costs as much as an alarm that rings, and somebody believes that the failure is watched. Nobody learns of it unless he happens to
look at the console.

## Five whys
1. Why was the full disk noticed by customers? The alarm told nobody.
2. Why not? It has no action in any state.
3. Why? The topic did not exist yet when it was written.

## Fix now
Add `alarm_actions` and `ok_actions` with the on-call topic: `aws cloudwatch put-metric-alarm` with the same settings and
`--alarm-actions TOPIC_ARN`; in the code one line.

## Workaround
An EventBridge rule on `CloudWatch Alarm State Change` sends all alarms of the account to one topic.

## Prevent
The topic as a required argument of the alarm module.

## Validate
`aws cloudwatch describe-alarms --query 'MetricAlarms[?!AlarmActions[0]].AlarmName'` is empty.

## Bad
```hcl
resource "aws_cloudwatch_metric_alarm" "disk" { # finding
  alarm_name          = "disk"
  namespace           = "CWAgent"
  metric_name         = "disk_used_percent"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 85
  comparison_operator = "GreaterThanThreshold"
}
```

## Good
```hcl
resource "aws_cloudwatch_metric_alarm" "disk" {
  alarm_name          = "disk"
  namespace           = "CWAgent"
  metric_name         = "disk_used_percent"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 85
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-central-1:111122223333:on-call"]
}
```

```hcl
resource "aws_cloudwatch_metric_alarm" "disk" {
  alarm_name          = "disk"
  namespace           = "CWAgent"
  metric_name         = "disk_used_percent"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 85
  comparison_operator = "GreaterThanThreshold"
}

resource "aws_cloudwatch_composite_alarm" "host" {
  alarm_name    = "host"
  alarm_rule    = "ALARM(${aws_cloudwatch_metric_alarm.disk.alarm_name})"
  alarm_actions = ["arn:aws:sns:eu-central-1:111122223333:on-call"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(target="aws_cloudwatch_metric_alarm", severity=Severity.MEDIUM, confidence=Confidence.FIRM, aliases="FG_R00240")
def check(alarm: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if any(alarm.at(name).present for name in ("alarm_actions", "ok_actions", "insufficient_data_actions")):
        return
    if graph.attached(resource, "alarm_rule", "aws_cloudwatch_composite_alarm") or _named(resource, graph):
        return
    yield Fail(alarm.at("alarm_actions"), "the alarm has no action in any state", expected="a topic in alarm_actions")


def _named(resource: Resource, graph: Graph) -> bool:
    name = resource.at("alarm_name").data
    rules = [composite.at("alarm_rule").data for composite in graph.of("aws_cloudwatch_composite_alarm")]
    return isinstance(name, str) and any(isinstance(text, str) and name in text for text in rules)
