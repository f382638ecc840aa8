"""The audit log of a SQL server is not kept for 90 days.

## Why it matters
Break-ins are found after weeks. When the log of the first day is deleted by then, nobody can say how it began and what was read.

## Five whys
1. Why does the log start in the middle of the attack? The days before are deleted.
2. Why? It is kept for less than 90 days.
3. Why? The example that was copied said 6.

## Fix now
`az sql server audit-policy update --name SERVER --resource-group GROUP --state Enabled --bsts Enabled --storage-account ACCOUNT
--retention-days 180`.

## Workaround
Copy the container of the logs to an account with an immutability policy.

## Prevent
Send the log to a workspace with a retention of its own, once for all servers.

## Validate
`az sql server audit-policy show --name SERVER --resource-group GROUP --query retentionDays` prints 0 (for ever) or 90 and more.

## Bad
```hcl
resource "azurerm_mssql_server" "shop" { # finding
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  version             = "12.0"
}

resource "azurerm_mssql_server_extended_auditing_policy" "shop" {
  server_id         = azurerm_mssql_server.shop.id
  retention_in_days = 30
}
```

```hcl
resource "azurerm_sql_server" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  version             = "12.0"
  administrator_login = "dba"
  extended_auditing_policy {
    storage_endpoint  = "https://contosologs.blob.core.windows.net"
    retention_in_days = 6 # finding
  }
}
```

## Good
```hcl
resource "azurerm_mssql_server" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  version             = "12.0"
}

resource "azurerm_mssql_server_extended_auditing_policy" "shop" {
  server_id         = azurerm_mssql_server.shop.id
  retention_in_days = 180
}
```

```hcl
resource "azurerm_sql_server" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  version             = "12.0"
  administrator_login = "dba"
  extended_auditing_policy {
    storage_endpoint  = "https://contosologs.blob.core.windows.net"
    retention_in_days = 90
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.azure.sql_server import auditing


@rule(
    target="azurerm_mssql_server azurerm_sql_server",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_24",
)
def check(server: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for policy in auditing(resource, graph):
        days = policy.at("retention_in_days")
        if 0 < (days.number or 0) < 90:
            inside = days.path.startswith("extended_auditing_policy")
            yield Fail(days if inside else server, "the audit log is kept for less than 90 days", expected="90 days or more, or 0 for ever")
