"""A list is set on a bucket that takes none, so the apply fails.

## Why it matters
With `BucketOwnerEnforced` S3 answers every `PutBucketAcl` with `AccessControlListNotSupported: The bucket does not allow ACLs`. The apply
stops there, and what depends on it is not made.

## Five whys
1. Why did the deployment stop at the bucket? S3 refused the access control list.
2. Why? Lists are turned off for the bucket.
3. Why is there a list then? The resource `aws_s3_bucket_acl` is left from the time before the switch.

## Fix now
Delete `aws_s3_bucket_acl` (for `private` nothing is lost); where strangers or services need access, write it into the bucket policy.

## Workaround
`terraform apply -target` for what has to go out now, without the list.

## Prevent
Modules for new buckets have no `acl` variable.

## Validate
`terraform apply` ends; `aws s3api get-bucket-acl --bucket NAME` shows the owner only.

## Bad
```hcl
resource "aws_s3_bucket" "documents" {
  bucket = "documents-4711"
}

resource "aws_s3_bucket_ownership_controls" "documents" {
  bucket = aws_s3_bucket.documents.id
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_acl" "documents" {
  bucket = aws_s3_bucket.documents.id
  acl    = "log-delivery-write" # finding
}
```

## Good
```hcl
resource "aws_s3_bucket" "documents" {
  bucket = "documents-4711"
}

resource "aws_s3_bucket_ownership_controls" "documents" {
  bucket = aws_s3_bucket.documents.id
  rule {
    object_ownership = "BucketOwnerPreferred"
  }
}

resource "aws_s3_bucket_acl" "documents" {
  bucket = aws_s3_bucket.documents.id
  acl    = "log-delivery-write"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.bucket import named_bucket


@rule(
    target="aws_s3_bucket_acl",
    severity=Severity.MEDIUM,
    symptoms=["AccessControlListNotSupported", "The bucket does not allow ACLs"],
)
def check(acl: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    bucket = named_bucket(resource, graph)
    if bucket is None:
        return
    ownership = bucket.ownership
    if ownership.present and ownership.text == "BucketOwnerEnforced":
        where = acl.at("acl") if acl.at("acl").present else acl
        yield Fail(where, "the bucket takes no access control lists", expected="no aws_s3_bucket_acl", related=(ownership,))
