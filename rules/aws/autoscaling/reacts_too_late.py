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
from auditor.views.scaling.alarm import detection
from auditor.views.scaling.group import balancers, groups_of, is_forewarned
from auditor.views.scaling.launch import start
from auditor.views.scaling.policy import ALARM, direction, policies_of
from auditor.views.scaling.timing import LINUX, WINDOWS, check_of


@rule(
    target=ALARM,
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    options={"reaction_seconds": 600, "detection_seconds": 300, "linux_seconds": LINUX, "windows_seconds": WINDOWS},
    symptoms=(r"503 Service (Temporarily )?Unavailable", r"[Ss]urge queue"),
)
def check(alarm: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    groups = [group for policy in policies_of(resource, graph) if direction(policy.body) > 0 for group in groups_of(policy, graph)]
    seen = detection(alarm) if groups else None
    for group in groups if seen is not None else ():
        begin = start(group, graph, options["linux_seconds"], options["windows_seconds"])
        checks = max((check_of(it).until_healthy(begin.seconds) - begin.seconds for it in balancers(group, graph)), default=0)
        whole = (seen or 0) + begin.seconds + checks
        if (seen or 0) <= options["detection_seconds"] and whole <= options["reaction_seconds"]:
            continue
        if is_forewarned(group, graph):
            continue
        parts = f"{seen:g} s until the alarm rings, {begin.seconds:g} s to start ({begin.words}), {checks:g} s of health checks"
        message = f"a new instance of {group.address.text} takes load {whole:g} s after the rise: {parts}"
        where = alarm.at("datapoints_to_alarm") if alarm.at("datapoints_to_alarm").present else alarm.at("evaluation_periods")
        bounds = f"at most {options['detection_seconds']:g} s to ring, {options['reaction_seconds']:g} s in all"
        yield Fail(where, message, expected=bounds, related=(begin.where,) if begin.where else ())
        return
