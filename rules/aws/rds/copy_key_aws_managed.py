"""A copy of a database's data is written without a customer managed key.

## Why it matters
Copied snapshots, backups in another region and streams of activity hold the same rows as the database. Without a key named for them they
fall to a key of AWS in the target region, which no policy of yours limits and no other account can use.

## Five whys
1. Why can the recovery account not restore the copied snapshot? It may not use its key.
2. Why not? The copy is under `aws/rds` of this account.
3. Why? The copy was made without `kms_key_id`.

## Fix now
Name a key of the target region; for backups: `aws rds start-db-instance-automated-backups-replication --source-db-instance-arn A
--kms-key-id KEY` after `stop-…`. Snapshot copies have to be made again.

## Workaround
Copy once more with the key: `aws rds copy-db-snapshot --kms-key-id KEY --source-db-snapshot-identifier S --target-db-snapshot-identifier
S2`.

## Prevent
A multi-region key (`aws_kms_replica_key`) for data that is copied between regions.

## Validate
`aws rds describe-db-instance-automated-backups --query 'DBInstanceAutomatedBackups[].KmsKeyId'` in the target region prints your key.

## Bad
```hcl
resource "aws_db_instance_automated_backups_replication" "orders" { # finding
  source_db_instance_arn = "arn:aws:rds:eu-west-1:111122223333:db:orders"
  retention_period       = 14
}
```

## Good
```hcl
resource "aws_db_instance_automated_backups_replication" "orders" {
  source_db_instance_arn = "arn:aws:rds:eu-west-1:111122223333:db:orders"
  retention_period       = 14
  kms_key_id             = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(
    target="aws_db_snapshot_copy aws_db_instance_automated_backups_replication aws_rds_cluster_activity_stream",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_245 CKV_AWS_246 CKV_AWS_266",
)
def check(body: Node) -> Iterator[Fail]:
    key = body.at("kms_key_id")
    if lacks_own_key(key):
        yield Fail(key, "no key of one's own encrypts the copy", expected="the ARN of a customer managed key")
