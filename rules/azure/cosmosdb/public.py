"""A Cosmos DB account has an address on the internet.

## Why it matters
The account's keys open all of it, and they are in connection strings and notebooks. Without the public address a key outside of your
networks is worth nothing.

## Five whys
1. Why could a notebook at home read the carts? The account answers on the internet.
2. Why? Public access is on unless it is switched off.
3. Why? The private endpoint came after the data.

## Fix now
A private endpoint (`--group-id Sql`), then `az cosmosdb update --name ACCOUNT --resource-group GROUP --public-network-access DISABLED`.

## Workaround
An address filter with the company's range only.

## Prevent
Account, endpoint and the zone `privatelink.documents.azure.com` in one module.

## Validate
`az cosmosdb show --name ACCOUNT --resource-group GROUP --query publicNetworkAccess` prints `Disabled`.

## Bad
```hcl
resource "azurerm_cosmosdb_account" "carts" { # finding
  name                = "contoso-carts"
  resource_group_name = "shop"
  location            = "westeurope"
  offer_type          = "Standard"
  ip_range_filter     = ["203.0.113.0/24"]
}
```

## Good
```hcl
resource "azurerm_cosmosdb_account" "carts" {
  name                          = "contoso-carts"
  resource_group_name           = "shop"
  location                      = "westeurope"
  offer_type                    = "Standard"
  ip_range_filter               = ["203.0.113.0/24"]
  public_network_access_enabled = false
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.azure.cosmosdb import limited_to_networks


@rule(
    target="azurerm_cosmosdb_account",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_101",
)
def check(account: Node) -> Iterator[Fail]:
    access = account.at("public_network_access_enabled")
    if access.flag is not False and limited_to_networks(account):
        yield Fail(access, "the account has an address on the internet", expected="public_network_access_enabled = false")
