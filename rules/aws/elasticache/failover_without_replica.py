"""A cache is to fail over, and has no second node to fail over to.

## Why it matters
Automatic failover needs a replica. With one node ElastiCache refuses the group at the apply, or the replica that the code counts on is
not there: either the deployment stops, or the next failure of a node takes the cache away until a new, empty one is up.

## Five whys
1. Why did the apply fail with `InvalidParameterCombination`? Failover asks for two nodes, and the group has one.
2. Why one? `num_cache_clusters` was lowered to save money.
3. Why did the plan not show it? Only the API knows that the two settings belong together.

## Fix now
`num_cache_clusters = 2` (or `replicas_per_node_group = 1`); in a running group: `aws elasticache increase-replica-count
--replication-group-id ID --new-replica-count 1 --apply-immediately`.

## Workaround
Switch failover off where the cache may be empty after a failure: `automatic_failover_enabled = false`.

## Prevent
One variable for the number of nodes, and failover computed from it: `automatic_failover_enabled = var.nodes > 1`.

## Validate
`aws elasticache describe-replication-groups --replication-group-id ID --query 'ReplicationGroups[].[AutomaticFailover,MemberClusters]'`.

## Bad
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  automatic_failover_enabled = true
  num_cache_clusters         = 1 # finding
}
```

## Good
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  automatic_failover_enabled = true
  num_cache_clusters         = 2
}

resource "aws_elasticache_replication_group" "sharded" {
  replication_group_id       = "sharded"
  description                = "sharded"
  automatic_failover_enabled = true
  num_node_groups            = 2
  replicas_per_node_group    = 1
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule


@rule(
    target="aws_elasticache_replication_group",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=["InvalidParameterCombination.*[Ff]ailover"],
)
def check(group: Node) -> Iterator[Fail]:
    failover = group.at("automatic_failover_enabled")
    if failover.missing or not failover.flag:
        return
    nodes, shards = group.at("num_cache_clusters"), group.at("num_node_groups")
    if nodes.present and nodes.number == 1 and (shards.missing or shards.number == 1):
        yield Fail(nodes, "automatic failover is on, and the group has one node", expected="2 or more", related=(failover,))
