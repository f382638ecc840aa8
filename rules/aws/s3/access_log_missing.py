"""Nobody records who reads and deletes the objects of a bucket.

## Why it matters
After a leak the first question is which objects were read, and by whom. CloudTrail does not record reads of objects by default; without
the server access log that question has no answer, and every object has to be counted as lost.

## Five whys
1. Why must we tell all customers? We cannot say whose file was read.
2. Why not? There is no record of requests for the objects of this bucket.
3. Why? Neither an access log nor data events were turned on.
4. Why? Both need a second bucket, and the module has none.

## Fix now
Add `aws_s3_bucket_logging` with a target bucket in the same region whose policy lets `logging.s3.amazonaws.com` write:
`aws s3api put-bucket-logging --bucket NAME --bucket-logging-status file://log.json`.

## Workaround
For an investigation that runs now: add data events for the bucket to a trail with `aws cloudtrail put-event-selectors`, which begins
to record within minutes.

## Prevent
One log bucket per region and account, made with the account, and logging in the bucket module.

## Validate
`aws s3api get-bucket-logging --bucket NAME` prints `LoggingEnabled`; the first files arrive within a few hours.

## Bad
```hcl
resource "aws_s3_bucket" "invoices" { # finding
  bucket = "invoices-4711"
}
```

## Good
```hcl
resource "aws_s3_bucket" "logs" {
  bucket = "logs-4711"
}

resource "aws_s3_bucket" "invoices" {
  bucket = "invoices-4711"
}

resource "aws_s3_bucket_logging" "invoices" {
  bucket        = aws_s3_bucket.invoices.id
  target_bucket = aws_s3_bucket.logs.id
  target_prefix = "invoices/"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.bucket import Bucket


@rule(
    target="aws_s3_bucket",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_18 AVD-AWS-0089 aws-s3-enable-bucket-logging aws-s3-enable-logging s3-bucket-logging FG_R00274",
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    bucket = Bucket(resource, graph)
    if bucket.logging.missing and not bucket.takes_logs:
        yield Fail(bucket.logging, "requests for the bucket are not logged", expected="a target bucket for the access log")
