"""Nothing in the code keeps a PostgreSQL server logging its connections.

## Why it matters
The parameter is on today by Azure's default. What the code does not say, a hand in the portal can change without anybody seeing a
difference.

## Five whys
1. Why did the logging end unnoticed? The parameter was changed in the portal.
2. Why did no plan show it? The code does not mention it.
3. Why? Its default was right.

## Fix now
Declare `azurerm_postgresql_configuration` with `log_connections` and `on`; look at the running value: `az postgres server configuration
show --server-name SERVER --resource-group GROUP --name log_connections`.

## Workaround
An alert on the activity log for `Microsoft.DBforPostgreSQL/servers/configurations/write`.

## Prevent
The parameters that the audit asks for, as a map in the module.

## Validate
`terraform plan` after a change by hand shows the difference.

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
  name                = "log_connections"
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
    aliases="AVD-AZU-0019 azure-database-postgres-configuration-log-connections",
)
def check(server: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not is_on("log_connections", resource, graph):
        yield Fail(server, "the code does not keep log_connections on", expected="a configuration log_connections = on")
