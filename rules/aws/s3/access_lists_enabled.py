"""Access control lists still count for a bucket.

## Why it matters
With lists on, every object may have permissions of its own, and objects that other accounts upload belong to them: the owner of the
bucket cannot read them. Since April 2023 lists are off unless the code turns them on.

## Five whys
1. Why does the report job get AccessDenied for objects in our own bucket? They belong to the account that uploaded them.
2. Why? Lists are on, and the upload did not give `bucket-owner-full-control`.
3. Why are they on? `object_ownership` is not `BucketOwnerEnforced`.

## Fix now
Move what the lists give into the bucket policy, then set `object_ownership = "BucketOwnerEnforced"`. Uploads with `--acl` other than
`bucket-owner-full-control` fail from then on with `AccessControlListNotSupported`.

## Workaround
For single objects of another account: that account runs `aws s3api put-object-acl --acl bucket-owner-full-control`.

## Prevent
Leave `aws_s3_bucket_ownership_controls` and `aws_s3_bucket_acl` away in new buckets.

## Validate
`aws s3api get-bucket-ownership-controls --bucket NAME` prints `BucketOwnerEnforced`.

## Bad
```hcl
resource "aws_s3_bucket_ownership_controls" "shared" {
  bucket = "shared-4711"
  rule {
    object_ownership = "BucketOwnerPreferred" # finding
  }
}
```

## Good
```hcl
resource "aws_s3_bucket_ownership_controls" "shared" {
  bucket = "shared-4711"
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}
```

A bucket to which services deliver their logs by a list needs lists:
```hcl
resource "aws_s3_bucket" "logs" {
  bucket = "logs-4711"
}

resource "aws_s3_bucket_ownership_controls" "logs" {
  bucket = aws_s3_bucket.logs.id
  rule {
    object_ownership = "BucketOwnerPreferred"
  }
}

resource "aws_s3_bucket_acl" "logs" {
  bucket = aws_s3_bucket.logs.id
  acl    = "log-delivery-write"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.bucket import LOG_DELIVERY, named_bucket


@rule(target="aws_s3_bucket_ownership_controls", severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV2_AWS_65")
def check(controls: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    ownership = controls.at("rule.object_ownership")
    if ownership.missing or ownership.text == "BucketOwnerEnforced":
        return
    bucket = named_bucket(resource, graph)
    if bucket is None or not any(grant.gives("WRITE", LOG_DELIVERY) for grant in bucket.grants):
        yield Fail(ownership, "access control lists count for the bucket", expected="BucketOwnerEnforced")
