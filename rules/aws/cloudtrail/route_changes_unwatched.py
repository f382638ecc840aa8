"""No alarm rings when route tables change.

## Why it matters
A changed route sends traffic past the firewall, through a foreign instance, or nowhere. It is invisible in the application's logs:
connections just time out.

## Five whys
1. Why did connections to the partner time out? Their route was gone.
2. Why did finding it take an hour? No alarm spoke of the change.

## Fix now
A metric filter on the trail's log group with the pattern of the good example below, and an alarm on its metric that publishes to the
on-call topic: `aws logs put-metric-filter --log-group-name trail --filter-name route-changes --filter-pattern file://pattern
--metric-transformations metricName=route-changes,metricNamespace=Audit,metricValue=1`. Threshold 1, without the role of your pipeline.

## Workaround
`aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=DeleteRoute`.

## Prevent
Changes by code only.

## Validate
Change a route in a test VPC; the alarm rings.

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

resource "aws_cloudwatch_log_metric_filter" "route_changes" {
  name           = "route-changes"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = <<-EOT
    { ($.eventName = "CreateRoute")
    || ($.eventName = "CreateRouteTable")
    || ($.eventName = "ReplaceRoute")
    || ($.eventName = "ReplaceRouteTableAssociation")
    || ($.eventName = "DeleteRouteTable")
    || ($.eventName = "DeleteRoute")
    || ($.eventName = "DisassociateRouteTable") }
  EOT

  metric_transformation {
    name      = "route-changes"
    namespace = "Audit"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "route_changes" {
  alarm_name          = "route-changes"
  namespace           = "Audit"
  metric_name         = "route-changes"
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
    aliases="AVD-AWS-0159 aws-cloudwatch-require-network-gateway-changes-alarm",
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if found := gap(
        resource,
        graph,
        (
            "createroute",
            "replaceroute",
            "deleteroute",
        ),
    ):
        yield Fail(found.where, f"nobody is told of changes of route tables: {found.lacks}", expected="a metric filter and an alarm")
