"""A CloudFront distribution keeps no access logs.

## Why it matters
What the edge answers from its cache never reaches the origin's logs. Without the distribution's own log nobody can say who fetched
what, where the errors come from, or who is attacking.

## Five whys
1. Why can nobody say which objects were fetched? The requests never reached the origin.
2. Why is there no other record? The distribution does not log.
3. Why not? Logging is off unless a bucket or a log delivery is configured.

## Fix now
Add `logging_config` with the domain name of a bucket whose ACLs are enabled (log delivery needs them), or standard logging v2: an
`aws_cloudwatch_log_delivery_source` with the distribution's ARN and an `aws_cloudwatch_log_delivery` to S3, Firehose or CloudWatch.
Logs come within minutes.

## Workaround
During an attack: `sampled_requests` of the web ACL (`aws wafv2 get-sampled-requests`), which needs no log.

## Prevent
Put it into the module, with a lifecycle rule on the bucket.

## Validate
`aws cloudfront get-distribution-config --id ID --query DistributionConfig.Logging` prints Enabled true (v1), or `aws logs
describe-deliveries` lists the distribution (v2).

## Bad
```hcl
resource "aws_cloudfront_distribution" "site" { # finding
  enabled = true
}
```

## Good
```hcl
resource "aws_cloudfront_distribution" "site" {
  enabled = true

  logging_config {
    bucket = "example-logs.s3.amazonaws.com"
    prefix = "site/"
  }
}

resource "aws_cloudfront_distribution" "api" {
  enabled = true
}

resource "aws_cloudwatch_log_delivery_source" "api" {
  name         = "api"
  log_type     = "ACCESS_LOGS"
  resource_arn = aws_cloudfront_distribution.api.arn
}

resource "aws_cloudwatch_log_delivery" "api" {
  delivery_source_name     = aws_cloudwatch_log_delivery_source.api.name
  delivery_destination_arn = "arn:aws:logs:us-east-1:111122223333:delivery-destination:site"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule


@rule(
    target="aws_cloudfront_distribution",
    severity=Severity.MEDIUM,
    aliases="CKV_AWS_86 AVD-AWS-0010 aws-cloudfront-enable-logging FG_R00067",
)
def check(distribution: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    logging = distribution.at("logging_config")
    if logging.present:
        return
    sources = graph.attached(resource, "resource_arn", "aws_cloudwatch_log_delivery_source")
    if not any(graph.attached(source, "delivery_source_name", "aws_cloudwatch_log_delivery") for source in sources):
        yield Fail(logging, "the distribution keeps no access logs", expected="logging_config, or a log delivery")
