"""No customer managed key encrypts a cache.

## Why it matters
With AWS's key nobody can cut the cache and its snapshots off in an emergency, and snapshots cannot be used by another account.

## Five whys
1. Why can the snapshot not be restored in the test account? Its key is not shared.
2. Why? It is under a key that AWS owns.
3. Why? `kms_key_id` was not named at creation, and cannot be changed later.

## Fix now
Restore a snapshot into a new group with `kms_key_id`, and switch the endpoint; the argument replaces the group.

## Workaround
Export the snapshot to S3 (`aws elasticache copy-snapshot --target-bucket B`), where a key of yours can encrypt it.

## Prevent
The key in the module beside `at_rest_encryption_enabled`.

## Validate
`aws elasticache describe-replication-groups --query 'ReplicationGroups[].[ReplicationGroupId,KmsKeyId]'`.

## Bad
```hcl
resource "aws_elasticache_replication_group" "sessions" { # finding
  replication_group_id       = "sessions"
  description                = "Sessions of the shop"
  at_rest_encryption_enabled = true
}
```

## Good
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions of the shop"
  at_rest_encryption_enabled = true
  kms_key_id                 = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(
    target="aws_elasticache_replication_group",
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_191",
)
def check(group: Node) -> Iterator[Fail]:
    key = group.at("kms_key_id")
    if group.at("global_replication_group_id").missing and lacks_own_key(key):
        yield Fail(key, "no key of one's own encrypts the cache", expected="the ARN of a customer managed key")
