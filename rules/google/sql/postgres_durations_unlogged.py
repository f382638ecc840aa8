"""PostgreSQL on Cloud SQL does not log how long statements take.

## Why it matters
With the duration of each completed statement, an auditor or an engineer sees when the load changed. It is many lines: Query Insights
gives the same answer with less.

## Five whys
1. Why can the slow hour of last week not be explained? No durations were recorded.
2. Why not? `log_duration` is off by default.
3. Why? One line for each statement was thought to be too much.

## Fix now
`gcloud sql instances patch INSTANCE --database-flags=log_duration=on`. Mind that the option replaces all flags of the instance, so list
those that are set already.

## Workaround
`gcloud sql instances patch INSTANCE --insights-config-query-insights-enabled` keeps durations by query without log lines; suppress this
rule with that reason.

## Prevent
Decide once, in the module, which of the two is used.

## Validate
`SHOW log_duration;` prints on.

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
      name  = "log_duration"
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
      name  = "log_duration"
      value = "on"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.google.sql import KIND, postgres


@rule(target=KIND, severity=Severity.INFO, confidence=Confidence.LIKELY, aliases="CKV2_GCP_13")
def check(body: Node) -> Iterator[Fail]:
    for instance in postgres(body):
        if instance.set_to("log_duration", on=True) is None:
            yield Fail(instance.flag("log_duration") or body, "durations of statements are not logged", expected="log_duration = on")
