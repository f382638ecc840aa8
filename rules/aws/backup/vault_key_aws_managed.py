"""No customer managed key encrypts a backup vault.

## Why it matters
Recovery points under `aws/backup` cannot be copied to another account, and in an emergency nobody can stop their being restored elsewhere.

## Five whys
1. Why do copies into the backup account fail? They are under a key that it cannot use.
2. Why? The vault has AWS's key.
3. Why? `kms_key_arn` was not named, and a vault's key cannot be changed.

## Fix now
Create a vault with a key, point the plan's rules at it; old recovery points can be copied over: `aws backup start-copy-job
--destination-backup-vault-arn V2 …`.

## Workaround
Resources with backups under their own keys (EBS, RDS) can be copied already when those keys are shared.

## Prevent
The key in the module for vaults, its policy naming the backup account.

## Validate
`aws backup describe-backup-vault --backup-vault-name V --query EncryptionKeyArn`.

## Bad
```hcl
resource "aws_backup_vault" "daily" { # finding
  name = "daily"
}
```

## Good
```hcl
resource "aws_backup_vault" "daily" {
  name        = "daily"
  kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(
    target="aws_backup_vault",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_166",
)
def check(vault: Node) -> Iterator[Fail]:
    key = vault.at("kms_key_arn")
    if lacks_own_key(key):
        yield Fail(key, "no key of one's own encrypts the vault", expected="the ARN of a customer managed key")
