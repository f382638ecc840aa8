"""The code does not switch off logins that live inside of databases.

## Why it matters
The engine has contained authentication off. A vendor's script or a click in the console turns it on for good, and code without the flag
neither sees nor undoes that.

## Five whys
1. Why is the flag on although nobody decided so? A restore guide said to set it.
2. Why was it not set back? The code leaves it alone.
3. Why? It was not thought of as a setting of ours.

## Fix now
Write a `database_flags` block with `contained database authentication` and `off`. Mind that the option replaces all flags of the
instance, so list those that are set already.

## Workaround
`gcloud sql instances describe INSTANCE --format="yaml(settings.databaseFlags)"` shows what was set by hand.

## Prevent
The flag in the module for SQL Server, beside the one for ownership chains.

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
      name  = "contained database authentication"
      value = "off"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.google.sql import KIND, sqlserver


@rule(target=KIND, severity=Severity.INFO, confidence=Confidence.LIKELY, aliases="AVD-GCP-0023 google-sql-no-contained-db-auth")
def check(body: Node) -> Iterator[Fail]:
    for instance in sqlserver(body):
        if instance.flag("contained database authentication") is None:
            yield Fail(
                body,
                "whether databases may keep logins of their own is not written down",
                expected="contained database authentication = off",
            )
