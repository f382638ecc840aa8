"""PostgreSQL on Cloud SQL does not log errors.

## Why it matters
At the level log, fatal or panic the server writes down that it dies, and not what went wrong before: failed statements, refused
permissions, broken constraints all stay silent.

## Five whys
1. Why is there no trace of the attack in the database's log? Refused statements are errors, and errors are not logged.
2. Why not? `log_min_messages` is above error.
3. Why? The log was expensive, and the level was the quickest lever.

## Fix now
`gcloud sql instances patch INSTANCE --database-flags=log_min_messages=warning`. Mind that the option replaces all flags of the instance,
so list those that are set already.

## Workaround
Save volume in another place: an exclusion filter on the `_Default` sink for the one message that is frequent.

## Prevent
The flag out of the module, so that the default (warning) holds.

## Validate
`SELECT 1/0;` leaves "division by zero" in `gcloud logging read 'resource.type="cloudsql_database" AND severity=ERROR' --limit=1`.

## Bad
```hcl
resource "google_sql_database_instance" "db0" {
  database_version = "POSTGRES_14"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "log_min_messages"
      value = "fatal" # finding
    }
  }
}

resource "google_sql_database_instance" "db1" {
  database_version = "POSTGRES_14"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "log_min_messages"
      value = "LOG" # finding
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
      name  = "log_min_messages"
      value = "warning"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.google.sql import KIND, postgres

_TOO_HIGH = frozenset({"log", "fatal", "panic"})


@rule(target=KIND, severity=Severity.MEDIUM, aliases="AVD-GCP-0018 google-sql-pg-log-errors")
def check(body: Node) -> Iterator[Fail]:
    for instance in postgres(body):
        value = instance.flag("log_min_messages")
        if value is not None and (value.text or "").lower() in _TOO_HIGH:
            yield Fail(value, f"only messages from {value.text} on are logged, so errors are not", expected="error or lower")
