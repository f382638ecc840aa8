"""A backup job may not end within its window.

## Why it matters
`completion_window` counts from the scheduled start and has to be at least an hour longer than `start_window`; AWS Backup refuses less. Near
that limit large volumes do not finish: the job expires, and there is no recovery point for the day.

## Five whys
1. Why is there no backup of last night? The job expired.
2. Why? It did not end within its window.
3. Why is the window so short? `completion_window` was set as if it began when the job begins; it begins at the schedule.

## Fix now
Set `start_window = 60` and `completion_window = 480`, or leave both away (8 hours to start, 7 days to end).

## Workaround
`aws backup start-backup-job … --complete-window-minutes 1440` for the resource that failed.

## Prevent
Defaults; alarm on `NumberOfBackupJobsExpired`.

## Validate
`aws backup list-backup-jobs --by-state EXPIRED` is empty for the last week.

## Bad
```hcl
resource "aws_backup_plan" "daily" {
  name = "daily"
  rule {
    rule_name         = "daily"
    target_vault_name = "daily"
    schedule          = "cron(0 3 * * ? *)"
    start_window      = 120
    completion_window = 150 # finding
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
    start_window      = 60
    completion_window = 480
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule

LEAST_MINUTES = 60
USUAL_START = 60


@rule(target="aws_backup_plan", each="rule", severity=Severity.MEDIUM)
def check(one: Node) -> Iterator[Fail]:
    start, end = one.at("start_window"), one.at("completion_window")
    if end.missing or end.number is None:
        return
    begins = USUAL_START if start.missing or start.number is None else start.number
    if end.number < begins + LEAST_MINUTES:
        yield Fail(end, "the job has less than an hour between its last start and its end", expected=f"{begins + LEAST_MINUTES:g} or more")
