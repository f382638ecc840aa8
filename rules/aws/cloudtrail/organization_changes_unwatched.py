"""No alarm rings when the organisation changes.

## Why it matters
An account that leaves the organisation leaves all its guard rails behind; a policy that is detached takes them from all accounts at
once.

## Five whys
1. Why did the guard rails not hold? The policy had been detached.
2. Why did nobody notice? Changes of the organisation alarm nobody.

## Fix now
A metric filter on the trail's log group with the pattern of the good example below, and an alarm on its metric that publishes to the
on-call topic: `aws logs put-metric-filter --log-group-name trail --filter-name organization-changes --filter-pattern file://pattern
--metric-transformations metricName=organization-changes,metricNamespace=Audit,metricValue=1`. Threshold 1. The events are in us-east-1
of the management account.

## Workaround
`aws organizations list-policies-for-target --target-id ROOT --filter SERVICE_CONTROL_POLICY` against the code.

## Prevent
Changes by code only; nobody works in the management account.

## Validate
Attach and detach a harmless policy at a test unit; the alarm rings.

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

resource "aws_cloudwatch_log_metric_filter" "organization_changes" {
  name           = "organization-changes"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = <<-EOT
    { ($.eventSource = "organizations.amazonaws.com")
    && (($.eventName = "AcceptHandshake")
    || ($.eventName = "AttachPolicy")
    || ($.eventName = "CreateAccount")
    || ($.eventName = "DetachPolicy")
    || ($.eventName = "LeaveOrganization")
    || ($.eventName = "MoveAccount")
    || ($.eventName = "RemoveAccountFromOrganization")
    || ($.eventName = "UpdatePolicy")) }
  EOT

  metric_transformation {
    name      = "organization-changes"
    namespace = "Audit"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "organization_changes" {
  alarm_name          = "organization-changes"
  namespace           = "Audit"
  metric_name         = "organization-changes"
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
    aliases="AVD-AWS-0174 aws-cloudwatch-require-org-changes-alarm",
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if found := gap(resource, graph, ("organizations.amazonaws.com",)):
        yield Fail(found.where, f"nobody is told of changes of the organisation: {found.lacks}", expected="a metric filter and an alarm")
