"""A backup rule deletes recovery points that must stay in cold storage.

## Why it matters
What goes to cold storage has to stay there for 90 days. AWS Backup refuses a rule whose `delete_after` is not at least 90 days behind
`cold_storage_after` (`InvalidParameterValueException`), so the plan is not made, and nothing is backed up by it.

## Five whys
1. Why is there no backup plan? Its creation failed.
2. Why? One rule deletes after 60 days what goes cold after 30.
3. Why was that not seen? The provider does not check it when planning.

## Fix now
Raise `delete_after` to `cold_storage_after + 90` or more, or leave cold storage away.

## Workaround
Apply the plan without the block `lifecycle` today, and add it corrected.

## Prevent
A `validation` over both numbers in the module.

## Validate
`aws backup get-backup-plan --backup-plan-id P --query 'BackupPlan.Rules[].Lifecycle'`.

## Bad
```hcl
resource "aws_backup_plan" "daily" {
  name = "daily"
  rule {
    rule_name         = "daily"
    target_vault_name = "daily"
    schedule          = "cron(0 3 * * ? *)"
    lifecycle {
      cold_storage_after = 30
      delete_after       = 60 # finding
    }
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
    lifecycle {
      cold_storage_after = 30
      delete_after       = 120
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule

MINIMUM_DAYS = 90


@rule(target="aws_backup_plan", severity=Severity.MEDIUM, profile=Profile.GATE)
def check(plan: Node) -> Iterator[Fail]:
    for path in ("rule.lifecycle", "rule.copy_action.lifecycle"):
        for lifecycle in plan.each(path):
            cold, delete = lifecycle.at("cold_storage_after"), lifecycle.at("delete_after")
            if cold.missing or delete.missing or not cold.number or delete.number is None:
                continue
            if delete.number < cold.number + MINIMUM_DAYS:
                least = f"{cold.number + MINIMUM_DAYS:g} or more"
                yield Fail(delete, "recovery points have to stay 90 days in cold storage", expected=least, related=(cold,))
