"""A snapshot of a database is shared with every AWS account.

## Why it matters
A public snapshot can be restored by anybody, with all rows and password hashes. Bots copy new public snapshots within minutes, and a copy
that was made cannot be called back.

## Five whys
1. Why is the customer table for sale? Somebody restored a snapshot of it.
2. Why could a stranger? It is shared with `all`.
3. Why? It had to reach one partner, whose account number was not at hand.

## Fix now
`aws rds modify-db-snapshot-attribute --db-snapshot-identifier S --attribute-name restore --values-to-remove all` (for clusters
`modify-db-cluster-snapshot-attribute`), at once. Then treat the data as leaked: change passwords and keys that stand in it.

## Workaround
Share with the partner's account number only: `--values-to-add 111122223333`.

## Prevent
Snapshots under a customer managed key cannot be made public at all.

## Validate
`aws rds describe-db-snapshot-attributes --db-snapshot-identifier S` lists no `all`.

## Bad
```hcl
resource "aws_db_snapshot" "release" {
  db_instance_identifier = "orders"
  db_snapshot_identifier = "orders-release"
  shared_accounts        = ["all"] # finding
}
```

## Good
```hcl
resource "aws_db_snapshot" "release" {
  db_instance_identifier = "orders"
  db_snapshot_identifier = "orders-release"
  shared_accounts        = ["111122223333"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule


@rule(
    target="aws_db_snapshot aws_db_snapshot_copy aws_db_cluster_snapshot",
    severity=Severity.CRITICAL,
    profile=Profile.GATE,
    aliases="CKV_AWS_302",
)
def check(snapshot: Node) -> Iterator[Fail]:
    for account in snapshot.each("shared_accounts"):
        if account.text == "all":
            yield Fail(account, "the snapshot is shared with every AWS account", expected="account numbers")
