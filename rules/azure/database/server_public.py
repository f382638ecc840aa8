"""A database server has an address on the internet.

## Why it matters
Only firewall rules and a password stand between everybody and the data; one rule that is too wide, or one leaked connection string, and
it is read from abroad. Without the public address neither is of use.

## Five whys
1. Why could the dump be made from a foreign address? The server answers on the internet.
2. Why? Public network access is on unless it is switched off.
3. Why was it left on? The build agents connect from changing addresses.

## Fix now
Create a private endpoint and its DNS zone, then `az sql server update --name SERVER --resource-group GROUP --set
publicNetworkAccess=Disabled` (`az postgres server update --public-network-access Disabled`, `az mysql flexible-server update
--public-access Disabled`).

## Workaround
Reduce the firewall rules to single addresses, and drop those that nobody used: `az sql server firewall-rule list --server SERVER
--resource-group GROUP`.

## Prevent
Switch it off in the module that makes the endpoint; agents run in the network. The policy `Public network access on Azure SQL Database
should be disabled`.

## Validate
`az sql server show --name SERVER --resource-group GROUP --query publicNetworkAccess` prints `Disabled`.

## Bad
```hcl
resource "azurerm_mssql_server" "shop" { # finding
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  version             = "12.0"
}
```

```hcl
resource "azurerm_postgresql_server" "shop" {
  name                          = "contoso-shop"
  resource_group_name           = "shop"
  location                      = "westeurope"
  sku_name                      = "GP_Gen5_4"
  version                       = "11"
  ssl_enforcement_enabled       = true
  public_network_access_enabled = true # finding
}
```

```hcl
resource "azurerm_mysql_flexible_server" "shop" {
  name                  = "contoso-shop"
  resource_group_name   = "shop"
  location              = "westeurope"
  sku_name              = "GP_Standard_D2ds_v4"
  public_network_access = "Enabled" # finding
}
```

## Good
```hcl
resource "azurerm_mssql_server" "shop" {
  name                          = "contoso-shop"
  resource_group_name           = "shop"
  location                      = "westeurope"
  version                       = "12.0"
  public_network_access_enabled = false
}
```

```hcl
resource "azurerm_mysql_flexible_server" "shop" {
  name                  = "contoso-shop"
  resource_group_name   = "shop"
  location              = "westeurope"
  sku_name              = "GP_Standard_D2ds_v4"
  public_network_access = "Disabled"
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

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.decide import given


@rule(
    target="azurerm_mssql_server azurerm_mysql_server azurerm_mysql_flexible_server azurerm_postgresql_server "
    "azurerm_postgresql_flexible_server azurerm_mariadb_server",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_113 CKV_AZURE_53 CKV_AZURE_68 CKV_AZURE_48 AVD-AZU-0022 azure-database-no-public-access",
)
def check(server: Node) -> Iterator[Fail]:
    access, word = server.at("public_network_access_enabled"), server.at("public_network_access")
    if given(word):
        if word.text != "Disabled":
            yield Fail(word, "the server can be reached from the internet", expected="Disabled")
        return
    private = access.missing and given(server.at("delegated_subnet_id"))
    if access.flag is not False and not private:
        yield Fail(access, "the server can be reached from the internet", expected="public_network_access_enabled = false")
