"""PostgreSQL on Cloud SQL does not log its checkpoints.

## Why it matters
A checkpoint writes all changed pages at once; when they come too often, every statement gets slow for no visible reason. The log line
says how many pages, how long, and whether the time or the amount of changes caused it.

## Five whys
1. Why is the database slow every few minutes? Something writes a lot, all at once.
2. Why is it not known what? Checkpoints are not logged.
3. Why not? Before version 15 the default is off, and nobody turned it on.

## Fix now
`gcloud sql instances patch INSTANCE --database-flags=log_checkpoints=on`. Mind that the option replaces all flags of the instance, so
list those that are set already.

## Workaround
`SELECT checkpoints_timed, checkpoints_req FROM pg_stat_bgwriter;` (from version 17: `pg_stat_checkpointer`) twice, ten minutes apart: the
second number should not grow.

## Prevent
In the module; and an alert on "checkpoints are occurring too frequently".

## Validate
`SHOW log_checkpoints;` prints on.

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
      name  = "log_checkpoints"
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
      name  = "log_checkpoints"
      value = "on"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.google.sql import KIND, postgres

_ON_SINCE = 15
"""The version of PostgreSQL from which it is on by default."""


@rule(target=KIND, severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV_GCP_51 AVD-GCP-0025 google-sql-pg-log-checkpoints")
def check(body: Node) -> Iterator[Fail]:
    for instance in postgres(body):
        version = instance.version
        off = instance.set_to("log_checkpoints", on=False)
        if off is not None:
            yield Fail(off, "checkpoints are not logged", expected="on")
        elif version is not None and version[0] < _ON_SINCE and instance.flag("log_checkpoints") is None:
            yield Fail(body, "checkpoints are not logged", expected="log_checkpoints = on")
