"""An Event Hubs namespace lives in one availability zone.

## Why it matters
In a region without zones, or with redundancy switched off, a fault of one building stops the stream, and producers that do not buffer
lose events.

## Five whys
1. Why are there no events of that afternoon? The namespace was away.
2. Why was no other zone there? The region has none, or redundancy is off.
3. Why that region? It is near the office, and nobody asked for zones.

## Fix now
Make a new namespace in a region with zones (`az eventhubs namespace create --location westeurope`), point the producers there, drain the
old one.

## Workaround
Geo-disaster recovery with a second namespace: `az eventhubs georecovery-alias set`.

## Prevent
Regions with zones as the allowed list of the module.

## Validate
`az eventhubs namespace show --name NAMESPACE --resource-group GROUP --query zoneRedundant` prints `true`.

## Bad
```hcl
resource "azurerm_eventhub_namespace" "clicks" {
  name                = "contoso-clicks"
  resource_group_name = "shop"
  sku                 = "Standard"
  location            = "westus" # finding
}
```

```hcl
resource "azurerm_eventhub_namespace" "clicks" {
  name                = "contoso-clicks"
  resource_group_name = "shop"
  location            = "westeurope"
  sku                 = "Standard"
  zone_redundant      = false # finding
}
```

## Good
```hcl
resource "azurerm_eventhub_namespace" "clicks" {
  name                = "contoso-clicks"
  resource_group_name = "shop"
  sku                 = "Standard"
  location            = "westeurope"
}
```

```hcl
resource "azurerm_eventhub_namespace" "clicks" {
  name                = "contoso-clicks"
  resource_group_name = "shop"
  location            = "westeurope"
  sku                 = "Standard"
  zone_redundant      = true
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule

_WITHOUT_ZONES = frozenset(
    {
        "australiacentral",
        "australiacentral2",
        "australiasoutheast",
        "brazilsoutheast",
        "canadaeast",
        "francesouth",
        "germanynorth",
        "koreasouth",
        "northcentralus",
        "norwaywest",
        "southafricawest",
        "southindia",
        "switzerlandwest",
        "uaecentral",
        "ukwest",
        "westcentralus",
        "westindia",
        "westus",
    }
)


@rule(
    target="azurerm_eventhub_namespace",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="CKV_AZURE_228",
)
def check(namespace: Node) -> Iterator[Fail]:
    redundant, location = namespace.at("zone_redundant"), namespace.at("location")
    if redundant.flag is False:
        yield Fail(redundant, "the namespace lives in one zone", expected="true")
    elif (location.text or "").lower().replace(" ", "") in _WITHOUT_ZONES:
        yield Fail(location, f"the region {location.text} has no availability zones", expected="a region with zones")
