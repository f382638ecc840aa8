"""No customer managed key encrypts a snapshot of a Neptune cluster.

## Why it matters
A snapshot is what leaves: it is copied to other regions and accounts. Under AWS's key it can do neither.

## Five whys
1. Why does the copy into the other account fail? `KMSKeyNotAccessibleFault`: the key belongs to AWS.
2. Why is the snapshot under it? It takes the key of its cluster, which names none.
3. Why? The cluster was made with `storage_encrypted = true` alone.

## Fix now
`aws neptune copy-db-cluster-snapshot --source-db-cluster-snapshot-identifier S --target-db-cluster-snapshot-identifier S2 --kms-key-id
KEY`.

## Workaround
Keep the snapshot until the copy is verified by a restore.

## Prevent
A key for the cluster; snapshots inherit it.

## Validate
`aws neptune describe-db-cluster-snapshots --query 'DBClusterSnapshots[].[DBClusterSnapshotIdentifier,KmsKeyId]'`.

## Bad
```hcl
resource "aws_neptune_cluster" "social" {
  cluster_identifier = "social"
  storage_encrypted  = true
}

resource "aws_neptune_cluster_snapshot" "release" { # finding
  db_cluster_identifier          = aws_neptune_cluster.social.id
  db_cluster_snapshot_identifier = "release"
}
```

## Good
```hcl
resource "aws_neptune_cluster" "social" {
  cluster_identifier = "social"
  storage_encrypted  = true
  kms_key_arn        = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_neptune_cluster_snapshot" "release" {
  db_cluster_identifier          = aws_neptune_cluster.social.id
  db_cluster_snapshot_identifier = "release"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule
from auditor.views.decide import undecided
from auditor.views.own_key import lacks_own_key


@rule(
    target="aws_neptune_cluster_snapshot",
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_280",
)
def check(snapshot: Node, graph: Graph) -> Iterator[Fail]:
    key = snapshot.at("kms_key_id")
    if key.missing:
        node = snapshot.at("db_cluster_identifier")
        clusters = graph.targets(node, "aws_neptune_cluster")
        if not clusters:
            raise undecided(node, "the cluster of the snapshot is not in sight")
        key = clusters[0].at("kms_key_arn")
    if lacks_own_key(key):
        where = snapshot.at("kms_key_id")
        yield Fail(where, "no key of one's own encrypts the snapshot", expected="a cluster with kms_key_arn", related=(key,))
