"""Nothing takes over when the primary node of a cache fails.

## Why it matters
With a replica and no automatic failover the writes stop until a person promotes the replica. With it ElastiCache does so within a minute
and keeps the name of the primary endpoint.

## Five whys
1. Why could nobody log in for forty minutes? Sessions could not be written.
2. Why not? The primary node was gone, and the replica stayed a replica.
3. Why? `automatic_failover_enabled` is false, its default.

## Fix now
`aws elasticache modify-replication-group --replication-group-id G --automatic-failover-enabled --multi-az-enabled --apply-immediately`; it
needs at least one replica, best in another zone.

## Workaround
Promote by hand: `aws elasticache modify-replication-group --replication-group-id G --primary-cluster-id REPLICA --apply-immediately`.

## Prevent
Failover, Multi-AZ and two nodes in the module; one node only where the cache may be lost.

## Validate
`aws elasticache test-failover --replication-group-id G --node-group-id 0001` in a quiet hour.

## Bad
```hcl
resource "aws_elasticache_replication_group" "sessions" { # finding
  replication_group_id = "sessions"
  description          = "Sessions of the shop"
  num_cache_clusters   = 2
}
```

## Good
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions of the shop"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.database import non_production


@rule(target="aws_elasticache_replication_group", severity=Severity.MEDIUM, aliases="CKV2_AWS_50")
def check(group: Node, resource: Resource) -> Iterator[Fail]:
    failover = group.at("automatic_failover_enabled")
    off = failover.missing or not failover.flag
    if off and group.at("global_replication_group_id").missing and not non_production(resource):
        yield Fail(failover, "nothing takes over when the primary node fails", expected="true")
