"""All nodes of a cache that fails over may lie in one zone.

## Why it matters
Automatic failover without Multi-AZ lets ElastiCache put primary and replica into the same zone, so its failure takes both.

## Five whys
1. Why did the failover not help when the zone went down? The replica was in the same zone.
2. Why? Nothing asked for another one.
3. Why not? `multi_az_enabled` is a switch of its own, and off by default.

## Fix now
`aws elasticache modify-replication-group --replication-group-id G --multi-az-enabled --apply-immediately`; when all nodes are in one zone,
add a replica in another first: `increase-replica-count --replica-configuration …`.

## Workaround
Create a replica in another zone by hand, and fail over to it before the maintenance.

## Prevent
Both switches together in the module, and a subnet group over three zones.

## Validate
`aws elasticache describe-replication-groups --query
'ReplicationGroups[].[MultiAZ,NodeGroups[].NodeGroupMembers[].PreferredAvailabilityZone]'`.

## Bad
```hcl
resource "aws_elasticache_replication_group" "sessions" { # finding
  replication_group_id       = "sessions"
  description                = "Sessions of the shop"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
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

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule
from auditor.views.database import non_production


@rule(target="aws_elasticache_replication_group", severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(group: Node, resource: Resource) -> Iterator[Fail]:
    failover, zones = group.at("automatic_failover_enabled"), group.at("multi_az_enabled")
    if failover.missing or not failover.flag or (zones.present and zones.flag):
        return
    placed = {zone.text for zone in group.each("preferred_cache_cluster_azs")}
    if len(placed) < 2 and not non_production(resource):
        yield Fail(zones, "all nodes of the cache may lie in one zone", expected="true")
