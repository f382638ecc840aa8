"""No alarm rings when security groups change.

## Why it matters
A port that is opened "for a minute" by hand stays open. In an account that is changed by code, every change by a person deserves a
question.

## Five whys
1. Why was SSH open to the world? Somebody opened it by hand.
2. Why did it stay so? Nobody was told.

## Fix now
A metric filter on the trail's log group with the pattern of the good example below, and an alarm on its metric that publishes to the
on-call topic: `aws logs put-metric-filter --log-group-name trail --filter-name security-group-changes --filter-pattern file://pattern
--metric-transformations metricName=security-group-changes,metricNamespace=Audit,metricValue=1`. Leave the role of your pipeline, and of
load balancer controllers, out of the pattern.

## Workaround
A nightly comparison of code and account shows the rules that code does not know.

## Prevent
Take the right to change groups from people.

## Validate
Open a port of a test group by hand; the alarm rings.

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

resource "aws_cloudwatch_log_metric_filter" "security_group_changes" {
  name           = "security-group-changes"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = <<-EOT
    { ($.eventName = "AuthorizeSecurityGroupIngress")
    || ($.eventName = "AuthorizeSecurityGroupEgress")
    || ($.eventName = "RevokeSecurityGroupIngress")
    || ($.eventName = "RevokeSecurityGroupEgress")
    || ($.eventName = "CreateSecurityGroup")
    || ($.eventName = "DeleteSecurityGroup") }
  EOT

  metric_transformation {
    name      = "security-group-changes"
    namespace = "Audit"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "security_group_changes" {
  alarm_name          = "security-group-changes"
  namespace           = "Audit"
  metric_name         = "security-group-changes"
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
    aliases="AVD-AWS-0156 aws-cloudwatch-require-sg-change-alarms",
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if found := gap(
        resource,
        graph,
        (
            "authorizesecuritygroupingress",
            "revokesecuritygroupingress",
        ),
    ):
        yield Fail(found.where, f"nobody is told of changes of security groups: {found.lacks}", expected="a metric filter and an alarm")
