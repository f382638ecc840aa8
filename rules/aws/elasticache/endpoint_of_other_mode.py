"""A client is given an endpoint that its cache does not have.

## Why it matters
A group with several shards has a configuration endpoint and no primary endpoint; a group with one shard and without cluster mode has it
the other way round. Terraform gives an empty text for the one that is not there: the client starts with an empty host, and dies or speaks
to itself.

## Five whys
1. Why does the service connect to `localhost`? Its host is empty.
2. Why? It is given `primary_endpoint_address`, which a group in cluster mode does not have.
3. Why was it right before? The group got a second shard, and with it another endpoint.

## Fix now
Give the client the endpoint in the message; a client of a group in cluster mode also has to speak it (`RedisCluster`, `redis.cluster`).

## Workaround
None: the endpoint does not exist.

## Prevent
`coalesce(g.configuration_endpoint_address, g.primary_endpoint_address)` in the output of the module.

## Validate
`terraform output` (or the variable of the running task) shows a host name that `dig +short` resolves.

## Bad
```hcl
resource "aws_elasticache_replication_group" "cart" {
  replication_group_id    = "cart"
  description             = "cart"
  num_node_groups         = 3
  replicas_per_node_group = 1
}

resource "aws_lambda_function" "cart" {
  function_name = "cart"
  role          = "arn:aws:iam::111122223333:role/cart"
  environment {
    variables = {
      REDIS_HOST = aws_elasticache_replication_group.cart.primary_endpoint_address # finding
    }
  }
}
```

## Good
```hcl
resource "aws_elasticache_replication_group" "cart" {
  replication_group_id    = "cart"
  description             = "cart"
  num_node_groups         = 3
  replicas_per_node_group = 1
}

resource "aws_lambda_function" "cart" {
  function_name = "cart"
  role          = "arn:aws:iam::111122223333:role/cart"
  environment {
    variables = {
      REDIS_HOST = aws_elasticache_replication_group.cart.configuration_endpoint_address
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.cache_client import cache_clients

CONFIGURATION = "configuration_endpoint_address"


@rule(
    target="aws_elasticache_replication_group",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    facets=(Facet.WRITTEN, Facet.PLANNED),
    symptoms=["ECONNREFUSED 127.0.0.1:6379", "MOVED \\d+ ", "Error 111 connecting to localhost:6379"],
)
def check(group: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    shards, mode = group.at("num_node_groups"), group.at("cluster_mode")
    sharded = shards.present and shards.number is not None and shards.number > 1
    plain = not sharded and shards.missing and mode.missing and group.at("parameter_group_name").missing
    for client in cache_clients(resource, graph):
        if sharded and client.endpoint != CONFIGURATION:
            message = f"{resource.address.text} has {shards.text} shards, and then no {client.endpoint}"
            yield Fail(client.address, message, expected=CONFIGURATION, related=(shards,))
        elif plain and client.endpoint == CONFIGURATION:
            message = f"{resource.address.text} is not in cluster mode, and then has no {client.endpoint}"
            yield Fail(client.address, message, expected="primary_endpoint_address", related=(group,))
