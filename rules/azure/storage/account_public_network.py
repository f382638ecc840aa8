"""A storage account has an address on the internet.

## Why it matters
A leaked key or signature works from anywhere as long as the account can be reached from anywhere. Without the public address it is worth
nothing outside of your networks.

## Five whys
1. Why could a key from a laptop be used from abroad? The account answers on the internet.
2. Why? `public_network_access_enabled` is true unless it is written.
3. Why was it left so? The firewall of the account seemed enough.

## Fix now
Create private endpoints and the zone `privatelink.blob.core.windows.net`, then `az storage account update --name ACCOUNT --resource-group
GROUP --public-network-access Disabled`.

## Workaround
Keep the address, but only for named networks: `--default-action Deny` and `az storage account network-rule add --ip-address ADDRESS`.

## Prevent
The module creates the endpoint together with the account, and the policy `Storage accounts should disable public network access` denies
the rest.

## Validate
`az storage account show --name ACCOUNT --query publicNetworkAccess` prints `Disabled`; from inside, `nslookup
ACCOUNT.blob.core.windows.net` gives a private address.

## Bad
```hcl
resource "azurerm_storage_account" "media" { # finding
  name                     = "contosomedia"
  resource_group_name      = "media"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
  network_rules {
    default_action = "Deny"
    ip_rules       = ["203.0.113.7"]
  }
}
```

```hcl
resource "azurerm_storage_account" "media" {
  name                          = "contosomedia"
  resource_group_name           = "media"
  location                      = "westeurope"
  account_tier                  = "Standard"
  account_replication_type      = "ZRS"
  public_network_access_enabled = true # finding
  network_rules {
    default_action = "Deny"
  }
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
  network_rules {
    default_action = "Deny"
    ip_rules       = ["203.0.113.7"]
  }
  public_network_access_enabled = false
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.azure.storage_account import open_by_itself


@rule(
    target="azurerm_storage_account",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_59",
)
def check(account: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    access = account.at("public_network_access_enabled")
    if access.flag is not False and not open_by_itself(resource, graph):
        yield Fail(access, "the account has an address on the internet", expected="public_network_access_enabled = false")
