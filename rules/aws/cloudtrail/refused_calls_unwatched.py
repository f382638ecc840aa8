"""No alarm counts refused API calls.

## Why it matters
An intruder with a stolen key tries what it can do: a burst of `AccessDenied` is the first and often the only sign before he finds
something that works. The same burst shows a broken deployment.

## Five whys
1. Why was the stolen key noticed only on the bill? Its refused calls alarmed nobody.
2. Why? No metric filter counts them.
3. Why? The trail's log group is there, the filters were never written.

## Fix now
A metric filter on the trail's log group with the pattern of the good example below, and an alarm on its metric that publishes to the
on-call topic: `aws logs put-metric-filter --log-group-name trail --filter-name refused-calls --filter-pattern file://pattern
--metric-transformations metricName=refused-calls,metricNamespace=Audit,metricValue=1`. Choose the threshold above the noise of a normal
day: `aws logs filter-log-events` with the pattern counts it.

## Workaround
Search now: `aws logs filter-log-events --log-group-name G --filter-pattern '{ $.errorCode = "AccessDenied*" }'`.

## Prevent
Filter and alarm in the trail's module; GuardDuty sees patterns that a count does not.

## Validate
Call something that you may not (`aws iam list-users` with a weak role) until the threshold is passed; the alarm rings.

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

resource "aws_cloudwatch_log_metric_filter" "refused_calls" {
  name           = "refused-calls"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = <<-EOT
    { ($.errorCode = "*UnauthorizedOperation")
    || ($.errorCode = "AccessDenied*") }
  EOT

  metric_transformation {
    name      = "refused-calls"
    namespace = "Audit"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "refused_calls" {
  alarm_name          = "refused-calls"
  namespace           = "Audit"
  metric_name         = "refused-calls"
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
    aliases="AVD-AWS-0147 aws-cloudwatch-require-unauthorised-api-call-alarm",
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if found := gap(
        resource,
        graph,
        (
            "errorcode",
            "unauthorizedoperation",
            "accessdenied",
        ),
    ):
        yield Fail(found.where, f"nobody is told of refused calls: {found.lacks}", expected="a metric filter and an alarm")
