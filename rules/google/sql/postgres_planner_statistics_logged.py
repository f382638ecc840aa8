"""PostgreSQL on Cloud SQL logs statistics of its planner.

## Why it matters
Every statement gets a block of planner numbers. The load of writing them makes the slow database slower, just when somebody wants to know
why it is slow.

## Five whys
1. Why did the latency rise after the flag was set? Each statement now writes a dozen lines.
2. Why was it set? Bad plans were suspected.
3. Why with this flag? Its name promises an answer about plans, and it only gives times.

## Fix now
`gcloud sql instances patch INSTANCE --database-flags=log_planner_stats=off`, without a restart. Mind that the option replaces all flags
of the instance, so list those that are set already.

## Workaround
`auto_explain.log_min_duration=1000` writes the plans of slow statements, which is what was wanted.

## Prevent
`auto_explain` in the module, with a threshold.

## Validate
`SHOW log_planner_stats;` prints off.

## Bad
```hcl
resource "google_sql_database_instance" "db0" {
  database_version = "POSTGRES_14"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "log_planner_stats"
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
      name  = "log_planner_stats"
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


@rule(target=KIND, severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV2_GCP_16")
def check(body: Node) -> Iterator[Fail]:
    for instance in postgres(body):
        value = instance.set_to("log_planner_stats", on=True)
        if value is not None:
            yield Fail(value, "the log is filled with what finding a plan used", expected="off")
