"""PostgreSQL on Cloud SQL logs statistics of every statement.

## Why it matters
It is the sum of the three other statistics, for every statement that anybody sends, and cannot even be combined with them. A busy
instance spends a good part of its time on its own log.

## Five whys
1. Why is a quarter of the disk's throughput used by the log? Statistics of each statement go there.
2. Why? `log_statement_stats` is on.
3. Why? It was mistaken for `pg_stat_statements`.

## Fix now
`gcloud sql instances patch INSTANCE --database-flags=log_statement_stats=off`, without a restart. Mind that the option replaces all flags
of the instance, so list those that are set already.

## Workaround
`CREATE EXTENSION pg_stat_statements;` keeps totals by statement in memory, without any log.

## Prevent
`pg_stat_statements` in every database, by the migration that creates it.

## Validate
`SHOW log_statement_stats;` prints off.

## Bad
```hcl
resource "google_sql_database_instance" "db0" {
  database_version = "POSTGRES_14"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "log_statement_stats"
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
      name  = "log_statement_stats"
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


@rule(target=KIND, severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV2_GCP_17")
def check(body: Node) -> Iterator[Fail]:
    for instance in postgres(body):
        value = instance.set_to("log_statement_stats", on=True)
        if value is not None:
            yield Fail(value, "the log is filled with what parser, planner and executor used together", expected="off")
