"""Whoever reaches a cache on the network may use it.

## Why it matters
Without a token or users every process that gets to port 6379 can read all keys, change sessions and run `FLUSHALL`.

## Five whys
1. Why could a compromised test instance empty the cache? It may talk to it without a password.
2. Why without? The group has neither `auth_token` nor `user_group_ids`.
3. Why not? Both need TLS, which was off when the group was made.

## Fix now
Turn TLS on, then `aws elasticache modify-replication-group --replication-group-id G --auth-token T --auth-token-update-strategy ROTATE
--apply-immediately` and after the clients use it `SET`; better users of `aws_elasticache_user_group` with access strings for each service.

## Workaround
Narrow the security group to the services that use the cache.

## Prevent
`user_group_ids` with IAM authentication needs no secret at all.

## Validate
`redis-cli --tls -h HOST keys '*'` answers `NOAUTH Authentication required`.

## Bad
```hcl
resource "aws_elasticache_replication_group" "sessions" { # finding
  replication_group_id       = "sessions"
  description                = "Sessions of the shop"
  transit_encryption_enabled = true
}
```

## Good
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions of the shop"
  transit_encryption_enabled = true
  user_group_ids             = ["sessions"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule


@rule(target="aws_elasticache_replication_group", severity=Severity.MEDIUM, aliases="CKV_AWS_31")
def check(group: Node) -> Iterator[Fail]:
    if group.at("global_replication_group_id").present:
        return
    encrypted = group.at("transit_encryption_enabled")
    if encrypted.missing or not encrypted.flag:
        yield Fail(encrypted, "whoever reaches the cache may use it: authentication needs TLS", expected="true")
    elif group.at("auth_token").missing and group.at("user_group_ids").missing:
        yield Fail(group.at("auth_token"), "whoever reaches the cache may use it", expected="user_group_ids or auth_token")
