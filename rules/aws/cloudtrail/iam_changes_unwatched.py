"""No alarm rings when IAM policies change.

## Why it matters
Whoever has a foot in the door gives himself more rights first: a policy attached, a new version made default. In an account that is
changed by code, every other change is suspicious.

## Five whys
1. Why had the intruder administrator rights for a month? He attached the policy himself.
2. Why was that not noticed? Changes of policies alarm nobody.
3. Why? No metric filter looks for them.

## Fix now
A metric filter on the trail's log group with the pattern of the good example below, and an alarm on its metric that publishes to the
on-call topic: `aws logs put-metric-filter --log-group-name trail --filter-name iam-changes --filter-pattern file://pattern
--metric-transformations metricName=iam-changes,metricNamespace=Audit,metricValue=1`. Leave the role of your pipeline out with `&&
($.userIdentity.arn != "*deploy*")`.

## Workaround
Config records each state of a policy: `aws configservice get-resource-config-history`.

## Prevent
Filter and alarm in the trail's module; permissions boundaries for everybody who may write policies.

## Validate
Attach a policy to a test role by hand; the alarm rings.

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

resource "aws_cloudwatch_log_metric_filter" "iam_changes" {
  name           = "iam-changes"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = <<-EOT
    { ($.eventName = "DeleteGroupPolicy")
    || ($.eventName = "DeleteRolePolicy")
    || ($.eventName = "PutGroupPolicy")
    || ($.eventName = "PutRolePolicy")
    || ($.eventName = "PutUserPolicy")
    || ($.eventName = "CreatePolicy")
    || ($.eventName = "DeletePolicy")
    || ($.eventName = "CreatePolicyVersion")
    || ($.eventName = "AttachRolePolicy")
    || ($.eventName = "DetachRolePolicy")
    || ($.eventName = "AttachUserPolicy")
    || ($.eventName = "AttachGroupPolicy") }
  EOT

  metric_transformation {
    name      = "iam-changes"
    namespace = "Audit"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "iam_changes" {
  alarm_name          = "iam-changes"
  namespace           = "Audit"
  metric_name         = "iam-changes"
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
    aliases="AVD-AWS-0150 aws-cloudwatch-require-iam-policy-change-alarm",
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if found := gap(
        resource,
        graph,
        (
            "putrolepolicy",
            "attachrolepolicy",
            "createpolicy",
        ),
    ):
        yield Fail(found.where, f"nobody is told of changes of IAM policies: {found.lacks}", expected="a metric filter and an alarm")
