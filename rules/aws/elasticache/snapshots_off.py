"""A Redis store is never backed up.

## Why it matters
Many a "cache" holds what is nowhere else: sessions, carts, queues of jobs. Without snapshots a `FLUSHALL`, a bad deployment or a lost node
takes it for good.

## Five whys
1. Why did all customers lose their carts? Redis came back empty.
2. Why empty? There was no snapshot to restore.
3. Why not? `snapshot_retention_limit` is 0, its default.

## Fix now
`aws elasticache modify-replication-group --replication-group-id G --snapshot-retention-limit 7 --snapshot-window 03:00-04:00` (for a single
cluster `modify-cache-cluster`); it takes effect at the next window and needs free memory for the fork.

## Workaround
`aws elasticache create-snapshot --replication-group-id G --snapshot-name now`.

## Prevent
Decide what the store is: a cache that may be lost (suppress this rule there with that reason), or data.

## Validate
`aws elasticache describe-snapshots --replication-group-id G` lists one from last night.

## Bad
```hcl
resource "aws_elasticache_cluster" "carts" { # finding
  cluster_id      = "carts"
  engine          = "redis"
  node_type       = "cache.m6g.large"
  num_cache_nodes = 1
}
```

## Good
```hcl
resource "aws_elasticache_cluster" "carts" {
  cluster_id               = "carts"
  engine                   = "redis"
  node_type                = "cache.m6g.large"
  num_cache_nodes          = 1
  snapshot_retention_limit = 7
}

resource "aws_elasticache_cluster" "pages" {
  cluster_id      = "pages"
  engine          = "memcached"
  node_type       = "cache.m6g.large"
  num_cache_nodes = 2
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule
from auditor.views.database import non_production


@rule(
    target="aws_elasticache_cluster aws_elasticache_replication_group",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_134 AVD-AWS-0050 aws-elasticache-enable-backup-retention",
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    limit = body.at("snapshot_retention_limit")
    if (limit.present and limit.number != 0) or non_production(resource):
        return
    if resource.kind == "aws_elasticache_cluster":
        engine = body.at("engine")
        if engine.missing or engine.text != "redis" or body.at("replication_group_id").present:
            return
    node = body.at("node_type")
    if node.missing or node.text != "cache.t1.micro":
        yield Fail(limit, "the store is never backed up", expected="7")
