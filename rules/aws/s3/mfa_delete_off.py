"""Old versions of a bucket can be deleted without a second factor.

## Why it matters
Versions protect from accidents, not from somebody with `s3:DeleteObjectVersion`. MFA delete asks for the root user's device before a
version is destroyed, so a stolen key alone cannot empty the bucket.

## Five whys
1. Why are the backups gone for good? Every version was deleted with a stolen key.
2. Why was the key enough? Deleting a version asked for nothing else.
3. Why? MFA delete is off, its default.

## Fix now
As root, since nobody else may: `aws s3api put-bucket-versioning --bucket NAME --versioning-configuration
Status=Enabled,MFADelete=Enabled --mfa "SERIAL CODE"`. Lifecycle rules cannot delete old versions while it is on.

## Workaround
Deny `s3:DeleteObjectVersion` to all but one role in the bucket policy, or use Object Lock, which needs no device.

## Prevent
Prefer Object Lock for backups and audit logs; use MFA delete where objects must stay deletable by hand.

## Validate
`aws s3api get-bucket-versioning --bucket NAME` prints `"MFADelete": "Enabled"`.

## Bad
```hcl
resource "aws_s3_bucket" "backups" {
  bucket = "backups-4711"
}

resource "aws_s3_bucket_versioning" "backups" {
  bucket = aws_s3_bucket.backups.id
  versioning_configuration {
    status     = "Enabled"
    mfa_delete = "Disabled" # finding
  }
}
```

## Good
```hcl
resource "aws_s3_bucket" "backups" {
  bucket = "backups-4711"
}

resource "aws_s3_bucket_versioning" "backups" {
  bucket = aws_s3_bucket.backups.id
  versioning_configuration {
    status     = "Enabled"
    mfa_delete = "Enabled"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.bucket import Bucket, is_on


@rule(
    target="aws_s3_bucket",
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="AVD-AWS-0170 aws-s3-require-mfa-delete",
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    bucket = Bucket(resource, graph)
    locked = resource.at("object_lock_enabled").present and resource.at("object_lock_enabled").flag
    if bucket.versioned and not is_on(bucket.mfa_delete) and not locked:
        yield Fail(bucket.mfa_delete, "versions can be deleted without a second factor", expected="Enabled")
