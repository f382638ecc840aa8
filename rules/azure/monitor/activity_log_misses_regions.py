"""The activity log of a subscription misses some regions.

## Why it matters
Miners start their machines where nobody looks: in a region that the company does not use and the log does not cover.

## Five whys
1. Why did we see the machines only on the invoice? The log knew nothing of them.
2. Why? They ran in a region that the profile does not list.
3. Why? It lists the regions that we use.

## Fix now
Write all regions and `global` into `locations`; `az account list-locations --query "[].name" -o tsv` prints them.

## Workaround
The policy `Allowed locations` refuses machines in other regions.

## Prevent
A diagnostic setting of the subscription, which has no list of regions.

## Validate
`az monitor log-profiles list --query "[].locations | [0] | length(@)"` is the number of regions plus one.

## Bad
```hcl
resource "azurerm_monitor_log_profile" "all" {
  name               = "all"
  storage_account_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Storage/storageAccounts/contosologs"
  categories         = ["Action", "Delete", "Write"]
  locations          = ["westeurope", "global"] # finding
}
```

## Good
```hcl
resource "azurerm_monitor_log_profile" "all" {
  name               = "all"
  storage_account_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Storage/storageAccounts/contosologs"
  categories         = ["Action", "Delete", "Write"]
  locations = [
    "global", "australiacentral", "australiacentral2", "australiaeast", "australiasoutheast", "brazilsouth", "canadacentral", "canadaeast",
    "centralindia", "centralus", "eastasia", "eastus", "eastus2", "francecentral", "francesouth", "germanynorth",
    "germanywestcentral", "japaneast", "japanwest", "koreacentral", "koreasouth", "northcentralus", "northeurope", "norwayeast",
    "southafricanorth", "southcentralus", "southeastasia", "southindia", "switzerlandnorth", "uaenorth", "uksouth", "ukwest",
    "westcentralus", "westeurope", "westindia", "westus", "westus2",
  ]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule

_EVERYWHERE = frozenset(
    {
        "global",
        "australiaeast",
        "brazilsouth",
        "canadacentral",
        "centralindia",
        "centralus",
        "eastasia",
        "eastus",
        "eastus2",
        "francecentral",
        "germanywestcentral",
        "japaneast",
        "koreacentral",
        "northcentralus",
        "northeurope",
        "norwayeast",
        "southafricanorth",
        "southcentralus",
        "southeastasia",
        "switzerlandnorth",
        "uaenorth",
        "uksouth",
        "westeurope",
        "westus",
        "westus2",
    }
)
"""Regions that every subscription has; newer ones are not asked for."""


@rule(
    target="azurerm_monitor_log_profile",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="AVD-AZU-0032 azure-monitor-capture-all-regions",
)
def check(profile: Node) -> Iterator[Fail]:
    named = {(place.text or "").lower().replace(" ", "") for place in profile.each("locations")}
    if missing := sorted(_EVERYWHERE - named):
        yield Fail(profile.at("locations"), f"the activity log misses {len(missing)} regions, such as {missing[0]}", expected="all regions")
