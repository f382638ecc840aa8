"""An RDS instance does not log how long its statements take.

## Why it matters
When the database was slow last night, the durations in the log say since when, and for which statements. Without them there is only the
CPU curve.

## Five whys
1. Why can the slow hour not be explained? Durations were not recorded.
2. Why not? The parameter `log_duration` is off.
3. Why? It is off by default and fills the log.

## Fix now
Add a `parameters` block with `log_duration` and `on`. At once: `aliyun rds ModifyParameter --DBInstanceId ID --Parameters
'{"log_duration":"on"}'`; no restart is needed.

## Workaround
SQL Explorer and Performance Insight record the same without the parameter.

## Prevent
The block in the module's base parameters.

## Validate
`aliyun rds DescribeParameters --DBInstanceId ID` shows `log_duration` as on.

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
    name  = "log_duration"
    value = "on"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.alicloud_database import switched_on


@rule(target="alicloud_db_instance", severity=Severity.INFO, confidence=Confidence.LIKELY, aliases="CKV_ALI_35")
def check(instance: Node) -> Iterator[Fail]:
    if not switched_on(instance, "log_duration"):
        yield Fail(instance.at("parameters"), "durations of statements are not logged", expected="log_duration = on")
