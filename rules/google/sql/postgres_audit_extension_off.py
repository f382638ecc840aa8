"""PostgreSQL on Cloud SQL runs without its audit extension.

## Why it matters
Statement logging shows the text that a client sent. pgAudit shows what was really touched: tables behind views and functions, by which
role, also inside of blocks. Regulations that ask for an audit log of data access mean this.

## Five whys
1. Why can nobody prove who read the patients' table? The reads went through a function, and only its call is in the log.
2. Why? There is no audit of objects.
3. Why not? pgAudit has to be switched on and told what to log.

## Fix now
`gcloud sql instances patch INSTANCE --database-flags=cloudsql.enable_pgaudit=on,pgaudit.log=all` restarts the instance; then `CREATE
EXTENSION pgaudit;` in each database. Mind that the option replaces all flags of the instance, so list those that are set already.

## Workaround
`log_statement=mod` without a restart gives a part of it.

## Prevent
The flag from the first day in the module: later it costs a restart.

## Validate
`gcloud logging read 'protoPayload.request.@type="type.googleapis.com/google.cloud.sql.audit.v1.PgAuditEntry"' --limit=1` prints an entry.

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
      name  = "cloudsql.enable_pgaudit"
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
      name  = "cloudsql.enable_pgaudit"
      value = "on"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.google.sql import KIND, postgres


@rule(target=KIND, severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV_GCP_110")
def check(body: Node) -> Iterator[Fail]:
    for instance in postgres(body):
        if instance.set_to("cloudsql.enable_pgaudit", on=True) is None:
            yield Fail(
                instance.flag("cloudsql.enable_pgaudit") or body,
                "nothing records which tables are read and changed",
                expected="cloudsql.enable_pgaudit = on",
            )
