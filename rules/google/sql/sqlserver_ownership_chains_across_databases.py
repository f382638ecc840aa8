"""SQL Server on Cloud SQL lets ownership chains cross databases.

## Why it matters
A view or procedure in one database then reads tables of another without a permission there, if both have the same owner. Who may create
views in the least important database reads the most important one.

## Five whys
1. Why could a report user read the payroll database? A view in the report database reaches into it.
2. Why was no permission asked for? Ownership chains cross databases on this instance.
3. Why? An old application was split over two databases.

## Fix now
`gcloud sql instances patch INSTANCE --database-flags="cross db ownership chaining"=off`. Mind that the option replaces all flags of the
instance, so list those that are set already. Applications that break need explicit grants, or module signing.

## Workaround
Give the databases different owners, which breaks the chains: `ALTER AUTHORIZATION ON DATABASE::payroll TO payroll_owner;`.

## Prevent
Off in the module; one instance per application.

## Validate
`SELECT value_in_use FROM sys.configurations WHERE name = 'cross db ownership chaining';` prints 0.

## Bad
```hcl
resource "google_sql_database_instance" "db0" {
  database_version = "SQLSERVER_2019_STANDARD"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "cross db ownership chaining"
      value = "on" # finding
    }
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

resource "google_sql_database_instance" "db1" {
  database_version = "SQLSERVER_2019_STANDARD"
  settings {
    tier = "db-custom-2-7680"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.google.sql import KIND, sqlserver


@rule(target=KIND, severity=Severity.MEDIUM, aliases="CKV_GCP_58 AVD-GCP-0019 google-sql-no-cross-db-ownership-chaining")
def check(body: Node) -> Iterator[Fail]:
    for instance in sqlserver(body):
        value = instance.set_to("cross db ownership chaining", on=True)
        if value is not None:
            yield Fail(value, "permissions of one database reach into others", expected="off")
