"""No customer managed key encrypts a file system of FSx.

## Why it matters
FSx always encrypts, under `aws/fsx` unless a key is named. Backups under that key cannot be shared with or copied to another account, and
its policy is not yours.

## Five whys
1. Why can the backup not be copied to the recovery account? Its key cannot be used there.
2. Why not? It is the key that AWS keeps for FSx.
3. Why? `kms_key_id` can be named at creation only, and was not.

## Fix now
Restore a backup into a new file system with the key (`aws fsx create-file-system-from-backup --kms-key-id KEY …`), switch the clients'
mounts.

## Workaround
Copy the files with DataSync to where your key is used.

## Prevent
The key in the module.

## Validate
`aws fsx describe-file-systems --query 'FileSystems[].[FileSystemId,KmsKeyId]'`, and `aws kms describe-key` says `CUSTOMER`.

## Bad
```hcl
resource "aws_fsx_windows_file_system" "shares" { # finding
  subnet_ids          = ["subnet-0a1b2c3d"]
  throughput_capacity = 64
}
```

## Good
```hcl
resource "aws_fsx_windows_file_system" "shares" {
  subnet_ids          = ["subnet-0a1b2c3d"]
  throughput_capacity = 64
  kms_key_id          = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(
    target="aws_fsx_windows_file_system aws_fsx_ontap_file_system aws_fsx_lustre_file_system aws_fsx_openzfs_file_system",
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_178 CKV_AWS_179 CKV_AWS_190 CKV_AWS_203",
)
def check(body: Node) -> Iterator[Fail]:
    key = body.at("kms_key_id")
    if lacks_own_key(key):
        yield Fail(key, "no key of one's own encrypts the file system", expected="the ARN of a customer managed key")
