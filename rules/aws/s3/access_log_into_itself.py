"""A bucket writes its access log into itself.

## Why it matters
Every log file that S3 delivers is itself a request to the bucket, which makes another log line, which makes another file. The bucket
grows by itself without end, and the listing of the real objects drowns in log files.

## Five whys
1. Why has the bill for this bucket tripled in a month? It holds millions of small log files.
2. Why so many? Each delivery of a log is logged again.
3. Why? The target of the access log is the bucket itself.
4. Why? There was no other bucket at hand when logging was asked for.

## Fix now
Point `target_bucket` at another bucket of the same region, apply, then delete the prefix of the logs:
`aws s3 rm s3://NAME/logs/ --recursive`.

## Workaround
Turn the log off until there is a second bucket: `aws s3api put-bucket-logging --bucket NAME --bucket-logging-status {}`.

## Prevent
Create one log bucket for the account, and pass its name to the module as a variable that has no default.

## Validate
`aws s3api get-bucket-logging --bucket NAME --query LoggingEnabled.TargetBucket` prints another name.

## Bad
```hcl
resource "aws_s3_bucket" "invoices" {
  bucket = "invoices-4711"
}

resource "aws_s3_bucket_logging" "invoices" {
  bucket        = aws_s3_bucket.invoices.id
  target_bucket = aws_s3_bucket.invoices.id # finding
  target_prefix = "log/"
}
```

## Good
```hcl
resource "aws_s3_bucket" "invoices" {
  bucket = "invoices-4711"
}

resource "aws_s3_bucket_logging" "invoices" {
  bucket        = aws_s3_bucket.invoices.id
  target_bucket = "central-logs-4711"
  target_prefix = "invoices/"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.bucket import Bucket


@rule(target="aws_s3_bucket", severity=Severity.MEDIUM)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    target = Bucket(resource, graph).logging
    itself = resource in graph.targets(target, "aws_s3_bucket")
    if itself or (not target.unknown and target.present and target.text in graph.names(resource)):
        yield Fail(target, "the access log of the bucket goes into the bucket itself", expected="another bucket")
