"""An alarm looks further back than CloudWatch allows.

## Why it matters
CloudWatch refuses it: periods of less than an hour may cover a day together, longer ones a week. The apply fails after other resources
have been made, and the alarm is missing.

## Five whys
1. Why is the alarm not there? CloudWatch refused it.
2. Why? Its periods together are longer than a day.
3. Why? The period was raised to save noise, and the count stayed.

## Fix now
Lower `evaluation_periods` or the period so that the product is at most 86,400 seconds (604,800 with periods of an hour or more).

## Workaround
A metric math expression over a longer period, or a composite alarm.

## Prevent
Take minutes as the module's argument, and compute both numbers.

## Validate
`aws cloudwatch describe-alarms --alarm-names NAME` prints the alarm.

## Bad
```hcl
resource "aws_cloudwatch_metric_alarm" "backlog" {
  alarm_name          = "backlog"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  statistic           = "Maximum"
  period              = 900
  evaluation_periods  = 120 # finding
  threshold           = 3600
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-central-1:111122223333:on-call"]
}
```

## Good
```hcl
resource "aws_cloudwatch_metric_alarm" "backlog" {
  alarm_name          = "backlog"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  statistic           = "Maximum"
  period              = 900
  evaluation_periods  = 4
  threshold           = 3600
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-central-1:111122223333:on-call"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule

HOUR, DAY, WEEK = 3600, 86_400, 604_800


@rule(
    target="aws_cloudwatch_metric_alarm",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=["Metrics cannot be checked across more than"],
)
def check(alarm: Node) -> Iterator[Fail]:
    period, count = alarm.at("period"), alarm.at("evaluation_periods")
    if period.missing or count.missing:
        return
    seconds, number = period.number or 0, count.number or 0
    most = WEEK if seconds >= HOUR else DAY
    if seconds * number > most:
        message = f"the alarm looks at {seconds * number / HOUR:g} hours, CloudWatch allows {most / HOUR:g}"
        yield Fail(count, message, expected=f"at most {most // seconds:g} periods")
