"""A SQL server lets all of Azure connect, other customers included.

## Why it matters
The rule 0.0.0.0 to 0.0.0.0 does not mean your subscription. Anybody rents a machine in Azure for an hour and stands before your login.

## Five whys
1. Why did the failed logins come from an address of Azure? A rented machine tried them.
2. Why could it connect? "Allow access to Azure services" is on.
3. Why? The web app needed the database, and the box was next to the button.

## Fix now
`az sql server firewall-rule delete --server SERVER --resource-group GROUP --name RULE`, after the apps reach the server through their
network.

## Workaround
A virtual network rule for the app's subnet: `az sql server vnet-rule create --server SERVER --resource-group GROUP --name app --subnet
SUBNET`.

## Prevent
A private endpoint in the module; the policy `Public network access on Azure SQL Database should be disabled`.

## Validate
`az sql server firewall-rule list --server SERVER --resource-group GROUP --query "[?startIpAddress=='0.0.0.0']"` prints `[]`.

## Bad
```hcl
resource "azurerm_sql_server" "shop" { # finding
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  version             = "12.0"
  administrator_login = "dba"
}

resource "azurerm_sql_firewall_rule" "azure" {
  name                = "azure"
  resource_group_name = "shop"
  server_name         = azurerm_sql_server.shop.name
  start_ip_address    = "0.0.0.0"
  end_ip_address      = "0.0.0.0"
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

resource "azurerm_sql_firewall_rule" "azure" {
  name                = "azure"
  resource_group_name = "shop"
  server_name         = azurerm_sql_server.shop.name
  start_ip_address    = "203.0.113.7"
  end_ip_address      = "203.0.113.7"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.azure.firewall_rule import is_all_of_azure


@rule(
    target="azurerm_sql_server",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    aliases="CKV2_AZURE_6",
)
def check(server: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    rules = graph.attached(resource, "server_name", "azurerm_sql_firewall_rule")
    if any(is_all_of_azure(rule.body) for rule in rules):
        yield Fail(server, "all of Azure may connect to the server", expected="rules for single addresses")
