"""An alarm that waits for too little does not ring when nothing comes at all.

## Why it matters
When the last target is gone or the producer is dead, AWS stops sending the metric. A falling alarm then goes to INSUFFICIENT_DATA,
which triggers no action: it is silent in exactly the worst case.

## Five whys
1. Why did the alarm on healthy hosts not ring when all were gone? There were no values any more.
2. Why is that no alarm? Missing values are treated as missing.
3. Why? It is the default, and the test had killed one host of two.

## Fix now
`treat_missing_data = "breaching"`: `aws cloudwatch put-metric-alarm` with the same settings and `--treat-missing-data breaching`.
Metrics that rest at night need a composite alarm with a schedule instead.

## Workaround
Add `insufficient_data_actions` with the same topic.

## Prevent
The module derives it: falling alarms are breaching, rising ones notBreaching.

## Validate
Stop everything in a test environment; the alarm goes to ALARM within its periods.

## Bad
```hcl
resource "aws_cloudwatch_metric_alarm" "no_hosts" { # finding
  alarm_name          = "no-hosts"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HealthyHostCount"
  statistic           = "Minimum"
  period              = 60
  evaluation_periods  = 2
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-central-1:111122223333:on-call"]
}
```

## Good
```hcl
resource "aws_cloudwatch_metric_alarm" "no_hosts" {
  alarm_name          = "no-hosts"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HealthyHostCount"
  statistic           = "Minimum"
  period              = 60
  evaluation_periods  = 2
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = ["arn:aws:sns:eu-central-1:111122223333:on-call"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule

_FALLING = ("LessThanThreshold", "LessThanOrEqualToThreshold")
_LIVENESS = frozenset(
    {
        "HealthyHostCount",
        "RunningTaskCount",
        "RequestCount",
        "Invocations",
        "NumberOfMessagesReceived",
        "NumberOfMessagesSent",
        "IncomingRecords",
        "IncomingBytes",
        "Heartbeat",
        "ActiveControllerCount",
        "HealthCheckStatus",
    }
)


@rule(target="aws_cloudwatch_metric_alarm", severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(alarm: Node) -> Iterator[Fail]:
    if alarm.at("comparison_operator").text not in _FALLING or alarm.at("metric_name").text not in _LIVENESS:
        return
    missing = alarm.at("treat_missing_data")
    treated = (missing.text or "") if missing.present else "missing"
    if treated != "breaching" and alarm.at("insufficient_data_actions").missing:
        message = f"when {alarm.at('metric_name').text} is not sent at all, the alarm does not ring"
        yield Fail(missing, message, expected="breaching", actual="" if missing.present else "not set, which means missing")
