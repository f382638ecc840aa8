"""No customer managed key encrypts a table.

## Why it matters
Under AWS's own key whoever may read the table may decrypt it, the use of the key is in no log, and the key cannot be disabled. With a key
of your own, `kms:Decrypt` is a second door.

## Five whys
1. Why could the analytics role read personal data? It has `dynamodb:Scan`, and that was enough.
2. Why was no key in the way? The table is under the key that DynamoDB owns.
3. Why? `server_side_encryption` with a `kms_key_arn` was not written.

## Fix now
`aws dynamodb update-table --table-name T --sse-specification Enabled=true,SSEType=KMS,KMSMasterKeyId=KEY`: in place, in the background.
Give all readers `kms:Decrypt` first, or they fail with AccessDenied.

## Workaround
Narrow `dynamodb:Scan` and `Query` by `dynamodb:Attributes` and `LeadingKeys` conditions.

## Prevent
A key per class of data; mind that a disabled key makes the table inaccessible (`INACCESSIBLE_ENCRYPTION_CREDENTIALS`).

## Validate
`aws dynamodb describe-table --table-name T --query Table.SSEDescription` shows your key.

## Bad
```hcl
resource "aws_dynamodb_table" "customers" { # finding
  name         = "customers"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
}
```

## Good
```hcl
resource "aws_dynamodb_table" "customers" {
  name         = "customers"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  server_side_encryption {
    enabled     = true
    kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(
    target="aws_dynamodb_table",
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_119 AVD-AWS-0025 aws-dynamodb-table-customer-key",
)
def check(table: Node) -> Iterator[Fail]:
    encryption = table.at("server_side_encryption")
    enabled, key = encryption.at("enabled"), encryption.at("kms_key_arn")
    if encryption.missing or enabled.missing or not enabled.flag:
        yield Fail(enabled, "no key of one's own encrypts the table", expected="true, with kms_key_arn")
    elif lacks_own_key(key):
        yield Fail(key, "no key of one's own encrypts the table", expected="the ARN of a customer managed key")
