"""A classic SQL server has no administrator from Microsoft Entra ID.

## Why it matters
Nobody can log in with an account of the directory, so everybody shares the server's password: the log shows one name for all, and nobody
dares to change it.

## Five whys
1. Why does every entry of the audit log say `dba`? All use the same login.
2. Why? There is no login of the directory.
3. Why? No `azurerm_sql_active_directory_administrator` names the server.

## Fix now
`az sql server ad-admin create --server SERVER --resource-group GROUP --display-name dba --object-id GROUP_ID`.

## Workaround
A SQL login for each person with the rights that she needs, and the administrator's password in a sealed envelope.

## Prevent
Move to `azurerm_mssql_server`, where the administrator is a block of the server.

## Validate
`az sql server ad-admin list --server SERVER --resource-group GROUP` is not empty.

## Bad
```hcl
resource "azurerm_sql_server" "shop" { # finding
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  version             = "12.0"
  administrator_login = "dba"
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

resource "azurerm_sql_active_directory_administrator" "shop" {
  server_name         = azurerm_sql_server.shop.name
  resource_group_name = "shop"
  login               = "dba"
  object_id           = "11111111-2222-3333-4444-555555555555"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(
    target="azurerm_sql_server",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_7",
)
def check(server: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not graph.attached(resource, "server_name", "azurerm_sql_active_directory_administrator"):
        yield Fail(server, "nobody can log in with an account of the directory", expected="an Entra administrator")
