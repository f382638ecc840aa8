"""No customer managed key encrypts a shared file system.

## Why it matters
Under `aws/elasticfilesystem` a backup cannot be copied into another account, and the files cannot be cut off by disabling the key.

## Five whys
1. Why can backups not go to the backup account? They are under a key that cannot be shared.
2. Why? The file system has AWS's key.
3. Why? `kms_key_id` was not named at creation, the only time it can be.

## Fix now
Create a file system with the key, copy with DataSync, mount it in place of the old one.

## Workaround
Back up by DataSync into a bucket under your key.

## Prevent
The key in the module, with `encrypted = true`.

## Validate
`aws efs describe-file-systems --query 'FileSystems[].[FileSystemId,KmsKeyId]'`.

## Bad
```hcl
resource "aws_efs_file_system" "uploads" { # finding
  creation_token = "uploads"
  encrypted      = true
}
```

## Good
```hcl
resource "aws_efs_file_system" "uploads" {
  creation_token = "uploads"
  encrypted      = true
  kms_key_id     = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(
    target="aws_efs_file_system",
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_184",
)
def check(body: Node) -> Iterator[Fail]:
    key = body.at("kms_key_id")
    if lacks_own_key(key):
        yield Fail(key, "no key of one's own encrypts the files", expected="the ARN of a customer managed key")
