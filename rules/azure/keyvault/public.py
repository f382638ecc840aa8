"""A key vault can be reached from the whole internet.

## Why it matters
The vault holds what opens everything else. Without an address on the internet, or with a short list of networks, a stolen login alone
does not get at it.

## Five whys
1. Why could an outsider even try? The vault's address answers on the internet.
2. Why? Public access is on, and no network is named.
3. Why? Both are the default.

## Fix now
`az keyvault update --name VAULT --resource-group GROUP --public-network-access Disabled` once the private endpoint works; before, `az
keyvault network-rule add --name VAULT --ip-address 203.0.113.7`.

## Workaround
Name the networks of the build agents and administrators in `network_acls`.

## Prevent
Vault, endpoint and `privatelink.vaultcore.azure.net` in one module; the policy `Azure Key Vault should disable public network access`.

## Validate
`az keyvault show --name VAULT --query properties.publicNetworkAccess` prints `Disabled`, or the network rules name your networks.

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

```hcl
resource "azurerm_key_vault" "shop" {
  name                          = "contoso-shop"
  resource_group_name           = "shop"
  location                      = "westeurope"
  tenant_id                     = "00000000-1111-2222-3333-444444444444"
  sku_name                      = "standard"
  public_network_access_enabled = true # finding
}
```

## Good
```hcl
resource "azurerm_key_vault" "shop" {
  name                          = "contoso-shop"
  resource_group_name           = "shop"
  location                      = "westeurope"
  tenant_id                     = "00000000-1111-2222-3333-444444444444"
  sku_name                      = "standard"
  public_network_access_enabled = false
}
```

```hcl
resource "azurerm_key_vault" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  tenant_id           = "00000000-1111-2222-3333-444444444444"
  sku_name            = "standard"
  network_acls {
    default_action = "Deny"
    bypass         = "AzureServices"
    ip_rules       = ["203.0.113.7"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_key_vault",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_189 CKV_AZURE_109 AVD-AZU-0013 azure-keyvault-specify-network-acl",
)
def check(vault: Node) -> Iterator[Fail]:
    access = vault.at("public_network_access_enabled")
    if access.flag is False:
        return
    rules = vault.at("network_acls")
    if rules.at("default_action").text == "Deny":
        return
    if rules.at("ip_rules").missing and rules.at("virtual_network_subnet_ids").missing:
        yield Fail(access, "the vault can be reached from the whole internet", expected="no public access, or named networks")
