"""A Cloud SQL instance does not ask its clients for a certificate.

## Why it matters
Whoever learns a database password can use it from every place that reaches the instance. A client certificate is a second thing that has
to be stolen, and the Auth Proxy makes one by itself for each caller that IAM lets in.

## Five whys
1. Why was the leaked password enough? The instance asks for nothing else.
2. Why? Its TLS mode does not require a trusted client certificate.
3. Why not? Certificates for clients looked like work that never ends.

## Fix now
Move clients to the Auth Proxy or a connector, then `gcloud sql instances patch INSTANCE --ssl-mode=TRUSTED_CLIENT_CERTIFICATE_REQUIRED`.
A client without it gets `gcloud sql ssl client-certs create NAME key.pem --instance=INSTANCE`. SQL Server knows no client certificates:
`ENCRYPTED_ONLY` is its strictest mode.

## Workaround
`--connector-enforcement=REQUIRED` has the same effect: only the proxy and the connectors get in.

## Prevent
IAM database authentication in the place of passwords (`cloudsql.iam_authentication`), and the mode in the module.

## Validate
`psql "host=ADDRESS sslmode=require user=postgres"` without a certificate is refused.

## Bad
```hcl
resource "google_sql_database_instance" "shop" {
  database_version = "POSTGRES_15"
  settings {
    tier = "db-custom-2-7680"
    ip_configuration {
      ssl_mode = "ENCRYPTED_ONLY" # finding
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
      ssl_mode = "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"
    }
  }
}

resource "google_sql_database_instance" "erp" {
  database_version = "SQLSERVER_2022_STANDARD"
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

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.google.sql import KIND, Instance

_STRICT = "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"


@rule(target=KIND, severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV_GCP_6")
def check(body: Node) -> Iterator[Fail]:
    mode = body.at("settings.ip_configuration.ssl_mode")
    if mode.present and mode.text == "ENCRYPTED_ONLY" and Instance(body).engine != "SQLSERVER":
        yield Fail(mode, "a password alone opens the database", expected=_STRICT)
