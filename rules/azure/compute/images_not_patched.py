"""A scale set does not move to new system images by itself.

## Why it matters
New instances start from the image of the day the set was made. Every scale-out brings machines with holes that are long closed elsewhere.

## Five whys
1. Why did new instances fail the scan? They run last year's image.
2. Why? The set is not upgraded automatically.
3. Why? `automatic_os_upgrade` is false unless it is written.

## Fix now
`az vmss update --resource-group GROUP --name VMSS --set upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade=true`, with a
health probe, or the set never rolls.

## Workaround
Roll by hand: `az vmss rolling-upgrade start --resource-group GROUP --name VMSS`.

## Prevent
A health extension and the policy in the module for scale sets.

## Validate
`az vmss show --resource-group GROUP --name VMSS --query upgradePolicy.automaticOSUpgradePolicy`.

## Bad
```hcl
resource "azurerm_virtual_machine_scale_set" "web" { # finding
  name                = "web"
  resource_group_name = "shop"
  location            = "westeurope"
}
```

```hcl
resource "azurerm_virtual_machine_scale_set" "web" {
  name                 = "web"
  resource_group_name  = "shop"
  location             = "westeurope"
  automatic_os_upgrade = true
  os_profile_windows_config {
    enable_automatic_upgrades = false # finding
  }
}
```

## Good
```hcl
resource "azurerm_virtual_machine_scale_set" "web" {
  name                 = "web"
  resource_group_name  = "shop"
  location             = "westeurope"
  automatic_os_upgrade = true
}
```

```hcl
resource "azurerm_virtual_machine_scale_set" "web" {
  name                 = "web"
  resource_group_name  = "shop"
  location             = "westeurope"
  automatic_os_upgrade = true
  os_profile_windows_config {
    enable_automatic_upgrades = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_virtual_machine_scale_set",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    aliases="CKV_AZURE_95",
)
def check(scale_set: Node) -> Iterator[Fail]:
    upgrade = scale_set.at("automatic_os_upgrade")
    if upgrade.flag is not True:
        yield Fail(upgrade, "new instances start from an old image", expected="automatic_os_upgrade = true")
        return
    windows = scale_set.at("os_profile_windows_config")
    if windows.present and windows.at("enable_automatic_upgrades").flag is not True:
        yield Fail(windows.at("enable_automatic_upgrades"), "Windows instances are not patched by themselves", expected="true")
