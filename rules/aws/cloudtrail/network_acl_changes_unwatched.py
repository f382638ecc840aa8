"""No alarm rings when network ACLs change.

## Why it matters
One entry can cut off a whole subnet, or open it. Such changes are rare, so each one is worth a look, and in an outage the alarm names
the cause within a minute.

## Five whys
1. Why did the search for the outage take two hours? Nobody thought of the network ACL.
2. Why did nothing point there? Its change alarmed nobody.

## Fix now
A metric filter on the trail's log group with the pattern of the good example below, and an alarm on its metric that publishes to the
on-call topic: `aws logs put-metric-filter --log-group-name trail --filter-name network-acl-changes --filter-pattern file://pattern
--metric-transformations metricName=network-acl-changes,metricNamespace=Audit,metricValue=1`. Threshold 1, without the role of your
pipeline.

## Workaround
`aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=ReplaceNetworkAclEntry`.

## Prevent
Changes by code only.

## Validate
Change an entry of a test ACL; the alarm rings.

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

resource "aws_cloudwatch_log_metric_filter" "network_acl_changes" {
  name           = "network-acl-changes"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = <<-EOT
    { ($.eventName = "CreateNetworkAcl")
    || ($.eventName = "CreateNetworkAclEntry")
    || ($.eventName = "DeleteNetworkAcl")
    || ($.eventName = "DeleteNetworkAclEntry")
    || ($.eventName = "ReplaceNetworkAclEntry")
    || ($.eventName = "ReplaceNetworkAclAssociation") }
  EOT

  metric_transformation {
    name      = "network-acl-changes"
    namespace = "Audit"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "network_acl_changes" {
  alarm_name          = "network-acl-changes"
  namespace           = "Audit"
  metric_name         = "network-acl-changes"
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
    aliases="AVD-AWS-0157 aws-cloudwatch-require-nacl-changes-alarm",
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if found := gap(
        resource,
        graph,
        (
            "createnetworkaclentry",
            "replacenetworkaclentry",
        ),
    ):
        yield Fail(found.where, f"nobody is told of changes of network ACLs: {found.lacks}", expected="a metric filter and an alarm")
