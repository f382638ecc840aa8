"""Nothing in the code slows down guessing at a PostgreSQL server.

## Why it matters
Throttling makes an address wait that failed too often. It is off on many single servers; without the parameter in code nobody knows how
this one answers to a word list.

## Five whys
1. Why could a thousand passwords a second be tried? The server did not slow the sender down.
2. Why? Throttling was never switched on.
3. Why? The code does not mention it.

## Fix now
`az postgres server configuration set --server-name SERVER --resource-group GROUP --name connection_throttling --value on`, and declare
it.

## Workaround
Firewall rules for the application's addresses only.

## Prevent
The parameter in the module for PostgreSQL, beside the ones for logging.

## Validate
`az postgres server configuration show --server-name SERVER --resource-group GROUP --name connection_throttling --query value` prints
`on`.

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

## Good
```hcl
resource "azurerm_postgresql_server" "shop" {
  name                    = "contoso-shop"
  resource_group_name     = "shop"
  location                = "westeurope"
  sku_name                = "GP_Gen5_4"
  version                 = "11"
  ssl_enforcement_enabled = true
}

resource "azurerm_postgresql_configuration" "shop" {
  server_name         = azurerm_postgresql_server.shop.name
  resource_group_name = "shop"
  name                = "connection_throttling"
  value               = "on"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.azure.postgresql import is_on


@rule(
    target="azurerm_postgresql_server",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    aliases="AVD-AZU-0021 azure-database-postgres-configuration-connection-throttling",
)
def check(server: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not is_on("connection_throttling", resource, graph):
        yield Fail(server, "nothing slows down guessing", expected="a configuration connection_throttling = on")
