"""An RDS instance does not log when sessions end.

## Why it matters
The line at the end of a session has its duration and address. It tells the stolen session of an hour from a health check, and shows
clients that drop their connections.

## Five whys
1. Why is it not known how long the intruder was connected? The end of the session was not logged.
2. Why not? `log_disconnections` is off.
3. Why? Only the start of sessions was thought of.

## Fix now
`aliyun rds ModifyParameter --DBInstanceId ID --Parameters '{"log_disconnections":"on"}'`, and the same as a `parameters` block.

## Workaround
Sessions that are open now: `SELECT pid, usename, client_addr, backend_start FROM pg_stat_activity;`.

## Prevent
Both parameters, for connections and disconnections, in the module.

## Validate
`aliyun rds DescribeParameters --DBInstanceId ID` shows `log_disconnections` as on.

## Bad
```hcl
resource "alicloud_db_instance" "shop" {
  engine = "PostgreSQL"
  parameters { # finding
    name  = "log_disconnections"
    value = "off"
  }
}
```

## Good
```hcl
resource "alicloud_db_instance" "shop" {
  engine = "PostgreSQL"
  parameters {
    name  = "log_disconnections"
    value = "on"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.alicloud_database import switched_on


@rule(target="alicloud_db_instance", severity=Severity.LOW, confidence=Confidence.LIKELY, aliases="CKV_ALI_36")
def check(instance: Node) -> Iterator[Fail]:
    if not switched_on(instance, "log_disconnections"):
        yield Fail(instance.at("parameters"), "ends of sessions are not logged", expected="log_disconnections = on")
