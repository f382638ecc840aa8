"""No alarm rings when somebody logs in without a second factor.

## Why it matters
A password alone is phished or guessed. A login without MFA is either a user who was forgotten, or somebody who has only the password.

## Five whys
1. Why was the phished password usable for weeks? Logins without MFA were noticed by nobody.
2. Why not? There is no metric filter on them.
3. Why? MFA was expected everywhere, and nothing checks it.

## Fix now
A metric filter on the trail's log group with the pattern of the good example below, and an alarm on its metric that publishes to the
on-call topic: `aws logs put-metric-filter --log-group-name trail --filter-name login-without-mfa --filter-pattern file://pattern
--metric-transformations metricName=login-without-mfa,metricNamespace=Audit,metricValue=1`. Threshold 1: each one is worth a look.

## Workaround
Search the last month: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=ConsoleLogin`.

## Prevent
A policy that denies everything without `aws:MultiFactorAuthPresent`; single sign-on instead of IAM users.

## Validate
Log in with a test user without MFA; the alarm rings within ten minutes.

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

resource "aws_cloudwatch_log_metric_filter" "login_without_mfa" {
  name           = "login-without-mfa"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = <<-EOT
    { ($.eventName = "ConsoleLogin")
    && ($.additionalEventData.MFAUsed != "Yes")
    && ($.userIdentity.type = "IAMUser")
    && ($.responseElements.ConsoleLogin = "Success") }
  EOT

  metric_transformation {
    name      = "login-without-mfa"
    namespace = "Audit"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "login_without_mfa" {
  alarm_name          = "login-without-mfa"
  namespace           = "Audit"
  metric_name         = "login-without-mfa"
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
    aliases="AVD-AWS-0148 aws-cloudwatch-require-non-mfa-login-alarm",
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if found := gap(
        resource,
        graph,
        (
            "consolelogin",
            "mfaused",
        ),
    ):
        yield Fail(
            found.where, f"nobody is told of console logins without a second factor: {found.lacks}", expected="a metric filter and an alarm"
        )
