"""An object is written without naming a customer managed key.

## Why it matters
The object takes whatever its bucket does by default, S3's own key where nothing is said. Then `s3:GetObject` alone decrypts it, and no key
policy limits who can.

## Five whys
1. Why could the role read the secret file? It may read the bucket, and that was enough.
2. Why did KMS not stop it? The object is under S3's own key.
3. Why? Neither the object nor its bucket names another one.

## Fix now
Set `kms_key_id` on the object, or the default encryption of the bucket, and let this rule rest where the bucket decides.

## Workaround
`aws s3 cp s3://NAME/K s3://NAME/K --sse aws:kms --sse-kms-key-id KEY` writes it again under the key.

## Prevent
A default key on every bucket that holds more than public files; secrets belong into Secrets Manager, not into objects.

## Validate
`aws s3api head-object --bucket NAME --key K --query SSEKMSKeyId` prints the key.

## Bad
```hcl
resource "aws_s3_object" "config" { # finding
  bucket = "config-4711"
  key    = "service.json"
  source = "service.json"
}
```

## Good
```hcl
resource "aws_s3_object" "config" {
  bucket     = "config-4711"
  key        = "service.json"
  source     = "service.json"
  kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(
    target="aws_s3_object aws_s3_bucket_object aws_s3_object_copy",
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_181 CKV_AWS_186",
)
def check(body: Node) -> Iterator[Fail]:
    key = body.at("kms_key_id")
    if lacks_own_key(key):
        yield Fail(key, "the object names no KMS key of its own", expected="the ARN of a customer managed key")
