"""PostgreSQL on Cloud SQL does not log when sessions end.

## Why it matters
The line at the end of a session tells how long it lasted. It separates a stolen session of hours from a health check of milliseconds, and
shows which client drops its connections.

## Five whys
1. Why can it not be told how long the intruder was connected? Only the start was logged.
2. Why? `log_disconnections` is a flag of its own, and off by default.
3. Why was it forgotten? The one for connections looked complete.

## Fix now
`gcloud sql instances patch INSTANCE --database-flags=log_connections=on,log_disconnections=on`. Mind that the option replaces all flags
of the instance, so list those that are set already.

## Workaround
Sessions that are still there: `SELECT pid, usename, now() - backend_start AS age FROM pg_stat_activity ORDER BY age DESC;`.

## Prevent
Set both flags together in the module.

## Validate
Disconnect, then `gcloud logging read 'textPayload:"disconnection: session time"' --limit=1` prints the line.

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
      name  = "log_disconnections"
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
      name  = "log_disconnections"
      value = "on"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.google.sql import KIND, postgres


@rule(target=KIND, severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV_GCP_53 AVD-GCP-0022 google-sql-pg-log-disconnections")
def check(body: Node) -> Iterator[Fail]:
    for instance in postgres(body):
        if instance.set_to("log_disconnections", on=True) is None:
            yield Fail(instance.flag("log_disconnections") or body, "ends of sessions are not logged", expected="log_disconnections = on")
