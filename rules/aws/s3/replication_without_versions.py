"""A bucket is replicated, but keeps no versions, so nothing is copied.

## Why it matters
Replication needs versioning on the source and on the target. Without it S3 refuses the configuration
(`InvalidRequest: Versioning must be 'Enabled'`); when versions are suspended later, copying stops without a message, and the replica
falls behind until the day it is needed.

## Five whys
1. Why is the replica months old? S3 stopped to copy.
2. Why did it stop? Versioning of one of the two buckets was suspended.
3. Why does that matter? Replication works on versions.
4. Why did nobody see it? The rule still says Enabled, and no alarm watches `OperationsFailedReplication`.

## Fix now
Enable versions on both buckets, then copy what was missed: `aws s3control create-job` with S3 Batch Replication.

## Workaround
`aws s3 sync s3://SOURCE s3://TARGET` brings the replica up to date today.

## Prevent
`depends_on = [aws_s3_bucket_versioning.source]` in the replication, and an alarm on `OperationsPendingReplication`.

## Validate
`aws s3api get-bucket-versioning` prints Enabled for both; `head-object` of a new object shows `ReplicationStatus`.

## Bad
```hcl
resource "aws_s3_bucket" "source" {
  bucket = "documents-4711"
}

resource "aws_s3_bucket_versioning" "source" {
  bucket = aws_s3_bucket.source.id
  versioning_configuration {
    status = "Suspended" # finding
  }
}

resource "aws_s3_bucket_replication_configuration" "source" {
  bucket = aws_s3_bucket.source.id
  role   = "arn:aws:iam::111122223333:role/replication"
  rule {
    status = "Enabled"
    destination {
      bucket = "arn:aws:s3:::documents-dr-4711"
    }
  }
}
```

## Good
```hcl
resource "aws_s3_bucket" "source" {
  bucket = "documents-4711"
}

resource "aws_s3_bucket_versioning" "source" {
  bucket = aws_s3_bucket.source.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_replication_configuration" "source" {
  bucket = aws_s3_bucket.source.id
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

from auditor.sdk import Fail, Graph, Node, Profile, Resource, Severity, rule
from auditor.views.bucket import Bucket, named_bucket


@rule(target="aws_s3_bucket_replication_configuration", severity=Severity.HIGH, profile=Profile.GATE)
def check(replication: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    ends = [named_bucket(resource, graph)]
    for node in replication.each("rule.destination.bucket"):
        ends += [Bucket(bucket, graph) for bucket in graph.targets(node, "aws_s3_bucket")]
    for bucket in ends:
        if bucket is not None and not bucket.versioned:
            message = f"{bucket.resource.address.text} takes part in a replication, and keeps no versions"
            yield Fail(bucket.versioning, message, expected="Enabled")
