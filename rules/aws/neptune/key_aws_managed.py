"""No customer managed key encrypts a Neptune cluster or its snapshot.

## Why it matters
Under AWS's key a snapshot cannot be restored by another account, and nobody can take the key away when the account is compromised.

## Five whys
1. Why can the snapshot not be moved to the backup account? That account may not use the key.
2. Why not? It is the key that AWS keeps for RDS and Neptune.
3. Why that one? The code names no `kms_key_arn`.

## Fix now
Copy a snapshot with the key (`aws neptune copy-db-cluster-snapshot --kms-key-id KEY …`), restore from it, switch the endpoint; in code
alone the change replaces the cluster.

## Workaround
Export the graph with `neptune-export` into a bucket under your key.

## Prevent
One key for graph data, named in the module beside `storage_encrypted`.

## Validate
`aws neptune describe-db-clusters --query 'DBClusters[].[DBClusterIdentifier,KmsKeyId]'`.

## Bad
```hcl
resource "aws_neptune_cluster" "social" { # finding
  cluster_identifier = "social"
  storage_encrypted  = true
}
```

## Good
```hcl
resource "aws_neptune_cluster" "social" {
  cluster_identifier = "social"
  storage_encrypted  = true
  kms_key_arn        = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(
    target="aws_neptune_cluster",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_347 AVD-AWS-0128 aws-neptune-encryption-customer-key",
)
def check(cluster: Node) -> Iterator[Fail]:
    key = cluster.at("kms_key_arn")
    if lacks_own_key(key):
        yield Fail(key, "no key of one's own encrypts the cluster", expected="the ARN of a customer managed key")
