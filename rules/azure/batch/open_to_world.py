"""A Batch account takes connections from the whole internet.

## Why it matters
With the account's key anybody starts machines at your cost and reads the results of jobs. Public access without a denying profile means:
from anywhere.

## Five whys
1. Why did strangers render on our machines? They had the key and could connect.
2. Why could they? The account is public, and nothing denies other networks.
3. Why? `network_profile` is optional.

## Fix now
`az batch account update --name ACCOUNT --resource-group GROUP --public-network-access Disabled` with a private endpoint, or `az batch
account network-profile set --default-action Deny --profile BatchAccount`.

## Workaround
Renew the keys: `az batch account keys renew --name ACCOUNT --resource-group GROUP --key-name Primary`.

## Prevent
Deny in the module, with the networks that need it.

## Validate
`az batch account show --name ACCOUNT --resource-group GROUP --query "[publicNetworkAccess, networkProfile.accountAccess.defaultAction]"`.

## Bad
```hcl
resource "azurerm_batch_account" "render" { # finding
  name                = "contosorender"
  resource_group_name = "media"
  location            = "westeurope"
}
```

```hcl
resource "azurerm_batch_account" "render" {
  name                = "contosorender"
  resource_group_name = "media"
  location            = "westeurope"
  network_profile {
    account_access {
      default_action = "Allow" # finding
    }
  }
}
```

## Good
```hcl
resource "azurerm_batch_account" "render" {
  name                = "contosorender"
  resource_group_name = "media"
  location            = "westeurope"
  network_profile {
    account_access {
      default_action = "Deny"
    }
  }
}
```

```hcl
resource "azurerm_batch_account" "render" {
  name                          = "contosorender"
  resource_group_name           = "media"
  location                      = "westeurope"
  public_network_access_enabled = false
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_batch_account",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_248",
)
def check(account: Node) -> Iterator[Fail]:
    if account.at("public_network_access_enabled").flag is False:
        return
    access = account.at("network_profile.account_access")
    action = access.at("default_action")
    if access.missing or (action.text or "Deny") != "Deny":
        yield Fail(action, "the whole internet may connect to the account", expected="Deny")
