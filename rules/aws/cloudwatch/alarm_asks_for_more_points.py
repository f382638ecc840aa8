"""An alarm wants more bad values than it looks at.

## Why it matters
CloudWatch refuses such an alarm (`DatapointsToAlarm must be less than or equal to EvaluationPeriods`), the apply fails, and the failure
that it was for stays unwatched.

## Five whys
1. Why does the apply fail? The two numbers contradict each other.
2. Why? The number of periods was lowered, the number of values was not.

## Fix now
Set `datapoints_to_alarm` to at most `evaluation_periods`: 3 of 5 rings after three bad minutes and overlooks a single one.

## Workaround
Leave it out: then all periods have to be bad.

## Prevent
A `validation` block in the module that compares them.

## Validate
`aws cloudwatch describe-alarms --alarm-names NAME --query 'MetricAlarms[].[DatapointsToAlarm,EvaluationPeriods]'`.

## Bad
```hcl
resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "errors"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 2
  datapoints_to_alarm = 3 # finding
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-central-1:111122223333:on-call"]
}
```

## Good
```hcl
resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "errors"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-central-1:111122223333:on-call"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule


@rule(target="aws_cloudwatch_metric_alarm", severity=Severity.HIGH, profile=Profile.GATE)
def check(alarm: Node) -> Iterator[Fail]:
    wanted, periods = alarm.at("datapoints_to_alarm"), alarm.at("evaluation_periods")
    if wanted.missing or periods.missing:
        return
    points, count = wanted.number, periods.number
    if points is not None and count is not None and points > count:
        message = f"the alarm wants {points:g} bad values among {count:g}"
        yield Fail(wanted, message, expected=f"at most {count:g}", related=(periods,))
