"""No customer managed key encrypts a Timestream database.

## Why it matters
Timestream uses `alias/aws/timestream` unless a key is named: its policy cannot be narrowed, and nobody can cut the data off.

## Five whys
1. Why can every role with `timestream:Select` read the measurements? No key stands in between.
2. Why not? The database is under AWS's key.
3. Why? `kms_key_id` was not written.

## Fix now
`aws timestream-write update-database --database-name D --kms-key-id KEY`: online; data that is written from now on is under it.

## Workaround
Narrow `timestream:Select` to tables.

## Prevent
The key in the module.

## Validate
`aws timestream-write describe-database --database-name D --query Database.KmsKeyId`.

## Bad
```hcl
resource "aws_timestreamwrite_database" "metrics" { # finding
  database_name = "metrics"
}
```

## Good
```hcl
resource "aws_timestreamwrite_database" "metrics" {
  database_name = "metrics"
  kms_key_id    = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(
    target="aws_timestreamwrite_database",
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_160",
)
def check(database: Node) -> Iterator[Fail]:
    key = database.at("kms_key_id")
    if lacks_own_key(key):
        yield Fail(key, "no key of one's own encrypts the database", expected="the ARN of a customer managed key")
