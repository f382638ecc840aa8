"""PostgreSQL on Cloud SQL logs addresses of clients and no host names.

## Why it matters
Addresses of containers and autoscaled machines belong to somebody else an hour later. A name in the log line still says which client it
was; the price is a DNS look-up for each connection.

## Five whys
1. Why does the address in the log lead nowhere? Another machine has it today.
2. Why is there no name? `log_hostname` is off by default.
3. Why? Looking names up can slow connections down.

## Fix now
`gcloud sql instances patch INSTANCE --database-flags=log_hostname=on`, with connection pooling in front. Mind that the option replaces
all flags of the instance, so list those that are set already.

## Workaround
Let each client say who it is: `application_name` in the connection string is logged without any look-up.

## Prevent
`application_name` set by the library that all services use, and a suppression of this rule with that reason.

## Validate
`SHOW log_hostname;` prints on.

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
      name  = "log_hostname"
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
      name  = "log_hostname"
      value = "on"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.google.sql import KIND, postgres


@rule(target=KIND, severity=Severity.INFO, confidence=Confidence.LIKELY, aliases="CKV_GCP_108")
def check(body: Node) -> Iterator[Fail]:
    for instance in postgres(body):
        if instance.set_to("log_hostname", on=True) is None:
            yield Fail(instance.flag("log_hostname") or body, "host names of clients are not logged", expected="log_hostname = on")
