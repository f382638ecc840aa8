"""Whoever takes over an administrator can delete the recovery points of a vault.

## Why it matters
Who encrypts the data for a ransom first looks for its backups. In a vault without a lock an administrator deletes them with one command;
with a lock nobody does before the retention ends, not even AWS support.

## Five whys
1. Why was there nothing to restore from? The recovery points had been deleted before the attack.
2. Why could they be? The session had administrator rights.
3. Why did that suffice? The vault has no lock.

## Fix now
`aws backup put-backup-vault-lock-configuration --backup-vault-name V --min-retention-days 7 --max-retention-days 120` (governance mode:
it can be taken back by those who may).

## Workaround
A policy on the vault that denies `backup:DeleteRecoveryPoint` to everybody but one role.

## Prevent
Lock the vault with the copies, in another account, in compliance mode (`changeable_for_days`), after a test of the retention.

## Validate
`aws backup describe-backup-vault --backup-vault-name V --query Locked` says true.

## Bad
```hcl
resource "aws_backup_vault" "orders" { # finding
  name = "orders"
}
```

## Good
```hcl
resource "aws_backup_vault" "orders" {
  name = "orders"
}

resource "aws_backup_vault_lock_configuration" "orders" {
  backup_vault_name  = aws_backup_vault.orders.name
  min_retention_days = 7
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.database import non_production


@rule(
    target="aws_backup_vault",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    facets=(Facet.WRITTEN, Facet.PLANNED, Facet.RECORDED),
)
def check(vault: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not non_production(resource) and not graph.attached(resource, "backup_vault_name", "aws_backup_vault_lock_configuration"):
        yield Fail(vault, "an administrator can delete the recovery points of the vault", expected="aws_backup_vault_lock_configuration")
