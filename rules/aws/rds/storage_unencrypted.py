"""The storage of a database is not encrypted.

## Why it matters
Disks, snapshots, backups and replicas of the database lie in the clear. Encryption cannot be switched on later: it takes a copied
snapshot and a new database, so every month of waiting makes the change bigger.

## Five whys
1. Why does the audit list this database? Its storage is in the clear.
2. Why? `storage_encrypted` is not set, and RDS does not encrypt unless it is told to.
3. Why is it not repaired yet? It means a new database and a cut-over, which nobody planned.

## Fix now
Copy a snapshot with a key (`aws rds copy-db-snapshot --source-db-snapshot-identifier S --target-db-snapshot-identifier S-enc
--kms-key-id KEY`), restore from it, switch the application over, and write `storage_encrypted = true`. In code alone Terraform would
replace the database and lose its data.

## Workaround
Keep snapshots private and the account closed; encrypt the worst columns in the application.

## Prevent
`storage_encrypted = true` in the module, and a service control policy on `rds:StorageEncrypted`.

## Validate
`aws rds describe-db-instances --query 'DBInstances[?!StorageEncrypted].DBInstanceIdentifier'` is empty.

## Bad
```hcl
resource "aws_db_instance" "orders" { # finding
  engine         = "postgres"
  instance_class = "db.m6g.large"
}

resource "aws_rds_cluster" "shop" {
  engine            = "aurora-postgresql"
  storage_encrypted = false # finding
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.m6g.large"
  storage_encrypted = true
}

resource "aws_db_instance" "reader" {
  instance_class      = "db.m6g.large"
  replicate_source_db = aws_db_instance.orders.identifier
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Profile, Resource, Severity, rule
from auditor.views.database import Database
from auditor.views.decide import undecided


@rule(
    target="aws_db_instance aws_rds_cluster",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="CKV_AWS_16 CKV_AWS_96 AVD-AWS-0080 aws-rds-encrypt-instance-storage-data FG_R00093",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    encrypted = body.at("storage_encrypted")
    if encrypted.present and encrypted.flag:
        return
    database = Database(resource, graph)
    if encrypted.missing:
        if database.replica or database.member_of_cluster or _serverless(body):
            return
        snapshot = body.at("snapshot_identifier")
        if snapshot.present:
            raise undecided(snapshot, "the snapshot decides whether the storage is encrypted")
    yield Fail(encrypted, "the storage of the database is not encrypted", expected="true")


def _serverless(body: Node) -> bool:
    """Aurora Serverless v1 always encrypts."""
    mode = body.at("engine_mode")
    return mode.present and mode.text == "serverless"
