"""Nobody records who reads and deletes the audit log.

## Why it matters
When log files are missing, the next question is who removed them. The trail does not record access to objects by default, and the
bucket keeps no access log.

## Five whys
1. Why can nobody say who deleted the log of that night? Requests for the bucket are not recorded.
2. Why not? It has no access log.
3. Why? CloudTrail's own bucket was taken for safe.

## Fix now
Add `aws_s3_bucket_logging` for the bucket with a target bucket of its own: `aws s3api put-bucket-logging --bucket NAME
--bucket-logging-status file://log.json`.

## Workaround
Data events for that bucket in a second trail.

## Prevent
Versioning and Object Lock on the bucket make deletion harmless; logging shows the attempt.

## Validate
`aws s3api get-bucket-logging --bucket NAME` prints `LoggingEnabled`.

## Bad
```hcl
resource "aws_s3_bucket" "trail" { # finding
  bucket = "trail-4711"
}

resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = aws_s3_bucket.trail.id
}
```

## Good
```hcl
resource "aws_s3_bucket" "trail" {
  bucket = "trail-4711"
}

resource "aws_s3_bucket_logging" "trail" {
  bucket        = aws_s3_bucket.trail.id
  target_bucket = "access-logs-4711"
  target_prefix = "trail/"
}

resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = aws_s3_bucket.trail.id
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.bucket import named_bucket


@rule(target="aws_cloudtrail", severity=Severity.LOW, aliases="AVD-AWS-0163 aws-cloudtrail-require-bucket-access-logging FG_R00031")
def check(trail: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    bucket = named_bucket(resource, graph, "s3_bucket_name")
    if bucket is not None and bucket.logging.missing:
        where = trail.at("s3_bucket_name")
        yield Fail(
            bucket.logging, "nobody records who reads and deletes the audit log", expected="an access log of the bucket", related=(where,)
        )
