"""PostgreSQL on Cloud SQL logs statistics of its executor.

## Why it matters
Four statements a second become forty lines a second: the log grows faster than anybody reads it, its bill too, and the numbers of the
executor help only who develops PostgreSQL.

## Five whys
1. Why is the logging bill ten times what it was? The database writes a block of numbers for each statement.
2. Why? `log_executor_stats` is on.
3. Why? Someone looked for a slow query and forgot to turn it off.

## Fix now
`gcloud sql instances patch INSTANCE --database-flags=log_executor_stats=off`, without a restart. Mind that the option replaces all flags
of the instance, so list those that are set already.

## Workaround
`EXPLAIN (ANALYZE, BUFFERS) SELECT ...` shows the same for the one statement in question.

## Prevent
Query Insights in the module for that kind of question.

## Validate
`SHOW log_executor_stats;` prints off.

## Bad
```hcl
resource "google_sql_database_instance" "db0" {
  database_version = "POSTGRES_14"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "log_executor_stats"
      value = "on" # finding
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
      name  = "log_executor_stats"
      value = "off"
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

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.google.sql import KIND, postgres


@rule(target=KIND, severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV2_GCP_14")
def check(body: Node) -> Iterator[Fail]:
    for instance in postgres(body):
        value = instance.set_to("log_executor_stats", on=True)
        if value is not None:
            yield Fail(value, "the log is filled with what the executor used: time, page faults, context switches", expected="off")
