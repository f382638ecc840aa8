"""No alarm rings when the audit trail is stopped or changed.

## Why it matters
Stopping the trail is what an intruder does first. The event `StopLogging` is the last one that it records, and the only chance to
notice.

## Five whys
1. Why is there no record of the break-in? The trail had been stopped.
2. Why did nobody react? Nothing alarmed on `StopLogging`.
3. Why? The trail was trusted to watch itself.

## Fix now
A metric filter on the trail's log group with the pattern of the good example below, and an alarm on its metric that publishes to the
on-call topic: `aws logs put-metric-filter --log-group-name trail --filter-name trail-changes --filter-pattern file://pattern
--metric-transformations metricName=trail-changes,metricNamespace=Audit,metricValue=1`. Threshold 1.

## Workaround
An EventBridge rule on the same calls, in the trail's home region.

## Prevent
A service control policy that denies these calls; an organisation trail that members cannot stop.

## Validate
Stop and start a test trail; the alarm rings.

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

resource "aws_cloudwatch_log_metric_filter" "trail_changes" {
  name           = "trail-changes"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = <<-EOT
    { ($.eventName = "CreateTrail")
    || ($.eventName = "UpdateTrail")
    || ($.eventName = "DeleteTrail")
    || ($.eventName = "StartLogging")
    || ($.eventName = "StopLogging") }
  EOT

  metric_transformation {
    name      = "trail-changes"
    namespace = "Audit"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "trail_changes" {
  alarm_name          = "trail-changes"
  namespace           = "Audit"
  metric_name         = "trail-changes"
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
    aliases="AVD-AWS-0151 aws-cloudwatch-require-cloud-trail-change-alarm",
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if found := gap(
        resource,
        graph,
        (
            "stoplogging",
            "deletetrail",
            "updatetrail",
        ),
    ):
        yield Fail(found.where, f"nobody is told of changes of the trail itself: {found.lacks}", expected="a metric filter and an alarm")
