"""No customer managed key encrypts a database cluster.

## Why it matters
A snapshot under `aws/rds` cannot be shared with or copied by another account, so neither a backup account nor a partner can take it, and
the key cannot be disabled when the account is compromised. The key of a cluster cannot be changed later.

## Five whys
1. Why can the backup account not copy the snapshot? It may not use the key.
2. Why not? The snapshot is under `aws/rds`, whose policy nobody can change.
3. Why that key? The cluster was made without `kms_key_id`.

## Fix now
Copy a snapshot under the new key (`aws rds copy-db-cluster-snapshot … --kms-key-id KEY`), restore the cluster from it and switch over;
`kms_key_id` in the code alone replaces the cluster.

## Workaround
For one backup outside the account: export the snapshot to S3 (`aws rds start-export-task --kms-key-id KEY`).

## Prevent
A key per class of data, and a required variable for it in the module.

## Validate
`aws rds describe-db-clusters --query 'DBClusters[].[DBClusterIdentifier,KmsKeyId]'`, then `aws kms describe-key --key-id …` prints
`"KeyManager": "CUSTOMER"`.

## Bad
```hcl
resource "aws_rds_cluster" "shop" { # finding
  engine            = "aurora-postgresql"
  storage_encrypted = true
}
```

## Good
```hcl
resource "aws_rds_cluster" "shop" {
  engine            = "aurora-postgresql"
  storage_encrypted = true
  kms_key_id        = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(
    target="aws_rds_cluster",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_327 AVD-AWS-0079 aws-rds-encrypt-cluster-storage-data",
)
def check(body: Node) -> Iterator[Fail]:
    key = body.at("kms_key_id")
    if body.at("replication_source_identifier").missing and lacks_own_key(key):
        yield Fail(key, "no key of one's own encrypts the cluster", expected="the ARN of a customer managed key")
