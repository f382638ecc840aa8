"""The activity log of a subscription is kept for less than a year.

## Why it matters
The activity log says who made, changed and deleted what. Questions about it come months later, from auditors and after break-ins.

## Five whys
1. Why can we not say who opened the firewall in spring? The log of spring is deleted.
2. Why? It is kept for less than a year.
3. Why? The number of days came from an example, or was left out.

## Fix now
`az monitor log-profiles update --name PROFILE --set retentionPolicy.enabled=true retentionPolicy.days=365`.

## Workaround
Copy the container to an account with an immutability policy.

## Prevent
A diagnostic setting of the subscription (`az monitor diagnostic-settings subscription create`), since log profiles are retired.

## Validate
`az monitor log-profiles list --query "[].retentionPolicy"` prints 365 days or more, or 0 with the policy off, which is for ever.

## Bad
```hcl
resource "azurerm_monitor_log_profile" "all" {
  name               = "all"
  storage_account_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Storage/storageAccounts/contosologs"
  categories         = ["Action", "Delete", "Write"]
  locations          = ["westeurope", "global"]
  retention_policy {
    enabled = true
    days    = 7 # finding
  }
}
```

## Good
```hcl
resource "azurerm_monitor_log_profile" "all" {
  name               = "all"
  storage_account_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Storage/storageAccounts/contosologs"
  categories         = ["Action", "Delete", "Write"]
  locations          = ["westeurope", "global"]
  retention_policy {
    enabled = true
    days    = 365
  }
}
```

```hcl
resource "azurerm_monitor_log_profile" "all" {
  name               = "all"
  storage_account_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Storage/storageAccounts/contosologs"
  categories         = ["Action", "Delete", "Write"]
  locations          = ["westeurope", "global"]
  retention_policy {
    enabled = false
    days    = 0
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_monitor_log_profile",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_37 AVD-AZU-0031 azure-monitor-activity-log-retention-set",
)
def check(profile: Node) -> Iterator[Fail]:
    policy = profile.at("retention_policy")
    days = policy.at("days")
    number = days.number or 0
    for_ever = policy.at("enabled").flag is False and number == 0
    if policy.missing or not (for_ever or number >= 365):
        yield Fail(days, "the activity log is kept for less than a year", expected="365 days or more")
