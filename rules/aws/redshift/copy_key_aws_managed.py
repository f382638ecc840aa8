"""Snapshots of a warehouse are copied without a customer managed key.

## Why it matters
The grant lets Redshift encrypt copies in another region. Without a key in it the copies there are under `aws/redshift`: no other account
can restore them, which is what a copy for disasters is for.

## Five whys
1. Why can the recovery account not use the copied snapshots? Their key is not shared with it.
2. Why? They are under AWS's key of that region.
3. Why? The copy grant names no `kms_key_id`.

## Fix now
Make a new grant with a key of the target region: `aws redshift create-snapshot-copy-grant --snapshot-copy-grant-name G2 --kms-key-id KEY
--region TARGET`, then `disable-snapshot-copy` and `enable-snapshot-copy --snapshot-copy-grant-name G2`.

## Workaround
Copy one snapshot by hand within the region where the key is yours.

## Prevent
A multi-region key, and its replica's ARN in the module.

## Validate
`aws redshift describe-snapshot-copy-grants --region TARGET --query 'SnapshotCopyGrants[].KmsKeyId'`.

## Bad
```hcl
resource "aws_redshift_snapshot_copy_grant" "dr" { # finding
  snapshot_copy_grant_name = "dr"
}
```

## Good
```hcl
resource "aws_redshift_snapshot_copy_grant" "dr" {
  snapshot_copy_grant_name = "dr"
  kms_key_id               = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(
    target="aws_redshift_snapshot_copy_grant",
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_281",
)
def check(grant: Node) -> Iterator[Fail]:
    key = grant.at("kms_key_id")
    if lacks_own_key(key):
        yield Fail(key, "no key of one's own encrypts the copied snapshots", expected="the ARN of a customer managed key")
