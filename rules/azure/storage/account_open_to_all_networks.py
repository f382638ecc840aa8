"""A storage account takes connections from all networks.

## Why it matters
With the default action Allow the firewall of the account lets everybody through to the login: one leaked key, or one signature in a log,
is enough from any place of the world. The addresses and subnets that are listed beside it have no effect.

## Five whys
1. Why did the listed addresses not keep the stranger out? They only count when the rest is denied.
2. Why is the rest allowed? The default action is Allow, or there are no network rules at all.
3. Why? Somebody was locked out during the set-up and turned it around.

## Fix now
Add the networks that need it (`az storage account network-rule add --account-name ACCOUNT --subnet SUBNET`), then `az storage account
update --name ACCOUNT --resource-group GROUP --default-action Deny`.

## Workaround
Switch the public address off and use a private endpoint; network rules are not needed then.

## Prevent
Network rules with `default_action = "Deny"` in the module, a list of networks as its only input.

## Validate
`az storage account show --name ACCOUNT --query networkRuleSet.defaultAction` prints `Deny`; a `curl` from a phone answers 403.

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

```hcl
resource "azurerm_storage_account_network_rules" "media" {
  storage_account_id = "/subscriptions/0/resourceGroups/media/providers/Microsoft.Storage/storageAccounts/contosomedia"
  default_action     = "Allow" # finding
  ip_rules           = ["203.0.113.7"]
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
    default_action             = "Deny"
    virtual_network_subnet_ids = ["/subscriptions/0/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/hub/subnets/app"]
  }
}
```

```hcl
resource "azurerm_storage_account_network_rules" "media" {
  storage_account_id = "/subscriptions/0/resourceGroups/media/providers/Microsoft.Storage/storageAccounts/contosomedia"
  default_action     = "Deny"
  ip_rules           = ["203.0.113.7"]
}
```

```hcl
resource "azurerm_storage_account" "media" {
  name                          = "contosomedia"
  resource_group_name           = "media"
  location                      = "westeurope"
  account_tier                  = "Standard"
  account_replication_type      = "ZRS"
  public_network_access_enabled = false
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.azure.storage_account import allows_by_default, open_by_itself

_MESSAGE = "every network may connect to the account"
_RULES = "azurerm_storage_account_network_rules"


@rule(
    target="azurerm_storage_account azurerm_storage_account_network_rules",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_35 CKV_AZURE_59 AVD-AZU-0012 azure-storage-default-action-deny",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if resource.kind == _RULES:
        if allows_by_default(body):
            yield Fail(body.at("default_action"), _MESSAGE, expected="Deny")
    elif body.at("public_network_access_enabled").flag is not False and open_by_itself(resource, graph):
        yield Fail(body.at("network_rules.default_action"), _MESSAGE, expected="network rules with the default action Deny")
