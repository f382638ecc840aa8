"""A delivery stream is encrypted with a key that AWS owns.

## Why it matters
Use of that key is in no log of yours, nobody can be kept from it, and it cannot be disabled when records must not be read any more.

## Five whys
1. Why can the auditor not see who decrypts? The key is AWS's own.
2. Why? `key_type` is left at `AWS_OWNED_CMK`.

## Fix now
`aws firehose start-delivery-stream-encryption --delivery-stream-name D --delivery-stream-encryption-configuration-input
KeyType=CUSTOMER_MANAGED_CMK,KeyARN=ARN`; keep the key as long as records may be buffered.

## Workaround
Encrypt in the producer.

## Prevent
The key as an argument of the module.

## Validate
`aws firehose describe-delivery-stream --delivery-stream-name D --query
DeliveryStreamDescription.DeliveryStreamEncryptionConfiguration`.

## Bad
```hcl
resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  name        = "clicks"
  destination = "extended_s3"

  server_side_encryption { # finding
    enabled = true
  }
}
```

## Good
```hcl
resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  name        = "clicks"
  destination = "extended_s3"

  server_side_encryption {
    enabled  = true
    key_type = "CUSTOMER_MANAGED_CMK"
    key_arn  = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(
    target="aws_kinesis_firehose_delivery_stream",
    each="server_side_encryption",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_241",
)
def check(encryption: Node) -> Iterator[Fail]:
    if encryption.at("enabled").flag is not True:
        return
    kind, key = encryption.at("key_type"), encryption.at("key_arn")
    if kind.missing or kind.text != "CUSTOMER_MANAGED_CMK":
        yield Fail(kind, "records are encrypted with a key that AWS owns", expected="CUSTOMER_MANAGED_CMK with key_arn")
    elif lacks_own_key(key):
        yield Fail(key, "no key is named for the encryption", expected="key_arn")
