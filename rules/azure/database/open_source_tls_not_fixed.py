"""A MySQL, MariaDB or PostgreSQL server is not held at TLS 1.2.

## Why it matters
When nothing is written, the servers of azurerm before 4.0 enforce no version at all: TLS 1.0 is accepted, whose encryption can be broken
on the way.

## Five whys
1. Why does the server negotiate TLS 1.0? The client proposed it.
2. Why was it accepted? The server enforces no minimum.
3. Why? `ssl_minimal_tls_version_enforced` is missing or old.

## Fix now
`az postgres server update --name SERVER --resource-group GROUP --minimal-tls-version TLS1_2` (`az mysql server`, `az mariadb server`
alike).

## Workaround
Set the version in the clients (`ssl_min_protocol_version=TLSv1.2` in libpq).

## Prevent
Write it in the module; single servers end, and the flexible ones start at TLS 1.2.

## Validate
`openssl s_client -starttls postgres -tls1_1 -connect SERVER.postgres.database.azure.com:5432` fails.

## Bad
```hcl
resource "azurerm_postgresql_server" "shop" { # finding
  name                    = "contoso-shop"
  resource_group_name     = "shop"
  location                = "westeurope"
  sku_name                = "GP_Gen5_4"
  version                 = "11"
  ssl_enforcement_enabled = true
}
```

```hcl
resource "azurerm_mysql_server" "shop" {
  name                             = "contoso-shop"
  resource_group_name              = "shop"
  location                         = "westeurope"
  sku_name                         = "GP_Gen5_2"
  version                          = "8.0"
  ssl_enforcement_enabled          = true
  ssl_minimal_tls_version_enforced = "TLS1_1" # finding
}
```

## Good
```hcl
resource "azurerm_postgresql_server" "shop" {
  name                             = "contoso-shop"
  resource_group_name              = "shop"
  location                         = "westeurope"
  sku_name                         = "GP_Gen5_4"
  version                          = "11"
  ssl_enforcement_enabled          = true
  ssl_minimal_tls_version_enforced = "TLS1_2"
}
```

```hcl
resource "azurerm_mysql_server" "shop" {
  name                             = "contoso-shop"
  resource_group_name              = "shop"
  location                         = "westeurope"
  sku_name                         = "GP_Gen5_2"
  version                          = "8.0"
  ssl_enforcement_enabled          = true
  ssl_minimal_tls_version_enforced = "TLS1_2"
}
```

```hcl
terraform {
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.0"
    }
  }
}

resource "azurerm_postgresql_server" "shop" {
  name                    = "contoso-shop"
  resource_group_name     = "shop"
  location                = "westeurope"
  sku_name                = "GP_Gen5_4"
  version                 = "11"
  ssl_enforcement_enabled = true
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule
from auditor.views.provider import provider_major

_MODERN = frozenset({"TLS1_2", "TLS1_3"})
_DEFAULTS_TO_MODERN = 4


@rule(
    target="azurerm_mysql_server azurerm_postgresql_server azurerm_mariadb_server",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_54 CKV_AZURE_147 CKV2_AZURE_37 AVD-AZU-0026 azure-database-secure-tls-policy",
)
def check(server: Node, graph: Graph) -> Iterator[Fail]:
    version = server.at("ssl_minimal_tls_version_enforced")
    by_default = version.missing and (provider_major(graph, "azurerm") or 0) >= _DEFAULTS_TO_MODERN
    if version.text not in _MODERN and not by_default:
        yield Fail(version, "the server is not held at TLS 1.2", expected="TLS1_2", actual=version.text or "not set")
