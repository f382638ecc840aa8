"""A database server is encrypted with a key of Microsoft, not of your own.

## Why it matters
The disks are encrypted either way. With a key of your own vault its use is logged, and all copies can be made unreadable by disabling one
key, which some contracts ask for.

## Five whys
1. Why could the customer's data not be shredded at the end of the contract? The key is not ours.
2. Why? The server uses the platform's key.
3. Why? A key of our own needs a vault and an identity, and a rule that asks for it.

## Fix now
`az postgres server key create --name SERVER --resource-group GROUP --kid KEY_ID` (`az mysql server key create` alike), after the server's
identity may `get`, `wrapKey` and `unwrapKey`.

## Workaround
None is needed where no rule asks: the encryption is the same.

## Prevent
Server and key in one module; protect the vault from deletion first, since without the key the data is lost.

## Validate
`az postgres server key list --name SERVER --resource-group GROUP` prints the key.

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

resource "azurerm_postgresql_server_key" "shop" {
  server_id        = azurerm_postgresql_server.shop.id
  key_vault_key_id = "https://contoso.vault.azure.net/keys/shop/0123456789abcdef"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(
    target="azurerm_mysql_server azurerm_postgresql_server",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_16 CKV2_AZURE_17",
)
def check(server: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not graph.attached(resource, "server_id", f"{resource.kind}_key"):
        yield Fail(server, "the server's key belongs to Microsoft", expected="a server key from a vault")
