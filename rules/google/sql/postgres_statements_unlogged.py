"""PostgreSQL on Cloud SQL logs no statements at all.

## Why it matters
Nobody can say who dropped the table or granted themselves a role. `ddl` logs just such statements and costs next to nothing; `mod` adds
changes of data.

## Five whys
1. Why is it not known who dropped the column? Statements are not logged.
2. Why not? `log_statement` is none by default.
3. Why was it left so? Logging all statements was tried once, and was far too much.

## Fix now
`gcloud sql instances patch INSTANCE --database-flags=log_statement=ddl`. Mind that the option replaces all flags of the instance, so list
those that are set already.

## Workaround
pgAudit does the same with objects and classes, when more is needed: `cloudsql.enable_pgaudit=on`, `pgaudit.log=ddl,role`.

## Prevent
`log_statement = ddl` in the module.

## Validate
`CREATE TABLE t (i int); DROP TABLE t;` leaves two lines "statement:" in the log.

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
      name  = "log_statement"
      value = "none" # finding
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
      name  = "log_statement"
      value = "ddl"
    }
  }
}

resource "google_sql_database_instance" "db1" {
  database_version = "POSTGRES_14"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "log_statement"
      value = "all"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.google.sql import KIND, postgres


@rule(target=KIND, severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV_GCP_111")
def check(body: Node) -> Iterator[Fail]:
    for instance in postgres(body):
        value = instance.flag("log_statement")
        if value is None or (value.text or "").lower() not in ("ddl", "mod", "all"):
            yield Fail(body if value is None else value, "no statement is logged", expected="log_statement = ddl")
