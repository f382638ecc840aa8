"""PostgreSQL on Cloud SQL does not log sessions that wait for a lock.

## Why it matters
A statement that waits for another one is the usual reason for "the database hangs". With the flag, PostgreSQL names both sessions as soon
as a wait lasts longer than `deadlock_timeout`; without it the wait leaves no trace once it is over.

## Five whys
1. Why did all requests hang for five minutes? They waited for something.
2. Why can nobody say for what? The waits were not logged.
3. Why not? `log_lock_waits` is off by default.

## Fix now
`gcloud sql instances patch INSTANCE --database-flags=log_lock_waits=on`. Mind that the option replaces all flags of the instance, so list
those that are set already.

## Workaround
While it hangs: `SELECT pid, pg_blocking_pids(pid), query FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0;`.

## Prevent
In the module, together with `lock_timeout` for migrations, so that a DDL statement gives up instead of stopping everything.

## Validate
`SHOW log_lock_waits;` prints on.

## Bad
```hcl
resource "google_sql_database_instance" "db0" { # finding
  database_version = "POSTGRES_14"
  settings {
    tier = "db-custom-2-7680"
  }
}

resource "google_sql_database_instance" "db1" {
  database_version = "POSTGRES_14"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "log_lock_waits"
      value = "off" # finding
    }
  }
}
```

## Good
```hcl
resource "google_sql_database_instance" "db0" {
  database_version = "POSTGRES_14"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "log_lock_waits"
      value = "on"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.google.sql import KIND, postgres


@rule(target=KIND, severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV_GCP_54 AVD-GCP-0020 google-sql-pg-log-lock-waits")
def check(body: Node) -> Iterator[Fail]:
    for instance in postgres(body):
        if instance.set_to("log_lock_waits", on=True) is None:
            yield Fail(instance.flag("log_lock_waits") or body, "waits for locks are not logged", expected="log_lock_waits = on")
