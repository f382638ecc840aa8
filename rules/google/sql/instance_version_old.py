"""A Cloud SQL instance runs an old major version of its database.

## Why it matters
A version without support gets no security fixes. Cloud SQL then charges for extended support, and in the end upgrades the instance on a
day of its own choice, without your test.

## Five whys
1. Why did the instance upgrade itself over the weekend? Its version had reached the end of support.
2. Why was it still in use? Upgrades of databases are put off until they hurt.
3. Why do they hurt? They are done once in five years, so nobody is in practice.

## Fix now
Try it on a copy: `gcloud sql instances clone INSTANCE TRIAL`, `gcloud sql instances patch TRIAL --database-version=POSTGRES_17`, run the
tests against it; then the same patch on the instance, which stands still for some minutes. MySQL 5.7 first becomes 8.0.

## Workaround
Logical replication into a new instance by Database Migration Service makes the pause a few seconds.

## Prevent
One major upgrade a year as a fixed date; the version as a variable of the module, not of each instance.

## Validate
`gcloud sql instances describe INSTANCE --format="value(databaseVersion,upgradableDatabaseVersions[].name)"` shows a short list.

## Bad
```hcl
resource "google_sql_database_instance" "shop" {
  database_version = "POSTGRES_11" # finding
  settings {
    tier = "db-custom-2-7680"
  }
}

resource "google_sql_database_instance" "crm" {
  database_version = "MYSQL_5_7" # finding
  settings {
    tier = "db-custom-2-7680"
  }
}
```

## Good
```hcl
resource "google_sql_database_instance" "shop" {
  database_version = "POSTGRES_17"
  settings {
    tier = "db-custom-2-7680"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.google.sql import KIND, Instance

_OLDEST = {"POSTGRES": 15, "MYSQL": 8, "SQLSERVER": 2019}
"""The oldest major versions that their makers still mend for a good while."""


@rule(target=KIND, severity=Severity.MEDIUM, aliases="CKV_GCP_79")
def check(body: Node) -> Iterator[Fail]:
    instance = Instance(body)
    version = instance.version
    if version is not None and version[0] < _OLDEST[instance.engine]:
        node = body.at("database_version")
        yield Fail(
            node, f"{node.text} is at or near the end of its support", expected=f"{instance.engine}_{_OLDEST[instance.engine]} or later"
        )
