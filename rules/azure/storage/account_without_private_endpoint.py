"""A storage account has no private endpoint.

## Why it matters
Without one, traffic of your own networks leaves them to reach the account's public address, so that address has to stay open and every
outbound firewall needs a hole for it.

## Five whys
1. Why is the account's public address open? Our own machines use it.
2. Why? There is no private way to the account.
3. Why? A private endpoint needs a subnet and a DNS zone that belong to another team.

## Fix now
`az network private-endpoint create --name media --resource-group GROUP --subnet SUBNET --private-connection-resource-id ACCOUNT_ID
--group-id blob --connection-name media`, and link the zone `privatelink.blob.core.windows.net` to the network.

## Workaround
A service endpoint on the subnet with a network rule; the address stays public, but only that subnet passes.

## Prevent
The module creates account and endpoint together; the policy `Storage accounts should use private link` audits.

## Validate
From inside, `nslookup ACCOUNT.blob.core.windows.net` answers with an address of the subnet.

## Bad
```hcl
resource "azurerm_storage_account" "media" { # finding
  name                     = "contosomedia"
  resource_group_name      = "media"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}
```

## Good
```hcl
resource "azurerm_storage_account" "media" {
  name                     = "contosomedia"
  resource_group_name      = "media"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}

resource "azurerm_private_endpoint" "data" {
  name                = "data"
  resource_group_name = "network"
  location            = "westeurope"
  subnet_id           = azurerm_subnet.endpoints.id
  private_service_connection {
    name                           = "media"
    private_connection_resource_id = azurerm_storage_account.media.id
    subresource_names              = ["blob"]
    is_manual_connection           = false
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.azure.private_endpoint import private_endpoints


@rule(
    target="azurerm_storage_account",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_33",
)
def check(account: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not private_endpoints(resource, graph):
        yield Fail(account, "the account can only be reached through its public address", expected="a private endpoint")
