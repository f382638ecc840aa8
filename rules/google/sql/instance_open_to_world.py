"""A Cloud SQL instance accepts connections from the whole internet.

## Why it matters
Between the internet and the tables stands one password. Databases that answer everybody are found within hours, guessed at without pause,
and emptied for a ransom.

## Five whys
1. Why is the instance under constant login attempts? It answers to every address.
2. Why? `0.0.0.0/0` is one of its authorized networks.
3. Why? A developer's address changed every day.
4. Why not another way? The Auth Proxy was not known to make addresses irrelevant.

## Fix now
`gcloud sql instances patch INSTANCE --authorized-networks=203.0.113.0/24`, the list replaces the old one; `--clear-authorized-networks`
leaves none. People and programs use the proxy: `cloud-sql-proxy PROJECT:REGION:INSTANCE`, with the role `roles/cloudsql.client`. Then
change the passwords.

## Workaround
Require client certificates, so that a password alone is useless: `gcloud sql instances patch INSTANCE
--ssl-mode=TRUSTED_CLIENT_CERTIFICATE_REQUIRED`.

## Prevent
The organization policies `constraints/sql.restrictAuthorizedNetworks` and `constraints/sql.restrictPublicIp`.

## Validate
`gcloud sql instances describe INSTANCE --format="value(settings.ipConfiguration.authorizedNetworks[].value)"` shows no `0.0.0.0/0`, and
`nc -zvw3 ADDRESS 5432` from outside times out.

## Bad
```hcl
resource "google_sql_database_instance" "shop" {
  database_version = "POSTGRES_15"
  settings {
    tier = "db-custom-2-7680"
    ip_configuration {
      authorized_networks {
        name  = "office"
        value = "203.0.113.0/24"
      }
      authorized_networks {
        name  = "all"
        value = "0.0.0.0/0" # finding
      }
    }
  }
}
```

## Good
```hcl
resource "google_sql_database_instance" "shop" {
  database_version = "POSTGRES_15"
  settings {
    tier = "db-custom-2-7680"
    ip_configuration {
      authorized_networks {
        name  = "office"
        value = "203.0.113.0/24"
      }
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.address_range import is_anywhere
from auditor.views.google.sql import KIND


@rule(target=KIND, severity=Severity.CRITICAL, profile=Profile.GATE, aliases="CKV_GCP_11 AVD-GCP-0017 google-sql-no-public-access")
def check(body: Node) -> Iterator[Fail]:
    for value in body.each("settings.ip_configuration.authorized_networks.value"):
        if is_anywhere(value.text):
            yield Fail(value, f"the whole internet ({value.text}) may connect to the database", expected="single networks")
