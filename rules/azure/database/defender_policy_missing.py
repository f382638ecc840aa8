"""A SQL server has no security alert policy, so it is never assessed.

## Why it matters
Vulnerability assessment and threat alerts hang on the alert policy of the server. Without it, default passwords, public roles and
injected queries are found by somebody else.

## Five whys
1. Why did nobody know that `guest` could read all tables? The server was never assessed.
2. Why? It has no security alert policy that is enabled.
3. Why? It is a resource of its own, and the server works without.

## Fix now
`az sql server advanced-threat-protection-setting update --name SERVER --resource-group GROUP --state Enabled`, then a
`azurerm_mssql_server_vulnerability_assessment` with its storage.

## Workaround
`az security pricing create --name SqlServers --tier Standard` covers all servers of the subscription by the express configuration.

## Prevent
Defender for SQL in the stack of the subscription; the policy in the module for servers.

## Validate
`az security pricing show --name SqlServers --query pricingTier` prints `Standard`, and the server shows assessments in the portal.

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

resource "azurerm_mssql_server_security_alert_policy" "shop" {
  resource_group_name = "shop"
  server_name         = azurerm_mssql_server.shop.name
  state               = "Enabled"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.azure.sql_server import alert_policies


@rule(
    target="azurerm_mssql_server azurerm_sql_server",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_2",
)
def check(server: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not alert_policies(resource, graph):
        yield Fail(server, "the server is never assessed", expected="a security alert policy that is enabled")
