"""No alarm rings when a KMS key is disabled or marked for deletion.

## Why it matters
What is encrypted with a deleted key is lost for ever. There are 7 to 30 days to take the deletion back, for somebody who knows of it; a
disabled key stops services within minutes.

## Five whys
1. Why can the backups not be read? Their key was deleted.
2. Why did nobody stop it in 30 days? Nobody knew.
3. Why? `ScheduleKeyDeletion` alarms nobody.

## Fix now
A metric filter on the trail's log group with the pattern of the good example below, and an alarm on its metric that publishes to the
on-call topic: `aws logs put-metric-filter --log-group-name trail --filter-name key-deletion --filter-pattern file://pattern
--metric-transformations metricName=key-deletion,metricNamespace=Audit,metricValue=1`. Threshold 1. To take a deletion back: `aws kms
cancel-key-deletion --key-id K` and `enable-key`.

## Workaround
`aws kms list-keys` with `describe-key` shows keys in `PendingDeletion`.

## Prevent
Deny `kms:ScheduleKeyDeletion` by service control policy but for one role.

## Validate
Schedule and cancel the deletion of a test key; the alarm rings.

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

resource "aws_cloudwatch_log_metric_filter" "key_deletion" {
  name           = "key-deletion"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = <<-EOT
    { ($.eventSource = "kms.amazonaws.com")
    && (($.eventName = "DisableKey")
    || ($.eventName = "ScheduleKeyDeletion")) }
  EOT

  metric_transformation {
    name      = "key-deletion"
    namespace = "Audit"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "key_deletion" {
  alarm_name          = "key-deletion"
  namespace           = "Audit"
  metric_name         = "key-deletion"
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
    aliases="AVD-AWS-0153 aws-cloudwatch-require-cmk-disabled-alarm",
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if found := gap(
        resource,
        graph,
        (
            "disablekey",
            "schedulekeydeletion",
        ),
    ):
        yield Fail(
            found.where,
            f"nobody is told of disabled keys and keys marked for deletion: {found.lacks}",
            expected="a metric filter and an alarm",
        )
