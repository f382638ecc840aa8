"""No alarm rings when the configuration recorder is stopped or changed.

## Why it matters
Without the recorder the history of every resource has a hole, and compliance rules go blind. An intruder stops it together with the
trail.

## Five whys
1. Why is there no history for that week? The recorder was stopped.
2. Why did nobody start it again? Nobody was told.

## Fix now
A metric filter on the trail's log group with the pattern of the good example below, and an alarm on its metric that publishes to the
on-call topic: `aws logs put-metric-filter --log-group-name trail --filter-name config-changes --filter-pattern file://pattern
--metric-transformations metricName=config-changes,metricNamespace=Audit,metricValue=1`. Threshold 1.

## Workaround
A daily job: `aws configservice describe-configuration-recorder-status`.

## Prevent
Deny these calls by service control policy.

## Validate
Stop and start the recorder of a test account; the alarm rings.

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

resource "aws_cloudwatch_log_metric_filter" "config_changes" {
  name           = "config-changes"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = <<-EOT
    { ($.eventSource = "config.amazonaws.com")
    && (($.eventName = "StopConfigurationRecorder")
    || ($.eventName = "DeleteDeliveryChannel")
    || ($.eventName = "PutDeliveryChannel")
    || ($.eventName = "PutConfigurationRecorder")) }
  EOT

  metric_transformation {
    name      = "config-changes"
    namespace = "Audit"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "config_changes" {
  alarm_name          = "config-changes"
  namespace           = "Audit"
  metric_name         = "config-changes"
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
    aliases="AVD-AWS-0155 aws-cloudwatch-require-config-configuration-changes-alarm",
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if found := gap(
        resource,
        graph,
        (
            "stopconfigurationrecorder",
            "deletedeliverychannel",
        ),
    ):
        yield Fail(
            found.where, f"nobody is told of changes of the configuration recorder: {found.lacks}", expected="a metric filter and an alarm"
        )
