"""PostgreSQL on Cloud SQL does not log its temporary files.

## Why it matters
A sort or join that does not fit into `work_mem` goes to disk, and can fill it. The log line names the statement and the size; without it
one sees a slow query, or a full disk, and no reason.

## Five whys
1. Why did the disk grow by 200 GB overnight? Temporary files filled it.
2. Why is the statement not known? Temporary files are not logged.
3. Why not? `log_temp_files` is -1 by default, which logs none.

## Fix now
`gcloud sql instances patch INSTANCE --database-flags=log_temp_files=0`; 0 means all of them, a number the size in kB from which. Mind
that the option replaces all flags of the instance, so list those that are set already.

## Workaround
Now: `SELECT datname, temp_files, pg_size_pretty(temp_bytes) FROM pg_stat_database;`, and `EXPLAIN (ANALYZE, BUFFERS)` for a suspect.

## Prevent
In the module; raise `work_mem` for the roles that sort a lot (`ALTER ROLE report SET work_mem = '256MB'`).

## Validate
`SHOW log_temp_files;` prints 0.

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
      name  = "log_temp_files"
      value = "-1" # finding
    }
  }
}

resource "google_sql_database_instance" "db2" {
  database_version = "POSTGRES_14"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "log_temp_files"
      value = "100" # finding
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
      name  = "log_temp_files"
      value = "0"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.google.sql import KIND, postgres


@rule(
    target=KIND, severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV_GCP_56 AVD-GCP-0014 google-sql-enable-pg-temp-file-logging"
)
def check(body: Node) -> Iterator[Fail]:
    for instance in postgres(body):
        value = instance.flag("log_temp_files")
        if value is None or value.number != 0:
            yield Fail(body if value is None else value, "not every temporary file is logged", expected="log_temp_files = 0")
