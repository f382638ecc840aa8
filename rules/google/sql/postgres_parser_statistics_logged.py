"""PostgreSQL on Cloud SQL logs statistics of its parser.

## Why it matters
Parsing takes microseconds, and its statistics fill the log for nothing; each entry also carries the statement, with the values that stand
in it.

## Five whys
1. Why do customers' names stand in the log? Parser statistics print each statement.
2. Why are they on? `log_parser_stats` was set together with all other statistics.
3. Why? A guide for a test system said so.

## Fix now
`gcloud sql instances patch INSTANCE --database-flags=log_parser_stats=off`, without a restart. Mind that the option replaces all flags of
the instance, so list those that are set already.

## Workaround
For one session only: `SET log_parser_stats = on;` as a superuser of a copy on your own machine.

## Prevent
Take flags for developers of PostgreSQL out of the module's allowed list.

## Validate
`SHOW log_parser_stats;` prints off.

## Bad
```hcl
resource "google_sql_database_instance" "db0" {
  database_version = "POSTGRES_14"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "log_parser_stats"
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
      name  = "log_parser_stats"
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


@rule(target=KIND, severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV2_GCP_15")
def check(body: Node) -> Iterator[Fail]:
    for instance in postgres(body):
        value = instance.set_to("log_parser_stats", on=True)
        if value is not None:
            yield Fail(value, "the log is filled with what parsing a text used", expected="off")
