"""Something connects to one node of a cache by its own name.

## Why it matters
The address of a node does not follow a failover: after it the clients write to a replica (`READONLY You can't write against a read only
replica`), or to a node that is gone. The primary endpoint of the group always leads to the primary.

## Five whys
1. Why do all writes fail with READONLY since the failover? They go to a node that is a replica now.
2. Why there? The application has the address of the node.
3. Why? `cache_nodes[0].address` was the first output that led to something.

## Fix now
Use `primary_endpoint_address` of the `aws_elasticache_replication_group` (`configuration_endpoint_address` in cluster mode,
`reader_endpoint_address` for reads), and roll the application.

## Workaround
Make that node the primary again: `aws elasticache modify-replication-group --replication-group-id G --primary-cluster-id NODE
--apply-immediately`, with automatic failover off for the moment.

## Prevent
Let modules output the endpoints of the group only.

## Validate
`aws elasticache test-failover --replication-group-id G --node-group-id 0001`: writes recover within a minute.

## Bad
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "Sessions of the shop"
}

resource "aws_elasticache_cluster" "node" { # finding
  cluster_id           = "sessions-1"
  replication_group_id = aws_elasticache_replication_group.sessions.id
}

resource "aws_ssm_parameter" "redis" {
  name  = "/shop/redis/host"
  type  = "String"
  value = aws_elasticache_cluster.node.cache_nodes[0].address
}
```

## Good
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "Sessions of the shop"
}

resource "aws_elasticache_cluster" "node" {
  cluster_id           = "sessions-1"
  replication_group_id = aws_elasticache_replication_group.sessions.id
}

resource "aws_ssm_parameter" "redis" {
  name  = "/shop/redis/host"
  type  = "String"
  value = aws_elasticache_replication_group.sessions.primary_endpoint_address
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.connections.endpoint import holders


@rule(
    target="aws_elasticache_cluster",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=["READONLY You can't write against a read only (replica|slave)"],
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if body.at("replication_group_id").missing:
        return
    for client, _ in holders(resource, graph, "cache_nodes", "cache_nodes.address"):
        message = f"{client.address.text} connects to this node, whichever is the primary"
        yield Fail(body, message, expected="the endpoint of the group", related=(client.body,))
