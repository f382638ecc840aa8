"""Scale-out and scale-in thresholds are so close that the group flaps.

## Why it matters
Adding an instance lowers the average load. When that already is below the scale-in threshold, the instance is taken out again, the load
rises, and so on: launches are paid for, connections are cut each time, and the group never has the size it needs.

## Five whys
1. Why does the group add and remove an instance every ten minutes? Both policies fire in turn.
2. Why? After each step the metric is on the other side of the other threshold.
3. Why? With n instances and k more the average falls to T x n / (n + k), which is not above the scale-in threshold. The smallest group
   swings most: from 2 to 3 the average falls by a third, from 20 to 21 by a twentieth.

## Fix now
Lower the threshold of the scale-in alarm below the value in the message: `aws cloudwatch put-metric-alarm --alarm-name NAME …` (all of
its settings), or switch it off for now with `aws cloudwatch disable-alarm-actions --alarm-names NAME`.

## Workaround
A longer evaluation for scale-in (15 minutes) slows the flapping down.

## Prevent
One target tracking policy in place of the pair: it keeps a distance between the two directions by itself. With a pair, keep the lower
threshold at most at 0.9 x T x n / (n + k) for the smallest n (the option `margin`, our proposal). The rule tries every load at which an
alarm or a step begins, for `min_size` to `max_size`, on metrics that are a load divided by the number of instances; of others
(memory, a queue's length) it only compares the two thresholds. A larger step out that one smaller step in corrects is not reported.

## Validate
`aws autoscaling describe-scaling-activities --auto-scaling-group-name NAME --max-items 20` shows no alternating launches and
terminations.

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
  adjustment_type        = "ChangeInCapacity"
  scaling_adjustment     = 1
}

resource "aws_autoscaling_policy" "in" {
  name                   = "in"
  autoscaling_group_name = aws_autoscaling_group.web.name
  adjustment_type        = "ChangeInCapacity"
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
  threshold           = 50 # finding
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

resource "aws_autoscaling_policy" "out" {
  name                   = "out"
  autoscaling_group_name = aws_autoscaling_group.web.name
  adjustment_type        = "ChangeInCapacity"
  scaling_adjustment     = 1
}

resource "aws_autoscaling_policy" "in" {
  name                   = "in"
  autoscaling_group_name = aws_autoscaling_group.web.name
  adjustment_type        = "ChangeInCapacity"
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
  threshold           = 46
  period              = 60
  evaluation_periods  = 15
  alarm_actions       = [aws_autoscaling_policy.in.arn]
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.clash import clash
from auditor.views.scaling.fleet import Fleet
from auditor.views.scaling.group import groups_of
from auditor.views.scaling.policy import ALARM, alarms, direction, policies_of, steps


@rule(
    target=ALARM,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    options={"margin": 0.9},
    symptoms=(r"Terminating EC2 instance.*AlarmLow",),
)
def check(alarm: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    for back in (policy for policy in policies_of(resource, graph) if direction(policy.body) < 0):
        for fleet in (Fleet(group, graph) for group in groups_of(back, graph)):
            for out in fleet.growing:
                for high in alarms(out, graph):
                    found = clash(high.body, steps(out.body), alarm, steps(back.body), fleet.bounds)
                    if found is not None:
                        expected = f"at most {found.remedy(options['margin']):.3g}"
                        yield Fail(alarm.at("threshold"), found.words, expected=expected, related=(high.at("threshold"), out.body))
                        return
