"""The objects of a bucket are not encrypted with KMS.

## Why it matters
With S3's own keys (AES256) whoever may read the bucket can decrypt it. With KMS a second permission, `kms:Decrypt`, stands between a
wrong bucket policy and the data, every use of the key is in CloudTrail, and disabling the key cuts off everybody at once.

## Five whys
1. Why could the leaked role read all exports? It had `s3:GetObject`, and nothing else was needed.
2. Why nothing else? S3 decrypts objects under AES256 for everybody who may read them.
3. Why AES256? It is the default, and the data was not classified when the bucket was made.

## Fix now
Set `sse_algorithm = "aws:kms"` with `bucket_key_enabled = true`, which keeps the cost of KMS requests down, and give readers
`kms:Decrypt` on the key before the change, or they get AccessDenied for new objects.

## Workaround
Ask for the key per upload: `aws s3 cp FILE s3://NAME/ --sse aws:kms --sse-kms-key-id KEY`.

## Prevent
Decide by class of data: public or rebuildable data may stay with AES256 (suppress this rule there), customer data gets a key.

## Validate
`aws s3api get-bucket-encryption --bucket NAME --query '*.Rules[0].ApplyServerSideEncryptionByDefault'` prints `aws:kms`.

## Bad
```hcl
resource "aws_s3_bucket" "exports" {
  bucket = "exports-4711"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "exports" {
  bucket = aws_s3_bucket.exports.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256" # finding
    }
  }
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
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.bucket import Bucket


@rule(target="aws_s3_bucket", severity=Severity.INFO, confidence=Confidence.FIRM, aliases="CKV_AWS_145")
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    algorithm = Bucket(resource, graph).encryption.at("sse_algorithm")
    if algorithm.missing or algorithm.text not in ("aws:kms", "aws:kms:dsse"):
        yield Fail(algorithm, "the bucket is not encrypted with KMS", expected="aws:kms")
