"""Statements on an RDS instance are recorded for less than 180 days, or not.

## Why it matters
A leak is usually found months after it happened. The SQL Explorer's record then is the only answer to "which rows, by whom", if it still
exists.

## Five whys
1. Why can nobody say which rows the former employee read in spring? The record does not go back that far.
2. Why not? SQL Explorer is off, or keeps 30 days.
3. Why? Storage of the record costs by volume.

## Fix now
`aliyun rds ModifySQLCollectorPolicy --DBInstanceId ID --SQLCollectorStatus Enable` and `aliyun rds ModifySQLCollectorRetention
--DBInstanceId ID --ConfigValue 180`.

## Workaround
Ship the audit log to Log Service with a retention of its own (`alicloud_log_audit`, `rds_ttl`).

## Prevent
Both arguments in the module.

## Validate
`aliyun rds DescribeSQLCollectorRetention --DBInstanceId ID` prints 180 or more.

## Bad
```hcl
resource "alicloud_db_instance" "shop" {
  engine                     = "MySQL"
  sql_collector_status       = "Enabled"
  sql_collector_config_value = 30 # finding
}
```

## Good
```hcl
resource "alicloud_db_instance" "shop" {
  engine                     = "MySQL"
  sql_collector_status       = "Enabled"
  sql_collector_config_value = 180
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule

_DAYS = 180


@rule(target="alicloud_db_instance", severity=Severity.LOW, aliases="CKV_ALI_25")
def check(instance: Node) -> Iterator[Fail]:
    status, days = instance.at("sql_collector_status"), instance.at("sql_collector_config_value")
    if status.missing or status.text != "Enabled":
        yield Fail(status, "statements are not recorded by SQL Explorer", expected="Enabled")
        return
    kept = 30 if days.missing else days.number
    if kept is None or kept < _DAYS:
        yield Fail(days, f"recorded statements are kept for {'30' if days.missing else days.text} days", expected="at least 180")
