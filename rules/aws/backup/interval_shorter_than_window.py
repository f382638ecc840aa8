"""A backup job may still run when the next one of its plan is to start.

## Why it matters
AWS Backup lets a job run until the end of `completion_window`, a week when nothing is said. When the next one is scheduled before that,
it waits or is skipped for the same resource: the restore points are not as close together as the plan promises.

## Five whys
1. Why is the newest restore point five hours old? Three hourly jobs were skipped.
2. Why? An earlier one still ran.
3. Why was it not stopped? It has eight hours to complete, and the next starts after one.

## Fix now
Shorten the window below the interval: `"CompletionWindowMinutes": 50` in the document of `aws backup update-backup-plan --backup-plan-id ID
--backup-plan file://plan.json`; or run the rule less often.

## Workaround
Continuous backup (`enable_continuous_backup`) for what supports it: restore points of every minute, without a schedule.

## Prevent
Choose the interval from the measured duration of a job, twice as long at least.

## Validate
`aws backup list-backup-jobs --by-state EXPIRED` is empty after a day.

## Bad
```hcl
resource "aws_backup_plan" "hourly" {
  name = "hourly"
  rule {
    rule_name         = "hourly"
    target_vault_name = "first"
    schedule          = "cron(0 * * * ? *)"
    start_window      = 60
    completion_window = 480 # finding
  }
}
```

## Good
```hcl
resource "aws_backup_plan" "daily" {
  name = "daily"
  rule {
    rule_name         = "daily"
    target_vault_name = "first"
    schedule          = "cron(0 3 * * ? *)"
    start_window      = 60
    completion_window = 1440
  }
  rule {
    rule_name         = "unsaid"
    target_vault_name = "first"
    schedule          = "cron(0 * * * ? *)"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.aws_schedule import shortest_interval


@rule(target="aws_backup_plan", each="rule", severity=Severity.LOW, confidence=Confidence.FIRM)
def check(one: Node) -> Iterator[Fail]:
    schedule, window = one.at("schedule"), one.at("completion_window")
    if schedule.missing or window.missing or window.number is None:
        return
    interval = shortest_interval(schedule.text or "")
    if interval is not None and window.number > interval:
        message = f"a job may run for {window.number:g} minutes, and the next one starts after {interval}"
        yield Fail(window, message, expected=f"at most {interval}", related=(schedule,))
