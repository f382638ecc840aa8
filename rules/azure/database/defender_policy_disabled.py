"""The security alert policy of a SQL server is switched off.

## Why it matters
It looks as if the server were watched: the policy is there, with addresses and retention. Its state says that nothing is.

## Five whys
1. Why did no alert come? The policy is disabled.
2. Why? Its `state` is `Disabled`.
3. Why? It was off for a migration, and a green plan does not remind anybody.

## Fix now
`az sql server advanced-threat-protection-setting update --name SERVER --resource-group GROUP --state Enabled`.

## Workaround
`az security pricing create --name SqlServers --tier Standard` turns it on for the whole subscription.

## Prevent
Delete a policy that is not wanted; a disabled one misleads.

## Validate
`az sql server advanced-threat-protection-setting show --name SERVER --resource-group GROUP --query state` prints `Enabled`.

## Bad
```hcl
resource "azurerm_sql_server" "shop" { # finding
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  version             = "12.0"
  administrator_login = "dba"
}

resource "azurerm_mssql_server_security_alert_policy" "shop" {
  resource_group_name = "shop"
  server_name         = azurerm_sql_server.shop.name
  state               = "Disabled"
}
```

## Good
```hcl
resource "azurerm_sql_server" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  version             = "12.0"
  administrator_login = "dba"
}

resource "azurerm_mssql_server_security_alert_policy" "shop" {
  resource_group_name = "shop"
  server_name         = azurerm_sql_server.shop.name
  state               = "Enabled"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.azure.sql_server import alert_policies, is_enabled


@rule(
    target="azurerm_mssql_server azurerm_sql_server",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV2_AZURE_13 CKV2_AZURE_2",
)
def check(server: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    policies = alert_policies(resource, graph)
    if policies and not any(is_enabled(policy) for policy in policies):
        yield Fail(server, "the server's security alert policy is switched off", expected="Enabled")
