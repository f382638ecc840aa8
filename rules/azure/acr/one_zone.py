"""A container registry lives in one availability zone.

## Why it matters
When its zone fails, no node anywhere can pull an image from it, so nothing that is restarted comes back, in the zones that are healthy
too.

## Five whys
1. Why did healthy zones not recover the pods? They could not pull the images.
2. Why? The registry was in the zone that failed.
3. Why? `zone_redundancy_enabled` is false unless it is written.

## Fix now
It is fixed at creation: make a new premium registry with `az acr create --zone-redundancy enabled`, copy with `az acr import`, switch the
clusters.

## Workaround
A replica with zone redundancy: `az acr replication create --registry REGISTRY --location northeurope --zone-redundancy enabled`.

## Prevent
On in the module for production.

## Validate
`az acr show --name REGISTRY --query zoneRedundancy` prints `Enabled`.

## Bad
```hcl
resource "azurerm_container_registry" "images" { # finding
  name                = "contosoimages"
  resource_group_name = "shop"
  location            = "westeurope"
  sku                 = "Premium"
}
```

```hcl
resource "azurerm_container_registry" "images" {
  name                    = "contosoimages"
  resource_group_name     = "shop"
  location                = "westeurope"
  sku                     = "Premium"
  zone_redundancy_enabled = true
  georeplications {
    location                = "northeurope"
    zone_redundancy_enabled = false # finding
  }
}
```

## Good
```hcl
resource "azurerm_container_registry" "images" {
  name                    = "contosoimages"
  resource_group_name     = "shop"
  location                = "westeurope"
  sku                     = "Premium"
  zone_redundancy_enabled = true
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_container_registry",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="CKV_AZURE_233",
)
def check(registry: Node) -> Iterator[Fail]:
    for place in (registry, *registry.each("georeplications")):
        redundant = place.at("zone_redundancy_enabled")
        if redundant.flag is not True:
            yield Fail(redundant, "the images live in one zone", expected="zone_redundancy_enabled = true")
