"""Writes and deletes of objects in a bucket leave no event in CloudTrail.

## Why it matters
`PutObject` and `DeleteObject` are data events: without a selector nobody can say which principal deleted the files, and no alarm can be
set on it.

## Five whys
1. Why does nobody know who deleted the exports? CloudTrail has no event of it.
2. Why not? Deleting an object is a data event, and no trail records those of this bucket.
3. Why? The trail was made with its defaults, which hold management events only.

## Fix now
Add an `event_selector` with `read_write_type = "WriteOnly"` or `"All"` and a `data_resource` with `BUCKET_ARN/` to a trail.

## Workaround
Turn versioning on today: the delete markers at least show when, and keep what was deleted.

## Prevent
A selector for all buckets that hold what cannot be rebuilt; write events are few and cheap.

## Validate
`aws cloudtrail lookup-events` does not show data events: look in the trail's bucket or with `aws cloudtrail-data`, for `DeleteObject`.

## Bad
```hcl
resource "aws_s3_bucket" "customers" { # finding
  bucket = "customers-4711"
}
```

## Good
```hcl
resource "aws_s3_bucket" "customers" {
  bucket = "customers-4711"
}

resource "aws_cloudtrail" "audit" {
  name           = "audit"
  s3_bucket_name = "trail-4711"
  event_selector {
    read_write_type = "WriteOnly"
    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3"]
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.data_events import recorded


@rule(
    target="aws_s3_bucket",
    severity=Severity.INFO,
    facets=(Facet.WRITTEN, Facet.PLANNED, Facet.RECORDED),
    confidence=Confidence.LIKELY,
    aliases="AVD-AWS-0171 aws-s3-enable-object-write-logging FG_R00354",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not recorded(resource, graph, "WriteOnly"):
        yield Fail(body, "no trail records who writes and deletes the objects", expected="a trail with data events for the bucket")
