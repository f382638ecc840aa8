"""The networks that a key vault lists do not keep anybody else out.

## Why it matters
The list looks like a firewall. With the default action Allow it only names some of those who may come anyway: a stolen token opens the
vault from every network.

## Five whys
1. Why could the stolen token be used abroad, the vault lists our networks? All others are allowed too.
2. Why? The default action is Allow.
3. Why? Somebody was locked out while the list was made, and turned it around.

## Fix now
`az keyvault update --name VAULT --default-action Deny --bypass AzureServices`; add what is missing with `az keyvault network-rule add
--name VAULT --subnet SUBNET_ID`.

## Workaround
Switch the public address off and use a private endpoint; the list is not needed then.

## Prevent
`default_action = "Deny"` fixed in the module, the list as its input.

## Validate
`az keyvault show --name VAULT --query properties.networkAcls.defaultAction` prints `Deny`; from a phone's network a request answers 403.

## Bad
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
    ip_rules       = ["203.0.113.0/24"]
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
    ip_rules       = ["203.0.113.0/24"]
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
  network_acls {
    default_action = "Allow"
    bypass         = "AzureServices"
    ip_rules       = ["203.0.113.0/24"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule


@rule(
    target="azurerm_key_vault",
    severity=Severity.HIGH,
    aliases="CKV_AZURE_109 AVD-AZU-0013 azure-keyvault-specify-network-acl",
)
def check(vault: Node) -> Iterator[Fail]:
    rules = vault.at("network_acls")
    if vault.at("public_network_access_enabled").flag is False or rules.at("default_action").text == "Deny":
        return
    if any(rules.at(name).present for name in ("ip_rules", "virtual_network_subnet_ids")):
        yield Fail(rules.at("default_action"), "networks that are not listed are let in too", expected="Deny")
