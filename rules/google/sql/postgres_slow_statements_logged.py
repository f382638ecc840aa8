"""PostgreSQL on Cloud SQL writes slow statements to its log.

## Why it matters
The log gets the whole statement with its values: names, card numbers, tokens. Logs are read by more people than tables are, and kept in
more places.

## Five whys
1. Why do customers' data stand in Cloud Logging? A slow statement was logged with its values.
2. Why? `log_min_duration_statement` has a threshold.
3. Why? It is the usual way to find slow statements.

## Fix now
`gcloud sql instances patch INSTANCE --database-flags=log_min_duration_statement=-1`, and Query Insights instead, which leaves values out:
`--insights-config-query-insights-enabled`. Mind that the option replaces all flags of the instance, so list those that are set already.

## Workaround
Where the log is protected like the data (restricted view on a log bucket), keep it and suppress the rule with that reason.

## Prevent
Query Insights in the module; bind parameters and `log_parameter_max_length=0`.

## Validate
`SHOW log_min_duration_statement;` prints -1.

## Bad
```hcl
resource "google_sql_database_instance" "db0" {
  database_version = "POSTGRES_14"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "log_min_duration_statement"
      value = "1000" # finding
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
      name  = "log_min_duration_statement"
      value = "-1"
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


@rule(
    target=KIND,
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="CKV_GCP_57 AVD-GCP-0021 google-sql-pg-no-min-statement-logging",
)
def check(body: Node) -> Iterator[Fail]:
    for instance in postgres(body):
        value = instance.flag("log_min_duration_statement")
        if value is not None and value.number != -1:
            yield Fail(value, "statements are written to the log with the values in them", expected="-1")
