"""A client speaks plain text to a cache that asks for TLS.

## Why it matters
With `transit_encryption_enabled` ElastiCache takes TLS connections only, unless the mode is `preferred`. A client with a `redis://` URL
connects, sends its first command, and waits: the error is a timeout or a closed connection, and says nothing of TLS.

## Five whys
1. Why do all requests hang since the release? The client waits for the cache.
2. Why does it not answer? It expects TLS, and gets plain text.
3. Why? Encryption was switched on in the cache, and the URL of the client begins with `redis://`.

## Fix now
`rediss://` in the URL (two s), or `ssl=True`, `tls: {}` in the client. For a running system: `aws elasticache modify-replication-group
--replication-group-id ID --transit-encryption-mode preferred --apply-immediately` takes both meanwhile.

## Workaround
`transit_encryption_mode = "preferred"` until all clients have moved.

## Prevent
The module outputs the whole URL, with the scheme that fits.

## Validate
`redis-cli --tls -h HOST ping` answers PONG.

## Bad
```hcl
resource "aws_elasticache_replication_group" "cart" {
  replication_group_id       = "cart"
  description                = "cart"
  transit_encryption_enabled = true
}

resource "aws_lambda_function" "cart" {
  function_name = "cart"
  role          = "arn:aws:iam::111122223333:role/cart"
  environment {
    variables = {
      REDIS_URL = "redis://${aws_elasticache_replication_group.cart.primary_endpoint_address}:6379/0" # finding
    }
  }
}
```

## Good
```hcl
resource "aws_elasticache_replication_group" "cart" {
  replication_group_id       = "cart"
  description                = "cart"
  transit_encryption_enabled = true
}

resource "aws_elasticache_replication_group" "moving" {
  replication_group_id       = "moving"
  description                = "moving"
  transit_encryption_enabled = true
  transit_encryption_mode    = "preferred"
}

resource "aws_lambda_function" "cart" {
  function_name = "cart"
  role          = "arn:aws:iam::111122223333:role/cart"
  environment {
    variables = {
      REDIS_URL = "rediss://${aws_elasticache_replication_group.cart.primary_endpoint_address}:6379/0"
      OLD_URL   = "redis://${aws_elasticache_replication_group.moving.primary_endpoint_address}:6379/0"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.cache_client import cache_clients


@rule(
    target="aws_elasticache_replication_group",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=["Connection reset by peer.*6379", "Connection closed by server", "Timeout reading from .*cache\\.amazonaws\\.com"],
)
def check(group: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    encrypted, mode = group.at("transit_encryption_enabled"), group.at("transit_encryption_mode")
    if encrypted.missing or not encrypted.flag or (mode.present and mode.text == "preferred"):
        return
    for client in cache_clients(resource, graph):
        if client.scheme == "redis":
            message = f"{client.name} of {client.started.resource.address.text} is plain text, {resource.address.text} takes TLS only"
            yield Fail(client.address, message, expected="rediss://", related=(encrypted,))
