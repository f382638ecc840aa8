"""No alarm rings when internet or customer gateways change.

## Why it matters
An internet gateway that is attached gives a private network a way out and in; one that is detached takes the service off the internet.

## Five whys
1. Why had the private VPC a way to the internet? Somebody attached a gateway.
2. Why was that not noticed? Gateways change without an alarm.

## Fix now
A metric filter on the trail's log group with the pattern of the good example below, and an alarm on its metric that publishes to the
on-call topic: `aws logs put-metric-filter --log-group-name trail --filter-name gateway-changes --filter-pattern file://pattern
--metric-transformations metricName=gateway-changes,metricNamespace=Audit,metricValue=1`. Threshold 1, without the role of your
pipeline.

## Workaround
`aws ec2 describe-internet-gateways --query 'InternetGateways[].Attachments[].VpcId'` against the list of VPCs that may have one.

## Prevent
Deny `ec2:AttachInternetGateway` by service control policy but for the network role.

## Validate
Create and delete a gateway in a test account; the alarm rings.

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

resource "aws_cloudwatch_log_metric_filter" "gateway_changes" {
  name           = "gateway-changes"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = <<-EOT
    { ($.eventName = "CreateCustomerGateway")
    || ($.eventName = "DeleteCustomerGateway")
    || ($.eventName = "AttachInternetGateway")
    || ($.eventName = "CreateInternetGateway")
    || ($.eventName = "DeleteInternetGateway")
    || ($.eventName = "DetachInternetGateway") }
  EOT

  metric_transformation {
    name      = "gateway-changes"
    namespace = "Audit"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "gateway_changes" {
  alarm_name          = "gateway-changes"
  namespace           = "Audit"
  metric_name         = "gateway-changes"
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
    aliases="AVD-AWS-0158 aws-cloudwatch-require-network-gateway-changes-alarm",
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if found := gap(
        resource,
        graph,
        (
            "attachinternetgateway",
            "createinternetgateway",
        ),
    ):
        yield Fail(found.where, f"nobody is told of changes of network gateways: {found.lacks}", expected="a metric filter and an alarm")
