"""A table cannot be restored to a point in time.

## Why it matters
DynamoDB has no other automatic backup. A job that writes wrong items, or a deleted table, leaves nothing to go back to; with point-in-time
recovery every second of the last 35 days can be restored into a new table.

## Five whys
1. Why can the items of this morning not be restored? No backup holds them.
2. Why not? Point-in-time recovery is off, its default.
3. Why? The table keeps three copies by itself, which was taken for a backup.

## Fix now
`aws dynamodb update-continuous-backups --table-name T --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true`; it holds
from now on, not for the past. Then the block in the code.

## Workaround
`aws dynamodb create-backup --table-name T --backup-name T-now` takes a full copy within seconds.

## Prevent
`point_in_time_recovery { enabled = true }` in the module, off only for tables that can be rebuilt.

## Validate
`aws dynamodb describe-continuous-backups --table-name T` prints `ENABLED` and `EarliestRestorableDateTime`.

## Bad
```hcl
resource "aws_dynamodb_table" "orders" { # finding
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
}
```

## Good
```hcl
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  point_in_time_recovery {
    enabled = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.database import non_production


@rule(
    target="aws_dynamodb_table aws_dynamodb_global_table",
    severity=Severity.MEDIUM,
    aliases="CKV_AWS_28 CKV_AWS_165 AVD-AWS-0024 aws-dynamodb-enable-recovery FG_R00106",
)
def check(table: Node, resource: Resource) -> Iterator[Fail]:
    enabled = table.at("point_in_time_recovery.enabled")
    if (enabled.missing or not enabled.flag) and not non_production(resource):
        yield Fail(enabled, "the table cannot be restored to a point in time", expected="true")
