"""A Cloud SQL instance lets clients connect without TLS.

## Why it matters
Passwords and rows cross the network in clear text as soon as one client does not ask for TLS, and many drivers do not. Inside of a VPC
this is readable for whoever mirrors packets or taps a peering.

## Five whys
1. Why was the password seen in a packet capture? The client spoke without TLS.
2. Why was that accepted? The instance takes both kinds of connections.
3. Why? That is the provider's default, made for old clients.

## Fix now
Look who would break: `SELECT datname, usename, client_addr FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE NOT ssl;` (MySQL:
`SHOW STATUS LIKE 'Ssl_cipher'` per session). Then `gcloud sql instances patch INSTANCE --ssl-mode=ENCRYPTED_ONLY`.

## Workaround
The Auth Proxy and the connectors always use TLS: move single clients there first.

## Prevent
`ssl_mode = "ENCRYPTED_ONLY"` in the module, and `sslmode=verify-ca` in the clients.

## Validate
`psql "host=ADDRESS sslmode=disable user=postgres"` is refused.

## Bad
```hcl
resource "google_sql_database_instance" "shop" {
  database_version = "POSTGRES_15"
  settings {
    tier = "db-custom-2-7680"
    ip_configuration {
      ssl_mode = "ALLOW_UNENCRYPTED_AND_ENCRYPTED" # finding
    }
  }
}

resource "google_sql_database_instance" "crm" {
  database_version = "POSTGRES_15"
  settings {
    tier = "db-custom-2-7680"
    ip_configuration {
      require_ssl = false # finding
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
      ssl_mode = "ENCRYPTED_ONLY"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.google.sql import KIND

_PLAIN = "ALLOW_UNENCRYPTED_AND_ENCRYPTED"


@rule(target=KIND, severity=Severity.MEDIUM, aliases="AVD-GCP-0015 google-sql-encrypt-in-transit-data CKV_GCP_6")
def check(body: Node) -> Iterator[Fail]:
    settings = body.at("settings.ip_configuration")
    mode, required = settings.at("ssl_mode"), settings.at("require_ssl")
    if mode.present and mode.data != "":
        if mode.text == _PLAIN:
            yield Fail(mode, "clients may connect without TLS", expected="ENCRYPTED_ONLY")
    elif required.missing or required.flag is not True:
        yield Fail(required, "clients may connect without TLS", expected="ssl_mode = ENCRYPTED_ONLY")
