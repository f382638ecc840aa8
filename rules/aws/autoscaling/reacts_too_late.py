"""New capacity comes more than ten minutes after the load has risen.

## Why it matters
From the first bad minute until a new instance takes requests, the old ones carry everything. The time is the alarm's (period x data
points), the instance's start, and the load balancer's checks; in ten minutes a load that doubles has driven the group into refusing
requests, and sick instances make it worse.

## Five whys
1. Why were requests refused for a quarter of an hour? New instances came that late.
2. Why? The alarm rang only after five periods of five minutes.
3. Why so long? The defaults of the console were kept, to be safe from false alarms.
4. Why was that safe for scaling? It was not: an instance too many costs cents, one too few costs users.

## Fix now
Shorten the part that the message shows to be the longest: `period = 60` and two or three data points, which needs detailed monitoring for
metrics of EC2. Raise the capacity by hand meanwhile: `aws autoscaling set-desired-capacity --auto-scaling-group-name NAME
--desired-capacity N --no-honor-cooldown`.

## Workaround
A scheduled or predictive policy for rises that come every day; a warm pool (`warm_pool`) for slow starts.

## Prevent
The options: `reaction_seconds` (600) for all three parts, `detection_seconds` (300) for the alarm alone, `linux_seconds` (120) and
`windows_seconds` (300) where no `default_instance_warmup` says how long a start takes. All are our proposals.

## Validate
`aws cloudwatch describe-alarm-history --alarm-name NAME --history-item-type StateUpdate` and `aws autoscaling
describe-scaling-activities --auto-scaling-group-name NAME`: from ALARM to `Successful` in less than five minutes.

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
  scaling_adjustment     = 2
}

resource "aws_cloudwatch_metric_alarm" "high" {
  alarm_name          = "high"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 70
  period              = 300
  evaluation_periods  = 3 # finding
  alarm_actions       = [aws_autoscaling_policy.out.arn]
}
```

Seen soon, but the instance takes long:

```hcl
resource "aws_autoscaling_group" "search" {
  name                    = "search"
  min_size                = 2
  max_size                = 10
  default_instance_warmup = 600
}

resource "aws_autoscaling_policy" "out" {
  name                   = "out"
  autoscaling_group_name = aws_autoscaling_group.search.name
  scaling_adjustment     = 2
}

resource "aws_cloudwatch_metric_alarm" "high" {
  alarm_name          = "high"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 70
  period              = 60
  evaluation_periods  = 2 # finding
  alarm_actions       = [aws_autoscaling_policy.out.arn]
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
  scaling_adjustment     = 2
}

resource "aws_cloudwatch_metric_alarm" "high" { # 300 s to see it, 120 s to start: exactly at the bound
  alarm_name          = "high"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 70
  period              = 60
  evaluation_periods  = 10
  datapoints_to_alarm = 5
  alarm_actions       = [aws_autoscaling_policy.out.arn]
}

resource "aws_autoscaling_group" "planned" {
  name     = "planned"
  min_size = 2
  max_size = 10
}

resource "aws_autoscaling_schedule" "morning" { # the rise is known
  scheduled_action_name  = "morning"
  autoscaling_group_name = aws_autoscaling_group.planned.name
  recurrence             = "0 6 * * *"
  min_size               = -1
  desired_capacity       = 8
  max_size               = -1
}

resource "aws_autoscaling_policy" "planned" {
  name                   = "out"
  autoscaling_group_name = aws_autoscaling_group.planned.name
  scaling_adjustment     = 2
}

resource "aws_cloudwatch_metric_alarm" "slow" {
  alarm_name          = "slow"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 70
  period              = 300
  evaluation_periods  = 3
  alarm_actions       = [aws_autoscaling_policy.planned.arn]
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.fleet import Fleet
from auditor.views.scaling.group import groups_of
from auditor.views.scaling.policy import ALARM, direction, policies_of
from auditor.views.scaling.timing import LINUX, WINDOWS


@rule(
    target=ALARM,
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    options={"reaction_seconds": 600, "detection_seconds": 300, "linux_seconds": LINUX, "windows_seconds": WINDOWS},
    symptoms=(r"503 Service (Temporarily )?Unavailable", r"[Ss]urge queue"),
)
def check(alarm: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    most, soonest = options["reaction_seconds"], options["detection_seconds"]
    for group in (group for policy in policies_of(resource, graph) if direction(policy.body) > 0 for group in groups_of(policy, graph)):
        fleet = Fleet(group, graph, options["linux_seconds"], options["windows_seconds"])
        reaction = fleet.reaction(alarm)
        if reaction is None or (reaction.detection <= soonest and reaction.seconds <= most) or fleet.is_forewarned:
            continue
        message = f"a new instance of {group.address.text} takes load {reaction.seconds:g} s after the rise: {reaction.words}"
        where = alarm.at("datapoints_to_alarm") if alarm.at("datapoints_to_alarm").present else alarm.at("evaluation_periods")
        begin = reaction.healthy.start.where
        yield Fail(where, message, expected=f"at most {soonest:g} s to ring, {most:g} s in all", related=(begin,) if begin else ())
        return
