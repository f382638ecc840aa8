"""A SQL server keeps no audit log.

## Why it matters
Who logged in, what they read and which rights they changed is written nowhere. After an incident the question what was taken has no
answer, and a notification has to assume everything.

## Five whys
1. Why must we report all customers as affected? We cannot tell which rows were read.
2. Why? The server has no auditing policy.
3. Why? Auditing is a resource of its own since azurerm 3, and the old block was dropped.

## Fix now
`az sql server audit-policy update --name SERVER --resource-group GROUP --state Enabled --lats Enabled --lawri WORKSPACE_ID`.

## Workaround
Extended events on the database catch logins until the policy is there.

## Prevent
`azurerm_mssql_server_extended_auditing_policy` in the module; the policy `Auditing on SQL server should be enabled` with
DeployIfNotExists.

## Validate
`az sql server audit-policy show --name SERVER --resource-group GROUP --query state` prints `Enabled`.

## Bad
```hcl
resource "azurerm_mssql_server" "shop" { # finding
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  version             = "12.0"
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
  storage_endpoint  = "https://contosologs.blob.core.windows.net"
  retention_in_days = 180
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.azure.sql_server import auditing


@rule(
    target="azurerm_mssql_server azurerm_sql_server",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_23 CKV_AZURE_24 AVD-AZU-0027 azure-database-enable-audit",
)
def check(server: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not any(True for _ in auditing(resource, graph)):
        yield Fail(server, "nobody records who reads the databases", expected="an extended auditing policy")
