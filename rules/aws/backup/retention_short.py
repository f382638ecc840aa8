"""A backup plan keeps no recovery point for a week.

## Why it matters
Damage is found late: after a weekend, after a month's end. A plan whose every rule deletes within days covers the error of yesterday only.

## Five whys
1. Why is there no backup from before the bad release? It was ten days ago.
2. Why is that too long? All rules delete after three days.
3. Why three? They were made for a test, and copied.

## Fix now
Raise `delete_after` of the daily rule to 35, and add a monthly one with a year; recovery points that exist keep their old date: `aws backup
update-recovery-point-lifecycle --lifecycle DeleteAfterDays=35 …`.

## Workaround
Change the lifecycle of the recovery point that is needed before it expires.

## Prevent
`min_retention_days` of a vault lock refuses shorter rules.

## Validate
`aws backup list-recovery-points-by-backup-vault --backup-vault-name V --query 'min(RecoveryPoints[].CreationDate)'`.

## Bad
```hcl
resource "aws_backup_plan" "daily" { # finding
  name = "daily"
  rule {
    rule_name         = "daily"
    target_vault_name = "daily"
    schedule          = "cron(0 3 * * ? *)"
    lifecycle {
      delete_after = 3
    }
  }
}
```

## Good
```hcl
resource "aws_backup_plan" "daily" {
  name = "daily"
  rule {
    rule_name         = "hourly"
    target_vault_name = "daily"
    schedule          = "cron(0 * * * ? *)"
    lifecycle {
      delete_after = 2
    }
  }
  rule {
    rule_name         = "daily"
    target_vault_name = "daily"
    schedule          = "cron(0 3 * * ? *)"
    lifecycle {
      delete_after = 35
    }
  }
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule
from auditor.views.database import non_production


@rule(target="aws_backup_plan", severity=Severity.LOW, confidence=Confidence.FIRM, options={"days": 7})
def check(plan: Node, resource: Resource, options: Mapping[str, Any]) -> Iterator[Fail]:
    rules = list(plan.each("rule"))
    if rules and all(_short(one, options["days"]) for one in rules) and not non_production(resource):
        yield Fail(plan, f"no rule of the plan keeps a recovery point for {options['days']} days", expected="delete_after = 35")


def _short(one: Node, days: int) -> bool:
    kept = one.at("lifecycle.delete_after")
    return kept.present and kept.number is not None and 0 < kept.number < days
