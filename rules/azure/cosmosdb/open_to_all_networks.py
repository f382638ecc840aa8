"""A Cosmos DB account takes connections from all networks.

## Why it matters
With a key, which is in many connection strings, the account is read from anywhere. Address ranges or subnets limit where the key is of
use.

## Five whys
1. Why could the leaked key be used abroad? The account answers every network.
2. Why? Neither an address range nor a network rule is set.
3. Why? An empty filter means everybody, which nobody expects.

## Fix now
`az cosmosdb update --name ACCOUNT --resource-group GROUP --ip-range-filter 203.0.113.0/24`, or `--enable-virtual-network true
--virtual-network-rules SUBNET_ID`.

## Workaround
Renew the keys: `az cosmosdb keys regenerate --name ACCOUNT --resource-group GROUP --key-kind primary`.

## Prevent
A private endpoint and no public access in the module.

## Validate
`az cosmosdb show --name ACCOUNT --resource-group GROUP --query "[publicNetworkAccess, ipRules, virtualNetworkRules]"`.

## Bad
```hcl
resource "azurerm_cosmosdb_account" "carts" { # finding
  name                = "contoso-carts"
  resource_group_name = "shop"
  location            = "westeurope"
  offer_type          = "Standard"
}
```

## Good
```hcl
resource "azurerm_cosmosdb_account" "carts" {
  name                              = "contoso-carts"
  resource_group_name               = "shop"
  location                          = "westeurope"
  offer_type                        = "Standard"
  is_virtual_network_filter_enabled = true
  virtual_network_rule {
    id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Network/virtualNetworks/shop/subnets/app"
  }
}
```

```hcl
resource "azurerm_cosmosdb_account" "carts" {
  name                          = "contoso-carts"
  resource_group_name           = "shop"
  location                      = "westeurope"
  offer_type                    = "Standard"
  public_network_access_enabled = false
}
```

```hcl
resource "azurerm_cosmosdb_account" "carts" {
  name                = "contoso-carts"
  resource_group_name = "shop"
  location            = "westeurope"
  offer_type          = "Standard"
  ip_range_filter     = ["203.0.113.0/24"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.azure.cosmosdb import limited_to_networks


@rule(
    target="azurerm_cosmosdb_account",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_99 CKV_AZURE_101",
)
def check(account: Node) -> Iterator[Fail]:
    if account.at("public_network_access_enabled").flag is False:
        return
    if not limited_to_networks(account):
        yield Fail(account, "every network may connect to the account", expected="address ranges, subnets or no public access")
