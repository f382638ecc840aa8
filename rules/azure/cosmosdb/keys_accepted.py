"""A Cosmos DB account accepts its keys.

## Why it matters
The key names nobody, has no second factor and no end; one copy in a repository is the whole account. With Entra ID each client has its
own rights on its own containers.

## Five whys
1. Why can we not say who changed the carts? The request was signed with the key.
2. Why does that work? Keys are accepted.
3. Why? Roles for the data have to be given first.

## Fix now
`az cosmosdb sql role assignment create --account-name ACCOUNT --resource-group GROUP --role-definition-id
00000000-0000-0000-0000-000000000002 --principal-id ID --scope /`, then `az resource update --ids ACCOUNT_ID --set
properties.disableLocalAuth=true`.

## Workaround
Renew the keys now, and keep them in a vault.

## Prevent
True in the module, with the role assignments of the clients (SQL API only).

## Validate
`az cosmosdb show --name ACCOUNT --resource-group GROUP --query disableLocalAuth` prints `true`.

## Bad
```hcl
resource "azurerm_cosmosdb_account" "carts" { # finding
  name                = "contoso-carts"
  resource_group_name = "shop"
  location            = "westeurope"
  offer_type          = "Standard"
}
```

```hcl
resource "azurerm_cosmosdb_account" "carts" {
  name                          = "contoso-carts"
  resource_group_name           = "shop"
  location                      = "westeurope"
  offer_type                    = "Standard"
  local_authentication_disabled = false # finding
}
```

## Good
```hcl
resource "azurerm_cosmosdb_account" "carts" {
  name                          = "contoso-carts"
  resource_group_name           = "shop"
  location                      = "westeurope"
  offer_type                    = "Standard"
  local_authentication_disabled = true
}
```

```hcl
resource "azurerm_cosmosdb_account" "carts" {
  name                         = "contoso-carts"
  resource_group_name          = "shop"
  location                     = "westeurope"
  offer_type                   = "Standard"
  local_authentication_enabled = false
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_cosmosdb_account",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_140",
)
def check(account: Node) -> Iterator[Fail]:
    old, new = account.at("local_authentication_disabled"), account.at("local_authentication_enabled")
    if old.flag is not True and new.flag is not False:
        yield Fail(new if new.present else old, "whoever has the account's key may read and write all of it", expected="no keys")
