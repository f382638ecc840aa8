"""An RDS instance does not log who connects.

## Why it matters
Who was connected, from where and as which user is the first question after an incident, and cannot be answered afterwards if it was not
written down.

## Five whys
1. Why can nobody say from where the data was read? Connections were not logged.
2. Why not? `log_connections` is off, as it is by default.
3. Why was that never changed? It had not been needed.

## Fix now
`aliyun rds ModifyParameter --DBInstanceId ID --Parameters '{"log_connections":"on"}'`, and the same as a `parameters` block.

## Workaround
Log Service's RDS audit log (`rds_enabled` in `alicloud_log_audit`) holds logins as well.

## Prevent
The block in the module's base parameters.

## Validate
`aliyun rds DescribeParameters --DBInstanceId ID` shows `log_connections` as on.

## Bad
```hcl
resource "alicloud_db_instance" "shop" { # finding
  engine = "PostgreSQL"
}
```

## Good
```hcl
resource "alicloud_db_instance" "shop" {
  engine = "PostgreSQL"
  parameters {
    name  = "log_connections"
    value = "on"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.alicloud_database import switched_on


@rule(target="alicloud_db_instance", severity=Severity.LOW, confidence=Confidence.LIKELY, aliases="CKV_ALI_37")
def check(instance: Node) -> Iterator[Fail]:
    if not switched_on(instance, "log_connections"):
        yield Fail(instance.at("parameters"), "connections to the database are not logged", expected="log_connections = on")
