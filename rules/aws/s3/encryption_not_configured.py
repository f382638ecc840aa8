"""A bucket does not say how its objects are encrypted.

## Why it matters
S3 encrypts new objects with its own keys since January 2023, so nothing lies in the clear; but the code does not show it, objects from
before are as they were, and no review can tell whether the data was meant to have a key of its own.

## Five whys
1. Why does the auditor ask for the encryption of this bucket? The code says nothing of it.
2. Why not? The bucket works without the block, and S3 fills in AES256.
3. Why is that not enough? Objects written before the default are still unencrypted, and a later change to a key starts from nothing.

## Fix now
Add `aws_s3_bucket_server_side_encryption_configuration` with `sse_algorithm = "aws:kms"` and a key, or with `AES256` where S3's own
key is enough.

## Workaround
Encrypt one prefix now: `aws s3 cp s3://NAME/p/ s3://NAME/p/ --recursive --sse aws:kms --sse-kms-key-id KEY` writes the objects again.

## Prevent
Let the module for buckets take the key as a required variable.

## Validate
`aws s3api get-bucket-encryption --bucket NAME` prints the rule; `aws s3api head-object --bucket NAME --key K` shows
`ServerSideEncryption` for an old object.

## Bad
```hcl
resource "aws_s3_bucket" "exports" { # finding
  bucket = "exports-4711"
}
```

## Good
```hcl
resource "aws_s3_bucket" "exports" {
  bucket = "exports-4711"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "exports" {
  bucket = aws_s3_bucket.exports.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.bucket import Bucket


@rule(
    target="aws_s3_bucket",
    severity=Severity.LOW,
    aliases="CKV_AWS_19 AVD-AWS-0088 aws-s3-enable-bucket-encryption FG_R00099",
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    encryption = Bucket(resource, graph).encryption
    if encryption.at("sse_algorithm").missing:
        yield Fail(encryption, "the encryption of the bucket is left to S3's default", expected="a rule with sse_algorithm")
