"""A production graph database can be deleted with one call.

## Why it matters
A wrong destroy or a renamed resource deletes the cluster with its automated backups. With protection on, Neptune refuses.

## Five whys
1. Why is the graph gone? An apply replaced the cluster.
2. Why could it? Nothing refused.
3. Why not? `deletion_protection` is false by default.

## Fix now
`aws neptune modify-db-cluster --db-cluster-identifier C --deletion-protection`; no restart.

## Workaround
`lifecycle { prevent_destroy = true }`.

## Prevent
On in the module, off by variable for tests.

## Validate
`aws neptune describe-db-clusters --query 'DBClusters[].[DBClusterIdentifier,DeletionProtection]'` prints true.

## Bad
```hcl
resource "aws_neptune_cluster" "social" { # finding
  cluster_identifier = "social"
}
```

## Good
```hcl
resource "aws_neptune_cluster" "social" {
  cluster_identifier  = "social"
  deletion_protection = true
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.database import non_production


@rule(target="aws_neptune_cluster", severity=Severity.MEDIUM, aliases="CKV2_AWS_58")
def check(cluster: Node, resource: Resource) -> Iterator[Fail]:
    protection = cluster.at("deletion_protection")
    if (protection.missing or not protection.flag) and not non_production(resource):
        yield Fail(protection, "the cluster can be deleted with one call", expected="true")
