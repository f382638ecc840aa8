"""A small cache keeps the connections of clients that are gone.

## Why it matters
With `timeout` 0 Redis never closes an idle connection. Functions that end without closing theirs, and pools that leak, pile them up until
65,000 are open and new ones are refused; on a burstable node they cost memory and processor long before.

## Five whys
1. Why does the cache refuse connections? All of its 65,000 are taken.
2. Why so many, with twenty clients? Most belong to functions that ended days ago.
3. Why are they still open? Nothing closes idle connections: `timeout` is 0.

## Fix now
`aws elasticache modify-cache-parameter-group --cache-parameter-group-name G --parameter-name-values
ParameterName=timeout,ParameterValue=300`; it holds for new connections at once.

## Workaround
`CLIENT KILL TYPE normal SKIPME yes` with `redis-cli` in a quiet minute; clients connect again.

## Prevent
Keep-alive and an idle time in the pool of each client, below `timeout`.

## Validate
`CurrConnections` goes down at night.

## Bad
```hcl
resource "aws_elasticache_parameter_group" "small" {
  name   = "small"
  family = "redis7"
  parameter {
    name  = "timeout"
    value = "0" # finding
  }
}

resource "aws_elasticache_replication_group" "small" {
  replication_group_id = "small"
  description          = "small"
  node_type            = "cache.t4g.small"
  parameter_group_name = aws_elasticache_parameter_group.small.name
}
```

## Good
```hcl
resource "aws_elasticache_parameter_group" "small" {
  name   = "small"
  family = "redis7"
  parameter {
    name  = "timeout"
    value = "300"
  }
}

resource "aws_elasticache_replication_group" "small" {
  replication_group_id = "small"
  description          = "small"
  node_type            = "cache.t4g.small"
  parameter_group_name = aws_elasticache_parameter_group.small.name
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule
from auditor.views.database import parameter


@rule(
    target="aws_elasticache_replication_group aws_elasticache_cluster",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    symptoms=["max number of clients reached"],
)
def check(group: Node, graph: Graph) -> Iterator[Fail]:
    if not (group.at("node_type").text or "").startswith("cache.t"):
        return
    for holder in graph.targets(group.at("parameter_group_name"), "aws_elasticache_parameter_group"):
        timeout = parameter(holder, "timeout")
        if timeout is not None and timeout.number == 0:
            message = f"a {group.at('node_type').text} keeps the connections of clients that are gone"
            yield Fail(timeout, message, expected="300", related=(group.at("node_type"),))
