"""A bucket has no copy elsewhere.

## Why it matters
One region is one blast radius: a regional outage makes the objects unreachable for hours, and a deletion by mistake or malice takes the
only copy. A replica in another region, best in another account, survives both.

## Five whys
1. Why was the document store down for six hours? Its only bucket is in the region that failed.
2. Why only one? No replication rule copies the objects.
3. Why not? Objects are durable in S3, which was taken for available everywhere.

## Fix now
Turn versioning on for both buckets, create a role for `s3.amazonaws.com`, and add `aws_s3_bucket_replication_configuration`. Existing
objects need S3 Batch Replication once.

## Workaround
`aws s3 sync s3://NAME s3://NAME-dr --source-region A --region B` on a schedule.

## Prevent
Decide per class of data; what can be rebuilt, and logs, need no replica: suppress this rule there with the reason.

## Validate
`aws s3api get-bucket-replication --bucket NAME` prints a rule with `Status: Enabled`; a new object shows
`ReplicationStatus: COMPLETED` in `head-object`.

## Bad
```hcl
resource "aws_s3_bucket" "documents" { # finding
  bucket = "documents-4711"
}
```

## Good
```hcl
resource "aws_s3_bucket" "documents" {
  bucket = "documents-4711"
}

resource "aws_s3_bucket_replication_configuration" "documents" {
  bucket = aws_s3_bucket.documents.id
  role   = "arn:aws:iam::111122223333:role/replication"
  rule {
    status = "Enabled"
    destination {
      bucket = "arn:aws:s3:::documents-dr-4711"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.bucket import Bucket, is_on


@rule(target="aws_s3_bucket", severity=Severity.INFO, confidence=Confidence.LIKELY, aliases="CKV_AWS_144 FG_R00275")
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    table = Bucket(resource, graph).replication
    rules = [*table.each("rule"), *table.each("rules")]
    if not any(is_on(rule.at("status")) for rule in rules):
        yield Fail(body if table.missing else table, "no rule copies the bucket elsewhere", expected="an enabled replication rule")
