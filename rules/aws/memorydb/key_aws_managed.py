"""No customer managed key encrypts a MemoryDB cluster or its snapshot.

## Why it matters
The data on disk and in snapshots is under a key of AWS: its use is not logged, it cannot be disabled, and a snapshot cannot be restored by
another account.

## Five whys
1. Why can the recovery account not restore the snapshot? It may not use the key.
2. Why not? AWS owns it.
3. Why was no other named? `kms_key_arn` is optional and cannot be changed later.

## Fix now
Snapshot, copy it with a key (`aws memorydb copy-snapshot --kms-key-id KEY …`), restore into a new cluster with `kms_key_arn`, and switch
the clients.

## Workaround
Export the snapshot to a bucket that your key encrypts: `copy-snapshot --target-bucket B`.

## Prevent
A key per class of data in the module.

## Validate
`aws memorydb describe-clusters --query 'Clusters[].[Name,KmsKeyId]'` prints your key.

## Bad
```hcl
resource "aws_memorydb_cluster" "orders" { # finding
  acl_name  = "orders"
  name      = "orders"
  node_type = "db.r6g.large"
}
```

## Good
```hcl
resource "aws_memorydb_cluster" "orders" {
  acl_name    = "orders"
  name        = "orders"
  node_type   = "db.r6g.large"
  kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(
    target="aws_memorydb_cluster aws_memorydb_snapshot",
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_201 CKV_AWS_278",
)
def check(body: Node) -> Iterator[Fail]:
    key = body.at("kms_key_arn")
    if lacks_own_key(key):
        yield Fail(key, "no key of one's own encrypts the data", expected="the ARN of a customer managed key")
