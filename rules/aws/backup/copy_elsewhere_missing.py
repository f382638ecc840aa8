"""A backup plan keeps all copies in one vault.

## Why it matters
The vault shares the fate of its account and region: an intruder with administrator rights, or a regional outage, takes data and backups
together.

## Five whys
1. Why are the backups gone with the data? The intruder deleted both.
2. Why could he? They are in the same account.
3. Why? No rule of the plan has a `copy_action`.

## Fix now
Add `copy_action { destination_vault_arn = … }` to a vault in another account, best with a lock, whose policy allows
`backup:CopyIntoBackupVault`. It copies from the next backup on.

## Workaround
`aws backup start-copy-job --recovery-point-arn R --source-backup-vault-name V --destination-backup-vault-arn V2 --iam-role-arn ROLE`.

## Prevent
One central, locked vault in a backup account; keep what may not leave the region in a second vault of the same region.

## Validate
`aws backup list-copy-jobs --by-state COMPLETED` shows one of last night.

## Bad
```hcl
resource "aws_backup_plan" "daily" { # finding
  name = "daily"
  rule {
    rule_name         = "daily"
    target_vault_name = "daily"
    schedule          = "cron(0 3 * * ? *)"
  }
}
```

## Good
```hcl
resource "aws_backup_plan" "daily" {
  name = "daily"
  rule {
    rule_name         = "daily"
    target_vault_name = "daily"
    schedule          = "cron(0 3 * * ? *)"
    copy_action {
      destination_vault_arn = "arn:aws:backup:eu-central-1:444455556666:backup-vault:central"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule
from auditor.views.database import non_production


@rule(target="aws_backup_plan", severity=Severity.INFO, confidence=Confidence.LIKELY)
def check(plan: Node, resource: Resource) -> Iterator[Fail]:
    copied = any(one.at("copy_action").present for one in plan.each("rule"))
    if not copied and not non_production(resource):
        yield Fail(plan, "all copies of the plan stay in one vault", expected="a copy_action to another account or region")
