"""PostgreSQL on Cloud SQL is given a message level that does not exist.

## Why it matters
A level that PostgreSQL does not know is refused when the flags are applied: the change fails, or the old level stays while the code says
something else.

## Five whys
1. Why does the log hold less than the code says? The level in the code was never applied.
2. Why not? It is not one of the levels.
3. Why did nobody see it? The failed operation stands in the instance's operations, not in the log.

## Fix now
Choose one of debug5 to debug1, info, notice, warning, error, log, fatal, panic: `gcloud sql instances patch INSTANCE
--database-flags=log_min_messages=warning`. Mind that the option replaces all flags of the instance, so list those that are set already.

## Workaround
Leave the flag out: the default is warning.

## Prevent
A `validation` block on the variable of the module that lists the levels.

## Validate
`SHOW log_min_messages;` prints what the code says.

## Bad
```hcl
resource "google_sql_database_instance" "db0" {
  database_version = "POSTGRES_14"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "log_min_messages"
      value = "debug6" # finding
    }
  }
}

resource "google_sql_database_instance" "db1" {
  database_version = "POSTGRES_14"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "log_min_messages"
      value = "verbose" # finding
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

resource "google_sql_database_instance" "db1" {
  database_version = "POSTGRES_14"
  settings {
    tier = "db-custom-2-7680"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.google.sql import KIND, postgres

_LEVELS = frozenset(["debug5", "debug4", "debug3", "debug2", "debug1", "info", "notice", "warning", "error", "log", "fatal", "panic"])


@rule(target=KIND, severity=Severity.LOW, aliases="CKV_GCP_55")
def check(body: Node) -> Iterator[Fail]:
    for instance in postgres(body):
        value = instance.flag("log_min_messages")
        if value is not None and (value.text or "").lower() not in _LEVELS:
            yield Fail(value, f"{value.text} is not a level of messages", expected="warning")
