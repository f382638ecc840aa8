"""PostgreSQL on Cloud SQL does not log the statements that fail.

## Why it matters
An error without its statement ("permission denied for table accounts") tells neither which application sent it nor whether it was an
injection being tried out.

## Five whys
1. Why can the error not be traced to an application? The statement is not in the log.
2. Why? `log_min_error_statement` is above error.
3. Why? Somebody wanted no data values in the log, which statements may hold.

## Fix now
`gcloud sql instances patch INSTANCE --database-flags=log_min_error_statement=error`. Mind that the option replaces all flags of the
instance, so list those that are set already.

## Workaround
Against values in the log: let the application use bind parameters, and set `log_parameter_max_length_on_error=0`.

## Prevent
The flag out of the module: its default is error.

## Validate
`SELECT * FROM no_such_table;` leaves a line "STATEMENT:" in the log.

## Bad
```hcl
resource "google_sql_database_instance" "db0" {
  database_version = "POSTGRES_14"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "log_min_error_statement"
      value = "log" # finding
    }
  }
}

resource "google_sql_database_instance" "db1" {
  database_version = "POSTGRES_14"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "log_min_error_statement"
      value = "fatal" # finding
    }
  }
}

resource "google_sql_database_instance" "db2" {
  database_version = "POSTGRES_14"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "log_min_error_statement"
      value = "panic" # finding
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
      name  = "log_min_error_statement"
      value = "error"
    }
  }
}

resource "google_sql_database_instance" "db1" {
  database_version = "POSTGRES_14"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "log_min_error_statement"
      value = "info"
    }
  }
}

resource "google_sql_database_instance" "db2" {
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

_TOO_HIGH = frozenset({"log", "fatal", "panic"})


@rule(target=KIND, severity=Severity.LOW, aliases="CKV_GCP_109")
def check(body: Node) -> Iterator[Fail]:
    for instance in postgres(body):
        value = instance.flag("log_min_error_statement")
        if value is not None and (value.text or "").lower() in _TOO_HIGH:
            yield Fail(value, f"statements that fail are logged from {value.text} on only", expected="error or lower")
