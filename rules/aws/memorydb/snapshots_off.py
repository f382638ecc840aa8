"""A MemoryDB cluster is never backed up.

## Why it matters
The log over three zones survives a node or a zone, not a `FLUSHALL` or a deleted cluster. Without snapshots there is nothing to go back to.

## Five whys
1. Why are the orders of today gone? A script flushed the database.
2. Why can they not be restored? No snapshot was taken.
3. Why not? `snapshot_retention_limit` is 0, its default.

## Fix now
`aws memorydb update-cluster --cluster-name C --snapshot-retention-limit 7 --snapshot-window 03:00-04:00`; no interruption.

## Workaround
`aws memorydb create-snapshot --cluster-name C --snapshot-name now`.

## Prevent
7 in the module; take `@dangerous` commands out of the users' access strings.

## Validate
`aws memorydb describe-snapshots --cluster-name C` lists one of last night.

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
  acl_name                 = "orders"
  name                     = "orders"
  node_type                = "db.r6g.large"
  snapshot_retention_limit = 7
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.database import non_production


@rule(target="aws_memorydb_cluster", severity=Severity.MEDIUM)
def check(cluster: Node, resource: Resource) -> Iterator[Fail]:
    limit = cluster.at("snapshot_retention_limit")
    if (limit.missing or limit.number == 0) and not non_production(resource):
        yield Fail(limit, "the database is never backed up", expected="7")
