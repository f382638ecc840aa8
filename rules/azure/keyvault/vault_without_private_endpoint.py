"""A key vault has no private endpoint.

## Why it matters
Applications fetch their secrets over the vault's public name, so the public address has to stay open. With an endpoint it can be closed,
and the secrets never leave your network.

## Five whys
1. Why is the vault open to the internet? Our own applications use that way.
2. Why? There is no other way in.
3. Why? Endpoint and DNS zone belong to the network team.

## Fix now
`az network private-endpoint create --name vault --resource-group GROUP --subnet SUBNET --private-connection-resource-id VAULT_ID
--group-id vault --connection-name vault`, with the zone `privatelink.vaultcore.azure.net`.

## Workaround
A service endpoint `Microsoft.KeyVault` on the subnet with a network rule.

## Prevent
The module for vaults takes a subnet and makes the endpoint.

## Validate
From inside, `nslookup VAULT.vault.azure.net` answers with a private address.

## Bad
```hcl
resource "azurerm_key_vault" "shop" { # finding
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  tenant_id           = "00000000-1111-2222-3333-444444444444"
  sku_name            = "standard"
}
```

## Good
```hcl
resource "azurerm_key_vault" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  tenant_id           = "00000000-1111-2222-3333-444444444444"
  sku_name            = "standard"
}

resource "azurerm_private_endpoint" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  subnet_id           = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Network/virtualNetworks/shop/subnets/data"
  private_service_connection {
    name                           = "shop"
    private_connection_resource_id = azurerm_key_vault.shop.id
    subresource_names              = ["vault"]
    is_manual_connection           = false
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.azure.private_endpoint import private_endpoints


@rule(
    target="azurerm_key_vault",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_32",
)
def check(vault: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not private_endpoints(resource, graph):
        yield Fail(vault, "the vault can only be reached through its public address", expected="a private endpoint")
