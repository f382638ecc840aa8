"""A key vault takes requests from every network.

## Why it matters
A token stolen from a laptop or pipeline opens the vault from anywhere. With network rules it is worth something only inside of your
networks.

## Five whys
1. Why could the stolen token read the secrets from abroad? The vault answers everybody who is logged in.
2. Why? Its default action is Allow, or there are no network rules.
3. Why? Somebody was locked out once.

## Fix now
`az keyvault network-rule add --name VAULT --subnet SUBNET_ID`, then `az keyvault update --name VAULT --default-action Deny --bypass
AzureServices`.

## Workaround
Switch the public address off and use a private endpoint.

## Prevent
`network_acls` in the module with Deny, a list of subnets as its input.

## Validate
`az keyvault show --name VAULT --query properties.networkAcls.defaultAction` prints `Deny`; from a phone's network a request answers 403.

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
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  tenant_id           = "00000000-1111-2222-3333-444444444444"
  sku_name            = "standard"
  network_acls {
    default_action = "Allow" # finding
    bypass         = "AzureServices"
  }
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
  network_acls {
    default_action = "Deny"
    bypass         = "AzureServices"
  }
}
```

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
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_key_vault",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_109 AVD-AZU-0013 azure-keyvault-specify-network-acl",
)
def check(vault: Node) -> Iterator[Fail]:
    if vault.at("public_network_access_enabled").flag is False:
        return
    action = vault.at("network_acls.default_action")
    if action.text != "Deny":
        yield Fail(action, "the vault takes requests from every network", expected="network_acls with the default action Deny")
