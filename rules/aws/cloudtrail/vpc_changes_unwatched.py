"""No alarm rings when VPCs or their peerings change.

## Why it matters
A peering joins two networks at once, with everything in them; an accepted request from a foreign account is a door for its owner.

## Five whys
1. Why could the foreign account reach our hosts? A peering was accepted.
2. Why was that not noticed? Peerings change without an alarm.

## Fix now
A metric filter on the trail's log group with the pattern of the good example below, and an alarm on its metric that publishes to the
on-call topic: `aws logs put-metric-filter --log-group-name trail --filter-name vpc-changes --filter-pattern file://pattern
--metric-transformations metricName=vpc-changes,metricNamespace=Audit,metricValue=1`. Threshold 1, without the role of your pipeline.

## Workaround
`aws ec2 describe-vpc-peering-connections --query
'VpcPeeringConnections[].[RequesterVpcInfo.OwnerId,AccepterVpcInfo.OwnerId,Status.Code]'`.

## Prevent
Deny `ec2:AcceptVpcPeeringConnection` by service control policy but for the network role.

## Validate
Create and delete a VPC in a test account; the alarm rings.

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

resource "aws_cloudwatch_log_metric_filter" "vpc_changes" {
  name           = "vpc-changes"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = <<-EOT
    { ($.eventName = "CreateVpc")
    || ($.eventName = "DeleteVpc")
    || ($.eventName = "ModifyVpcAttribute")
    || ($.eventName = "AcceptVpcPeeringConnection")
    || ($.eventName = "CreateVpcPeeringConnection")
    || ($.eventName = "DeleteVpcPeeringConnection")
    || ($.eventName = "RejectVpcPeeringConnection") }
  EOT

  metric_transformation {
    name      = "vpc-changes"
    namespace = "Audit"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "vpc_changes" {
  alarm_name          = "vpc-changes"
  namespace           = "Audit"
  metric_name         = "vpc-changes"
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
    aliases="AVD-AWS-0160 aws-cloudwatch-require-vpc-changes-alarm",
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if found := gap(
        resource,
        graph,
        (
            "createvpc",
            "deletevpc",
            "vpcpeering",
        ),
    ):
        yield Fail(found.where, f"nobody is told of changes of VPCs and peerings: {found.lacks}", expected="a metric filter and an alarm")
