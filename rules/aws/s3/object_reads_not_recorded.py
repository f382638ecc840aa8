"""Reads of objects in a bucket leave no event in CloudTrail.

## Why it matters
A trail records calls that change settings; `GetObject` is a data event and has to be asked for. Without it the question who read the
customer file has no answer, and incident response stops there.

## Five whys
1. Why can we not tell what the stolen role read? CloudTrail has no record of it.
2. Why not? No trail records data events for the bucket.
3. Why? They cost per event, and nobody chose the buckets that need them.

## Fix now
Add an `event_selector` with `read_write_type = "All"` and a `data_resource` of type `AWS::S3::Object` whose value is `BUCKET_ARN/` (the
slash at the end counts) to a trail.

## Workaround
The server access log of the bucket tells much the same, some hours late: `aws s3api put-bucket-logging`.

## Prevent
Use advanced event selectors with a tag or prefix for the buckets that hold personal data.

## Validate
`aws cloudtrail get-event-selectors --trail-name NAME` lists the bucket with `ReadWriteType` `All` or `ReadOnly`.

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
    read_write_type = "All"
    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3:::customers-4711/"]
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
    aliases="AVD-AWS-0172 aws-s3-enable-object-read-logging FG_R00355",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not recorded(resource, graph, "ReadOnly"):
        yield Fail(body, "no trail records who reads the objects", expected="a trail with data events for the bucket")
