"""A snapshot of a database cluster is not encrypted.

## Why it matters
A snapshot holds every row. It takes its encryption from the cluster, so a snapshot in the clear also says that the cluster is.

## Five whys
1. Why is the snapshot in the clear? Its cluster is.
2. Why? `storage_encrypted` was not set when the cluster was made.
3. Why is the snapshot a problem of its own? It can be shared and copied, and lives on when the cluster is gone.

## Fix now
Copy it with a key and delete the original: `aws rds copy-db-cluster-snapshot --source-db-cluster-snapshot-identifier S
--target-db-cluster-snapshot-identifier S-enc --kms-key-id KEY`; then encrypt the cluster by restoring from the copy.

## Workaround
Make sure that it is shared with nobody: `aws rds describe-db-cluster-snapshot-attributes --db-cluster-snapshot-identifier S`.

## Prevent
`storage_encrypted = true` on the cluster.

## Validate
`aws rds describe-db-cluster-snapshots --query 'DBClusterSnapshots[?!StorageEncrypted].DBClusterSnapshotIdentifier'` is empty.

## Bad
```hcl
resource "aws_rds_cluster" "shop" {
  engine = "aurora-postgresql"
}

resource "aws_db_cluster_snapshot" "release" { # finding
  db_cluster_identifier          = aws_rds_cluster.shop.id
  db_cluster_snapshot_identifier = "release"
}
```

## Good
```hcl
resource "aws_rds_cluster" "shop" {
  engine            = "aurora-postgresql"
  storage_encrypted = true
}

resource "aws_db_cluster_snapshot" "release" {
  db_cluster_identifier          = aws_rds_cluster.shop.id
  db_cluster_snapshot_identifier = "release"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Severity, rule
from auditor.views.decide import undecided


@rule(
    target="aws_db_cluster_snapshot aws_neptune_cluster_snapshot",
    severity=Severity.HIGH,
    aliases="CKV_AWS_146 CKV_AWS_279",
)
def check(snapshot: Node, graph: Graph) -> Iterator[Fail]:
    encrypted = snapshot.at("storage_encrypted")
    if encrypted.missing:
        node = snapshot.at("db_cluster_identifier")
        clusters = graph.targets(node, "aws_rds_cluster", "aws_neptune_cluster")
        if not clusters:
            raise undecided(node, "the cluster of the snapshot is not in sight")
        encrypted = clusters[0].at("storage_encrypted")
        if encrypted.missing and clusters[0].at("snapshot_identifier").present:
            raise undecided(node, "the snapshot that the cluster was restored from decides")
    if encrypted.missing or not encrypted.flag:
        where = snapshot.at("storage_encrypted")
        yield Fail(where, "the snapshot is not encrypted", expected="an encrypted cluster", related=(encrypted,))
