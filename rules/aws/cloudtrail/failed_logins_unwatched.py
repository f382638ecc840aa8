"""No alarm rings when many console logins fail.

## Why it matters
Guessing leaves a trail of failures before it succeeds. Ten failures in five minutes are worth a call; the success after them is worth
an incident.

## Five whys
1. Why was the guessed password found by the customer? The failed logins alarmed nobody.
2. Why not? No filter counts them.

## Fix now
A metric filter on the trail's log group with the pattern of the good example below, and an alarm on its metric that publishes to the
on-call topic: `aws logs put-metric-filter --log-group-name trail --filter-name failed-logins --filter-pattern file://pattern
--metric-transformations metricName=failed-logins,metricNamespace=Audit,metricValue=1`. A threshold of about ten in five minutes.

## Workaround
`aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=ConsoleLogin` shows the last weeks.

## Prevent
Single sign-on with its own lockout instead of IAM users with passwords.

## Validate
Mistype the password of a test user ten times; the alarm rings.

## Bad
```hcl
resource "aws_cloudwatch_log_group" "trail" {
  name = "trail"
}

resource "aws_cloudtrail" "main" {
  name                       = "main"
  s3_bucket_name             = "trail-4711"
  is_multi_region_trail      = true
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*" # finding
  cloud_watch_logs_role_arn  = "arn:aws:iam::111122223333:role/trail"
}
```

## Good
```hcl
resource "aws_cloudwatch_log_group" "trail" {
  name = "trail"
}

resource "aws_cloudtrail" "main" {
  name                       = "main"
  s3_bucket_name             = "trail-4711"
  is_multi_region_trail      = true
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam::111122223333:role/trail"
}

resource "aws_cloudwatch_log_metric_filter" "failed_logins" {
  name           = "failed-logins"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = <<-EOT
    { ($.eventName = "ConsoleLogin")
    && ($.errorMessage = "Failed authentication") }
  EOT

  metric_transformation {
    name      = "failed-logins"
    namespace = "Audit"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "failed_logins" {
  alarm_name          = "failed-logins"
  namespace           = "Audit"
  metric_name         = "failed-logins"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  alarm_actions       = ["arn:aws:sns:eu-central-1:111122223333:on-call"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.audit_alarm import gap


@rule(
    target="aws_cloudtrail",
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="AVD-AWS-0152 aws-cloudwatch-require-console-login-failures-alarm",
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if found := gap(
        resource,
        graph,
        (
            "consolelogin",
            "failed authentication",
        ),
    ):
        yield Fail(found.where, f"nobody is told of failed console logins: {found.lacks}", expected="a metric filter and an alarm")
