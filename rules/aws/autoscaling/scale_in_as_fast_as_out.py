"""A group takes instances out as readily as it adds them.

## Why it matters
An instance too many costs cents, one too few costs users. A scale-in that is decided as fast as a scale-out, or that takes more at a time,
answers each short dip of the load, and the next rise meets a group that is too small.

## Five whys
1. Why were requests slow after every dip? The group had just been made smaller.
2. Why so soon? The alarm for little load rings after as short a time as the one for much.
3. Why? One was copied from the other, and only the threshold was changed.

## Fix now
Let the scale-in alarm look three times as long as the scale-out alarm, ten minutes or more: `evaluation_periods = 15` with `period = 60`;
take no more instances out in one step than the other policy adds.

## Workaround
`aws cloudwatch disable-alarm-actions --alarm-names LOW` during the busy hours.

## Prevent
Target tracking, which is slow in and fast out by itself. The factor 3 is the option `times` (our proposal).

## Validate
`aws cloudwatch describe-alarm-history --alarm-name LOW` shows no ALARM during dips of a few minutes.

## Bad
```hcl
resource "aws_autoscaling_group" "web" {
  name     = "web"
  min_size = 2
  max_size = 10
}

resource "aws_autoscaling_policy" "out" {
  name                   = "out"
  autoscaling_group_name = aws_autoscaling_group.web.name
  scaling_adjustment     = 1
}

resource "aws_autoscaling_policy" "in" {
  name                   = "in"
  autoscaling_group_name = aws_autoscaling_group.web.name
  scaling_adjustment     = -1
}

resource "aws_cloudwatch_metric_alarm" "high" {
  alarm_name          = "high"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 70
  period              = 60
  evaluation_periods  = 3
  alarm_actions       = [aws_autoscaling_policy.out.arn]
}

resource "aws_cloudwatch_metric_alarm" "low" {
  alarm_name          = "low"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "LessThanThreshold"
  threshold           = 30
  period              = 60
  evaluation_periods  = 3 # finding
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

resource "aws_autoscaling_policy" "out" {
  name                   = "out"
  autoscaling_group_name = aws_autoscaling_group.web.name
  scaling_adjustment     = 1
}

resource "aws_autoscaling_policy" "in" {
  name                   = "in"
  autoscaling_group_name = aws_autoscaling_group.web.name
  scaling_adjustment     = -1
}

resource "aws_cloudwatch_metric_alarm" "high" {
  alarm_name          = "high"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 70
  period              = 60
  evaluation_periods  = 3
  alarm_actions       = [aws_autoscaling_policy.out.arn]
}

resource "aws_cloudwatch_metric_alarm" "low" { # exactly three times as long
  alarm_name          = "low"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "LessThanThreshold"
  threshold           = 30
  period              = 60
  evaluation_periods  = 9
  alarm_actions       = [aws_autoscaling_policy.in.arn]
}

resource "aws_cloudwatch_metric_alarm" "other" { # a metric of its own: the two do not answer each other
  alarm_name          = "empty"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  statistic           = "Maximum"
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  period              = 60
  evaluation_periods  = 3
  alarm_actions       = [aws_autoscaling_policy.in.arn]
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.alarm import detection, metric
from auditor.views.scaling.group import groups_of, known_policies
from auditor.views.scaling.policy import ALARM, alarms, direction, largest_step, policies_of


@rule(target=ALARM, severity=Severity.MEDIUM, confidence=Confidence.LIKELY, options={"times": 3})
def check(alarm: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    for back in policies_of(resource, graph):
        if direction(back.body) >= 0:
            continue
        for out in (it for group in groups_of(back, graph) for it in known_policies(group, graph) if direction(it.body) > 0):
            for high in alarms(out, graph):
                fast, slow = detection(high.body), detection(alarm)
                if metric(alarm) is None or metric(alarm) != metric(high.body) or fast is None or slow is None:
                    continue
                if slow < options["times"] * fast:
                    message = f"scale-in is decided after {slow:g} s, scale-out ({high.address.text}) after {fast:g} s"
                    expected = f"{options['times'] * fast:g} s or more"
                    yield Fail(alarm.at("evaluation_periods"), message, expected=expected, related=(high.at("evaluation_periods"),))
                    return
                taken, added = largest_step(back.body), largest_step(out.body)
                if _unit(back) == _unit(out) and taken > added:
                    message = f"{back.address.text} takes {taken:g} at a time, {out.address.text} adds {added:g}"
                    yield Fail(back.at("scaling_adjustment"), message, expected=f"at most {added:g}", related=(out.body,))
                    return


def _unit(policy: Resource) -> str:
    return policy.at("adjustment_type").text or "ChangeInCapacity"
