"""No key of one's own encrypts a bucket.

## Why it matters
The key `aws/s3` belongs to AWS: its policy cannot be changed, other accounts cannot use it, and it cannot be disabled in an emergency.
Cross-account readers get AccessDenied that no bucket policy can repair.

## Five whys
1. Why can the partner account not read the objects, though the bucket policy allows it? KMS refuses to decrypt.
2. Why? The objects are under `aws/s3`, whose policy names only this account.
3. Why that key? The rule names no `kms_master_key_id`.

## Fix now
Create an `aws_kms_key` with a policy for the readers, set `kms_master_key_id` to its ARN, and copy old objects onto themselves so that
they get the new key.

## Workaround
For one reader: `aws s3 cp s3://NAME/K s3://NAME/K --sse aws:kms --sse-kms-key-id KEY` for the objects that are needed now.

## Prevent
One key for each class of data, made with the account, and a variable without a default for its ARN in the bucket module.

## Validate
`aws s3api get-bucket-encryption --bucket NAME` shows `KMSMasterKeyID` with your key.

## Bad
```hcl
resource "aws_s3_bucket" "exports" {
  bucket = "exports-4711"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "exports" {
  bucket = aws_s3_bucket.exports.id
  rule {
    apply_server_side_encryption_by_default { # finding
      sse_algorithm = "aws:kms"
    }
  }
}
```

## Good
```hcl
resource "aws_kms_key" "exports" {
  enable_key_rotation = true
}

resource "aws_s3_bucket" "exports" {
  bucket = "exports-4711"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "exports" {
  bucket = aws_s3_bucket.exports.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.exports.arn
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.bucket import Bucket
from auditor.views.own_key import lacks_own_key


@rule(
    target="aws_s3_bucket",
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="AVD-AWS-0132 aws-s3-encryption-customer-key",
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    bucket = Bucket(resource, graph)
    key = bucket.encryption.at("kms_master_key_id")
    if lacks_own_key(key) and not bucket.takes_logs:
        yield Fail(key, "no key of one's own encrypts the bucket", expected="the ARN of a customer managed key")
