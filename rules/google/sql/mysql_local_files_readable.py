"""MySQL on Cloud SQL may ask its clients for their local files.

## Why it matters
With `local_infile`, the server names the file that a client sends for `LOAD DATA LOCAL`. A forged or taken-over server, or an injected
statement, so reads files of the application server: keys, configuration, tokens.

## Five whys
1. Why did an injection in a form end with a stolen private key? The statement asked the client for the file.
2. Why did it work? `local_infile` is on for the instance.
3. Why? An import job uses it once a month.

## Fix now
`gcloud sql instances patch INSTANCE --database-flags=local_infile=off`, without a restart. Mind that the option replaces all flags of the
instance, so list those that are set already.

## Workaround
Import through a bucket: `gcloud sql import csv INSTANCE gs://BUCKET/FILE --database=DB --table=TABLE`.

## Prevent
Off in the module; clients built without the capability (`allowLoadLocalInfile=false`).

## Validate
`SHOW VARIABLES LIKE 'local_infile';` prints OFF.

## Bad
```hcl
resource "google_sql_database_instance" "db0" {
  database_version = "MYSQL_8_0"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "local_infile"
      value = "on" # finding
    }
  }
}
```

## Good
```hcl
resource "google_sql_database_instance" "db0" {
  database_version = "MYSQL_8_0"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "local_infile"
      value = "off"
    }
  }
}

resource "google_sql_database_instance" "db1" {
  database_version = "MYSQL_8_0"
  settings {
    tier = "db-custom-2-7680"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.google.sql import KIND, mysql


@rule(target=KIND, severity=Severity.MEDIUM, aliases="CKV_GCP_50 AVD-GCP-0026 google-sql-mysql-no-local-infile")
def check(body: Node) -> Iterator[Fail]:
    for instance in mysql(body):
        value = instance.set_to("local_infile", on=True)
        if value is not None:
            yield Fail(value, "clients may be asked for their local files", expected="off")
