"""Scale-out and scale-in thresholds are so close that the group flaps.

## Why it matters
Adding an instance lowers the average load. When that already is below the scale-in threshold, the instance is taken out again, the load
rises, and so on: launches are paid for, connections are cut each time, and the group never has the size it needs.

## Five whys
1. Why does the group add and remove an instance every ten minutes? Both policies fire in turn.
2. Why? After each step the metric is on the other side of the other threshold.
3. Why? With n instances and k more the average falls to T x n / (n + k), which is not above the scale-in threshold.

## Fix now
Lower the threshold of the scale-in alarm below the value in the message: `aws cloudwatch put-metric-alarm --alarm-name NAME …` (all of
its settings), or switch it off for now with `aws cloudwatch disable-alarm-actions --alarm-names NAME`.

## Workaround
A longer evaluation for scale-in (15 minutes) slows the flapping down.

## Prevent
One target tracking policy in place of the pair: it keeps a distance between the two directions by itself.

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
  threshold           = 30
  period              = 60
  evaluation_periods  = 15
  alarm_actions       = [aws_autoscaling_policy.in.arn]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.group import groups_of, known_policies
from auditor.views.scaling.policy import ALARM, adjustments, alarms, direction, policies_of

PER_INSTANCE = frozenset({"CPUUtilization", "MemoryUtilization", "mem_used_percent", "RequestCountPerTarget"})
"""Metrics that fall in proportion when an instance is added."""


@rule(target=ALARM, severity=Severity.HIGH, confidence=Confidence.FIRM, symptoms=(r"Terminating EC2 instance.*AlarmLow",))
def check(alarm: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    threshold = alarm.at("threshold")
    for policy in policies_of(resource, graph):
        if direction(policy.body) >= 0 or threshold.number is None:
            continue
        for group in groups_of(policy, graph):
            for out in known_policies(group, graph):
                floor = _lowest_after(out, alarm, group, graph) if direction(out.body) > 0 else None
                if floor is not None and threshold.number >= floor:
                    message = f"scale-in below {threshold.number:g} undoes {out.address.text}, after which the average is {floor:.3g}"
                    yield Fail(threshold, message, expected=f"well below {floor:.3g}", related=(out.body,))
                    return


def _lowest_after(out: Resource, low: Node, group: Resource, graph: Graph) -> float | None:
    """The lowest average that the scale-out policy may leave behind when its alarm watches the same metric."""
    least = max(group.at("min_size").number or 0, 1)
    for alarm in alarms(out, graph):
        high = alarm.at("threshold").number
        if high is None or any(alarm.at(name).text != low.at(name).text for name in ("metric_name", "namespace", "statistic")):
            continue
        if low.at("metric_name").text not in PER_INSTANCE or low.at("statistic").text != "Average":
            return high
        step = max(adjustments(out.body))
        if (out.at("adjustment_type").text or "") == "PercentChangeInCapacity":
            return high / (1 + step / 100)
        return high * least / (least + step)
    return None
