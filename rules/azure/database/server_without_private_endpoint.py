"""A database server has no private endpoint.

## Why it matters
Applications reach the server over its public name, so its public address has to stay open and every outbound firewall needs a hole for
it. A private endpoint gives it an address in your network.

## Five whys
1. Why is the database reachable from the internet at all? The application comes from there too.
2. Why? There is no private way to the server.
3. Why? The endpoint needs a subnet and a DNS zone of another team.

## Fix now
`az network private-endpoint create --name db --resource-group GROUP --subnet SUBNET --private-connection-resource-id SERVER_ID --group-id
sqlServer --connection-name db` (`postgresqlServer`, `mysqlServer`, `mariadbServer`), and link the `privatelink` zone.

## Workaround
Virtual network rules for the subnets of the applications.

## Prevent
Server, endpoint and zone group in one module; flexible servers may stand in a delegated subnet instead.

## Validate
From the application's subnet, `nslookup SERVER.database.windows.net` answers with a private address.

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

resource "azurerm_private_endpoint" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  subnet_id           = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Network/virtualNetworks/shop/subnets/data"
  private_service_connection {
    name                           = "shop"
    private_connection_resource_id = azurerm_mssql_server.shop.id
    subresource_names              = ["sqlServer"]
    is_manual_connection           = false
  }
}
```

```hcl
resource "azurerm_postgresql_flexible_server" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  sku_name            = "GP_Standard_D4s_v3"
  version             = "16"
  delegated_subnet_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Network/virtualNetworks/shop/subnets/data"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.azure.private_endpoint import private_endpoints
from auditor.views.decide import given


@rule(
    target="azurerm_mssql_server azurerm_mysql_server azurerm_mysql_flexible_server azurerm_postgresql_server "
    "azurerm_postgresql_flexible_server azurerm_mariadb_server",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_42 CKV2_AZURE_43 CKV2_AZURE_44 CKV2_AZURE_45 CKV2_AZURE_56 CKV2_AZURE_57",
)
def check(server: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if given(server.at("delegated_subnet_id")):
        return
    if not private_endpoints(resource, graph):
        yield Fail(server, "the server has no address in your networks", expected="a private endpoint")
