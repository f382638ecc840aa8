"""No alarm rings when the policy or ACL of a bucket changes.

## Why it matters
Most leaks from S3 begin with one changed policy or ACL. Between the change and the first stranger are hours.

## Five whys
1. Why was the bucket open for three weeks? Nobody noticed the change.
2. Why? Changes of bucket policies alarm nobody.

## Fix now
A metric filter on the trail's log group with the pattern of the good example below, and an alarm on its metric that publishes to the
on-call topic: `aws logs put-metric-filter --log-group-name trail --filter-name bucket-policy-changes --filter-pattern file://pattern
--metric-transformations metricName=bucket-policy-changes,metricNamespace=Audit,metricValue=1`. Leave the role of your pipeline out of
the pattern.

## Workaround
IAM Access Analyzer reports buckets that became public or shared.

## Prevent
Block public access for the whole account.

## Validate
Change the policy of a test bucket by hand; the alarm rings.

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

resource "aws_cloudwatch_log_metric_filter" "bucket_policy_changes" {
  name           = "bucket-policy-changes"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = <<-EOT
    { ($.eventSource = "s3.amazonaws.com")
    && (($.eventName = "PutBucketAcl")
    || ($.eventName = "PutBucketPolicy")
    || ($.eventName = "PutBucketCors")
    || ($.eventName = "PutBucketLifecycle")
    || ($.eventName = "PutBucketReplication")
    || ($.eventName = "DeleteBucketPolicy")
    || ($.eventName = "DeleteBucketCors")
    || ($.eventName = "DeleteBucketLifecycle")
    || ($.eventName = "DeleteBucketReplication")) }
  EOT

  metric_transformation {
    name      = "bucket-policy-changes"
    namespace = "Audit"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "bucket_policy_changes" {
  alarm_name          = "bucket-policy-changes"
  namespace           = "Audit"
  metric_name         = "bucket-policy-changes"
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
    aliases="AVD-AWS-0154 aws-cloudwatch-require-s3-bucket-policy-change-alarm",
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if found := gap(
        resource,
        graph,
        (
            "putbucketpolicy",
            "putbucketacl",
        ),
    ):
        yield Fail(found.where, f"nobody is told of changes of bucket policies: {found.lacks}", expected="a metric filter and an alarm")
