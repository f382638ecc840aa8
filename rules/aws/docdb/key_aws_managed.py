"""No customer managed key encrypts a DocumentDB cluster.

## Why it matters
Snapshots under AWS's key stay in the account: no backup account can take them, and no policy of yours says who may decrypt.

## Five whys
1. Why is there no copy outside the account? Snapshots cannot be shared.
2. Why not? They are under `aws/rds`.
3. Why? The cluster names no `kms_key_id`.

## Fix now
`aws docdb copy-db-cluster-snapshot --kms-key-id KEY …`, restore from the copy, switch over; the argument replaces the cluster.

## Workaround
`mongodump` into a bucket under your key.

## Prevent
The key in the module beside `storage_encrypted`.

## Validate
`aws docdb describe-db-clusters --query 'DBClusters[].[DBClusterIdentifier,KmsKeyId]'`.

## Bad
```hcl
resource "aws_docdb_cluster" "catalogue" { # finding
  cluster_identifier = "catalogue"
  storage_encrypted  = true
}
```

## Good
```hcl
resource "aws_docdb_cluster" "catalogue" {
  cluster_identifier = "catalogue"
  storage_encrypted  = true
  kms_key_id         = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(
    target="aws_docdb_cluster",
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_182 AVD-AWS-0022 aws-documentdb-encryption-customer-key",
)
def check(cluster: Node) -> Iterator[Fail]:
    key = cluster.at("kms_key_id")
    if lacks_own_key(key):
        yield Fail(key, "no key of one's own encrypts the cluster", expected="the ARN of a customer managed key")
