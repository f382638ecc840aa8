"""A storage account is shut for the services of Azure that need it.

## Why it matters
Backup, Monitor, Event Grid and Defender reach an account from addresses that no list can name. Without the exception for trusted services
they fail silently: no diagnostic logs, no backups of disks, no scans.

## Five whys
1. Why are there no logs of the night? The diagnostic settings could not write them.
2. Why? The account's firewall refused Azure Monitor.
3. Why? `bypass` was written, and `AzureServices`, its default, was left out.

## Fix now
`az storage account update --name ACCOUNT --resource-group GROUP --bypass AzureServices Logging Metrics`.

## Workaround
Allow the one service instance that needs it: `az storage account network-rule add --account-name ACCOUNT --resource-id RESOURCE
--tenant-id TENANT`.

## Prevent
Leave `bypass` away, or write it with `AzureServices`.

## Validate
`az storage account show --name ACCOUNT --query networkRuleSet.bypass` names `AzureServices`.

## Bad
```hcl
resource "azurerm_storage_account" "media" {
  name                     = "contosomedia"
  resource_group_name      = "media"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
  network_rules {
    default_action = "Deny"
    bypass         = ["Metrics"] # finding
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
    bypass         = ["AzureServices", "Metrics"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule


@rule(
    target="azurerm_storage_account azurerm_storage_account_network_rules",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_36 AVD-AZU-0010 azure-storage-allow-microsoft-service-bypass",
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    for rules in [body] if resource.kind.endswith("_network_rules") else body.each("network_rules"):
        bypass = rules.at("bypass")
        if bypass.present and all(name.text != "AzureServices" for name in bypass.each()):
            yield Fail(bypass, "trusted services of Azure cannot reach the account", expected="AzureServices among the exceptions")
