"""PostgreSQL on Cloud SQL does not log who connects.

## Why it matters
After an incident the first question is who was connected, from which address and as which user. PostgreSQL does not write that down
unless told to, and it cannot be told afterwards.

## Five whys
1. Why can nobody say which address read the table? Connections were not logged.
2. Why not? `log_connections` is off, which is the default.
3. Why was it left so? Nobody needed it before that day.

## Fix now
`gcloud sql instances patch INSTANCE --database-flags=log_connections=on`, without a restart. Mind that the option replaces all flags of
the instance, so list those that are set already (`gcloud sql instances describe INSTANCE --format="yaml(settings.databaseFlags)"`).

## Workaround
Connections that are open now: `SELECT usename, client_addr, backend_start FROM pg_stat_activity;`.

## Prevent
A module for instances with the logging flags as its base list, to which callers only add.

## Validate
Connect once, then `gcloud logging read 'resource.type="cloudsql_database" AND textPayload:"connection authorized"' --limit=1` prints the
line.

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
      name  = "log_connections"
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
      name  = "log_connections"
      value = "on"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.google.sql import KIND, postgres


@rule(target=KIND, severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV_GCP_52 AVD-GCP-0016 google-sql-pg-log-connections")
def check(body: Node) -> Iterator[Fail]:
    for instance in postgres(body):
        if instance.set_to("log_connections", on=True) is None:
            yield Fail(
                instance.flag("log_connections") or body, "connections to the database are not logged", expected="log_connections = on"
            )
