"""No alarm rings when the root user is used.

## Why it matters
Root may do everything, no policy bounds it, and nobody needs it in daily work. Its use is either a rare planned act or the worst
incident there is.

## Five whys
1. Why did nobody notice the root login at night? No alarm watches root.
2. Why not? The filter was never written.
3. Why? Root was thought to be locked away.

## Fix now
A metric filter on the trail's log group with the pattern of the good example below, and an alarm on its metric that publishes to the
on-call topic: `aws logs put-metric-filter --log-group-name trail --filter-name root-use --filter-pattern file://pattern
--metric-transformations metricName=root-use,metricNamespace=Audit,metricValue=1`. Threshold 1.

## Workaround
An EventBridge rule on `userIdentity.type` = Root needs no log group, but one rule per region.

## Prevent
Remove root keys, give it hardware MFA, and centralise root access in the organisation.

## Validate
Log in as root once, planned; the alarm rings.

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

resource "aws_cloudwatch_log_metric_filter" "root_use" {
  name           = "root-use"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = <<-EOT
    { $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }
  EOT

  metric_transformation {
    name      = "root-use"
    namespace = "Audit"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "root_use" {
  alarm_name          = "root-use"
  namespace           = "Audit"
  metric_name         = "root-use"
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
    aliases="AVD-AWS-0149 aws-cloudwatch-require-root-user-usage-alarm",
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if found := gap(
        resource,
        graph,
        (
            "useridentity.type",
            "root",
        ),
    ):
        yield Fail(found.where, f"nobody is told of use of the root user: {found.lacks}", expected="a metric filter and an alarm")
