"""Flow logs are kept for less than 90 days.

## Why it matters
Break-ins are found weeks after they began. When the log is older than its retention, the first days, which say how it began, are gone.

## Five whys
1. Why can we not see the first connection? The log of that week is deleted.
2. Why? It is kept for less than 90 days, or nobody said for how long.
3. Why? The number came from an example.

## Fix now
`az network watcher flow-log update --location LOCATION --name NAME --retention 90`.

## Workaround
A lifecycle rule on the storage account that moves old logs to the archive tier instead of deleting them.

## Prevent
One module for flow logs with the number that the security team decided.

## Validate
`az network watcher flow-log show --location LOCATION --name NAME --query retentionPolicy` prints `enabled` true and `days` 90 or more.

## Bad
```hcl
resource "azurerm_network_watcher_flow_log" "web" {
  name                 = "web"
  network_watcher_name = "NetworkWatcher_westeurope"
  resource_group_name  = "NetworkWatcherRG"
  target_resource_id   = azurerm_virtual_network.shop.id
  storage_account_id   = azurerm_storage_account.logs.id
  enabled              = true
  retention_policy {
    enabled = true
    days    = 7 # finding
  }
}
```

```hcl
resource "azurerm_network_watcher_flow_log" "web" {
  name                 = "web"
  network_watcher_name = "NetworkWatcher_westeurope"
  resource_group_name  = "NetworkWatcherRG"
  target_resource_id   = azurerm_virtual_network.shop.id
  storage_account_id   = azurerm_storage_account.logs.id
  enabled              = true
  retention_policy {
    enabled = false # finding
    days    = 90
  }
}
```

## Good
```hcl
resource "azurerm_network_watcher_flow_log" "web" {
  name                 = "web"
  network_watcher_name = "NetworkWatcher_westeurope"
  resource_group_name  = "NetworkWatcherRG"
  target_resource_id   = azurerm_virtual_network.shop.id
  storage_account_id   = azurerm_storage_account.logs.id
  enabled              = true
  retention_policy {
    enabled = true
    days    = 90
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_network_watcher_flow_log",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_12 AVD-AZU-0049 azure-network-retention-policy-set",
)
def check(log: Node) -> Iterator[Fail]:
    policy = log.at("retention_policy")
    enabled, days = policy.at("enabled"), policy.at("days")
    if enabled.flag is not True:
        yield Fail(enabled, "nobody says how long the flow log is kept", expected="90 days or more")
    elif days.number is None or 0 < days.number < 90:
        yield Fail(days, "the flow log is kept for less than 90 days", expected="90 days or more, or 0 for ever")
