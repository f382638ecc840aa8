"""Records of a stream are not encrypted with a key of your own.

## Why it matters
With the key of AWS no other account can read the stream, no reader can be locked out by the key, and its use cannot be forbidden.

## Five whys
1. Why can the partner account not read the stream? It cannot use AWS's key.
2. Why that key? None of yours is named.

## Fix now
`aws kinesis start-stream-encryption --stream-name S --encryption-type KMS --key-id KEY_ARN` after producers and consumers have
`kms:GenerateDataKey` and `kms:Decrypt` on it. It takes seconds and affects new records.

## Workaround
Copy into a stream with an own key for the partner.

## Prevent
One key per domain, passed to the module.

## Validate
`aws kinesis describe-stream-summary --stream-name S --query StreamDescriptionSummary.KeyId`.

## Bad
```hcl
resource "aws_kinesis_stream" "clicks" {
  name            = "clicks"
  shard_count     = 2
  encryption_type = "KMS"
  kms_key_id      = "alias/aws/kinesis" # finding
}
```

## Good
```hcl
resource "aws_kinesis_stream" "clicks" {
  name            = "clicks"
  shard_count     = 2
  encryption_type = "KMS"
  kms_key_id      = "alias/clicks"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(target="aws_kinesis_stream", severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV_AWS_185")
def check(stream: Node) -> Iterator[Fail]:
    key = stream.at("kms_key_id")
    if lacks_own_key(key):
        yield Fail(key, "records are not encrypted with a key of yours", expected="kms_key_id of your own key")
