"""SQL Server on Cloud SQL lets databases keep logins of their own.

## Why it matters
Whoever is owner of one database can then let anybody log in to the instance, past the server's logins, its password policy and its audit
of logins. Such users also travel with a restored backup.

## Five whys
1. Why is there a login that the server does not list? It lives inside of a database.
2. Why can it? Contained authentication is on.
3. Why? A vendor's database was restored and would not work without it.

## Fix now
`gcloud sql instances patch INSTANCE --database-flags="contained database authentication"=off`. Mind that the option replaces all flags of
the instance, so list those that are set already. Move users over first: `sp_migrate_user_to_contained` in the other direction, as `CREATE
LOGIN` and `ALTER USER ... WITH LOGIN`.

## Workaround
List them: `SELECT name FROM sys.database_principals WHERE authentication_type_desc = 'DATABASE';` in each database.

## Prevent
Off in the module.

## Validate
`SELECT value_in_use FROM sys.configurations WHERE name = 'contained database authentication';` prints 0.

## Bad
```hcl
resource "google_sql_database_instance" "db0" {
  database_version = "SQLSERVER_2019_STANDARD"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "contained database authentication"
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
      name  = "contained database authentication"
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


@rule(target=KIND, severity=Severity.MEDIUM, aliases="CKV_GCP_59 AVD-GCP-0023 google-sql-no-contained-db-auth")
def check(body: Node) -> Iterator[Fail]:
    for instance in sqlserver(body):
        value = instance.set_to("contained database authentication", on=True)
        if value is not None:
            yield Fail(value, "owners of a database can let anybody log in", expected="off")
