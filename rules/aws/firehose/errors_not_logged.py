"""Failed deliveries of a delivery stream are logged nowhere.

## Why it matters
When the destination refuses records (a missing permission, a changed column, a full index), Firehose retries and then puts them into
the error prefix or drops them. Why it failed stands in the error log only.

## Five whys
1. Why did nobody know that the index refused the records? Firehose logs no errors.
2. Why? `cloudwatch_logging_options` is off, the default of the API.

## Fix now
Create a log group and stream, give the role `logs:PutLogEvents`, and add the block with `enabled = true`. The reason of the next
failure is there within minutes.

## Workaround
Look at the error prefix of the backup bucket, and at `DeliveryToS3.Success` and its relatives.

## Prevent
Group, stream and block in the module, with an alarm on `DeliveryTo….DataFreshness`.

## Validate
`aws logs tail GROUP --since 1h` shows entries after a test with a refused record.

## Bad
```hcl
resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  name        = "clicks"
  destination = "extended_s3"

  extended_s3_configuration { # finding
    role_arn   = "arn:aws:iam::111122223333:role/firehose"
    bucket_arn = "arn:aws:s3:::clicks-4711"
  }
}
```

## Good
```hcl
resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  name        = "clicks"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = "arn:aws:iam::111122223333:role/firehose"
    bucket_arn = "arn:aws:s3:::clicks-4711"

    cloudwatch_logging_options {
      enabled         = true
      log_group_name  = "/firehose/clicks"
      log_stream_name = "delivery"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule

_DESTINATIONS = (
    "extended_s3_configuration",
    "redshift_configuration",
    "elasticsearch_configuration",
    "opensearch_configuration",
    "opensearchserverless_configuration",
    "splunk_configuration",
    "http_endpoint_configuration",
    "snowflake_configuration",
    "iceberg_configuration",
)


def destinations(resource: Resource, _graph: Graph) -> Iterator[Node]:
    for name in _DESTINATIONS:
        yield from resource.each(name)


@rule(
    target="aws_kinesis_firehose_delivery_stream",
    each=destinations,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
)
def check(destination: Node) -> Iterator[Fail]:
    enabled = destination.at("cloudwatch_logging_options.enabled")
    if enabled.missing or enabled.flag is not True:
        yield Fail(enabled, "failed deliveries are logged nowhere", expected="cloudwatch_logging_options with a group")
