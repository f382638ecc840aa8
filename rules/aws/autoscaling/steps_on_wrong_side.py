"""A policy has steps only on the side of the threshold where its alarm is silent.

## Why it matters
The bounds of a step count from the alarm's threshold. An alarm on `LessThan` rings when the metric is below it, at a negative distance;
a step from 0 upwards is then never reached. The policy is called each time, finds no step, and does nothing.

## Five whys
1. Why did the group never shrink? The scale-in policy ran and changed nothing.
2. Why? No step holds for a value below the threshold.
3. Why? The steps begin at 0 and go up.
4. Why? They were copied from the scale-out policy, and only the sign of the adjustment was turned.

## Fix now
For an alarm that rings below its threshold: `metric_interval_upper_bound = 0` and no lower bound on the last step. Apply; the policy acts
at the alarm's next evaluation.

## Workaround
Change the size by hand: `aws autoscaling set-desired-capacity --auto-scaling-group-name NAME --desired-capacity N`.

## Prevent
Start each new policy once: `aws autoscaling execute-policy --policy-name P --auto-scaling-group-name NAME --metric-value 20
--breach-threshold 30` says whether a step was found.

## Validate
`aws autoscaling describe-scaling-activities --auto-scaling-group-name NAME --max-items 5` shows a termination while the alarm is in ALARM.

## Bad
```hcl
resource "aws_autoscaling_policy" "in" {
  name                   = "in"
  autoscaling_group_name = "web"
  policy_type            = "StepScaling"
  adjustment_type        = "ChangeInCapacity"

  step_adjustment { # finding
    scaling_adjustment          = -1
    metric_interval_lower_bound = 0
  }
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

## Good
```hcl
resource "aws_autoscaling_policy" "in" {
  name                   = "in"
  autoscaling_group_name = "web"
  policy_type            = "StepScaling"
  adjustment_type        = "ChangeInCapacity"

  step_adjustment {
    scaling_adjustment          = -1
    metric_interval_lower_bound = -10
    metric_interval_upper_bound = 0
  }
  step_adjustment {
    scaling_adjustment          = -2
    metric_interval_upper_bound = -10
  }
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

resource "aws_autoscaling_policy" "both" { # one of its steps is reached
  name                   = "both"
  autoscaling_group_name = "web"
  policy_type            = "StepScaling"
  adjustment_type        = "ChangeInCapacity"

  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = 0
  }
  step_adjustment {
    scaling_adjustment          = -1
    metric_interval_upper_bound = 0
  }
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
  alarm_actions       = [aws_autoscaling_policy.both.arn]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.alarm import FALLING, RISING
from auditor.views.scaling.policy import POLICY, alarms, ladder, policy_type


@rule(target=POLICY, severity=Severity.HIGH)
def check(policy: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if policy_type(policy) != "StepScaling":
        return
    steps = ladder(policy)
    for alarm in alarms(resource, graph) if steps else ():
        operator = alarm.at("comparison_operator").text
        never_above = operator in RISING and all(step.upper <= 0 for step in steps)
        never_below = operator in FALLING and all(step.lower >= 0 for step in steps)
        if never_above or never_below:
            side, where = ("above", "below") if never_above else ("below", "above")
            message = f"{alarm.address.text} rings {side} its threshold, and every step lies {where} it: nothing happens"
            bound = "a lower bound of 0" if never_above else "an upper bound of 0"
            yield Fail(next(policy.each("step_adjustment")), message, expected=bound, related=(alarm.at("comparison_operator"),))
            return
