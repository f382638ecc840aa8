"""Nothing in the code keeps a PostgreSQL server logging its checkpoints.

## Why it matters
Checkpoints explain stalls of the disk. The log of them is on by default; a hand that turns it off during a search for disk space leaves
no trace in the code.

## Five whys
1. Why is the stall of Monday not explained? No checkpoint was logged.
2. Why? Somebody had switched it off.
3. Why did nobody see it? The parameter is not in the code.

## Fix now
Declare `azurerm_postgresql_configuration` with `log_checkpoints` and `on`.

## Workaround
`az postgres server configuration list --server-name SERVER --resource-group GROUP --query "[?source=='user-override'].[name, value]"`
shows what was changed by hand.

## Prevent
A map of the parameters in the module for PostgreSQL.

## Validate
The same list names `log_checkpoints` with `on`.

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
  name                = "log_checkpoints"
  value               = "on"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.azure.postgresql import is_on


@rule(
    target="azurerm_postgresql_server",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="AVD-AZU-0024 azure-database-postgres-configuration-log-checkpoints",
)
def check(server: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not is_on("log_checkpoints", resource, graph):
        yield Fail(server, "the code does not keep log_checkpoints on", expected="a configuration log_checkpoints = on")
