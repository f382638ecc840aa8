"""The code does not switch off ownership chains across databases.

## Why it matters
SQL Server has them off, and a flag that somebody sets in the console stays: the code, which says nothing, does not bring the default
back, and no plan shows it.

## Five whys
1. Why did the plan not show the switch that was set by hand? The code does not mention the flag.
2. Why not? The default is safe.
3. Why is that not enough? The benchmark asks for the value to be written, since only then a change is seen.

## Fix now
Write a `database_flags` block with `cross db ownership chaining` and `off`; the next plan shows whether the instance differs. Mind that
the option replaces all flags of the instance, so list those that are set already.

## Workaround
Look by hand: `gcloud sql instances describe INSTANCE --format="yaml(settings.databaseFlags)"`.

## Prevent
The flag in the module for SQL Server.

## Validate
`terraform plan` shows no change after the apply.

## Bad
```hcl
resource "google_sql_database_instance" "db0" { # finding
  database_version = "SQLSERVER_2019_STANDARD"
  settings {
    tier = "db-custom-2-7680"
  }
}
```

## Good
```hcl
resource "google_sql_database_instance" "db0" {
  database_version = "SQLSERVER_2019_STANDARD"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "cross db ownership chaining"
      value = "off"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.google.sql import KIND, sqlserver


@rule(target=KIND, severity=Severity.INFO, confidence=Confidence.LIKELY, aliases="AVD-GCP-0019 google-sql-no-cross-db-ownership-chaining")
def check(body: Node) -> Iterator[Fail]:
    for instance in sqlserver(body):
        if instance.flag("cross db ownership chaining") is None:
            yield Fail(body, "whether ownership chains cross databases is not written down", expected="cross db ownership chaining = off")
