"""The images of a container registry exist in one region.

## Why it matters
When the region is away, clusters elsewhere cannot start a single new pod: their images come from there. Replicas also make pulls fast and
free of egress cost.

## Five whys
1. Why could the second region not scale during the outage? Its nodes could not pull.
2. Why? The images lay in the region that was down.
3. Why? The registry is not replicated.

## Fix now
`az acr replication create --registry REGISTRY --location northeurope` (premium tier).

## Workaround
`az acr import` of the images that matter into a second registry.

## Prevent
The regions of the clusters as the list of replicas in the module.

## Validate
`az acr replication list --registry REGISTRY -o table` shows each region as `Ready`.

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
  name                = "contosoimages"
  resource_group_name = "shop"
  location            = "westeurope"
  sku                 = "Basic" # finding
}
```

## Good
```hcl
resource "azurerm_container_registry" "images" {
  name                = "contosoimages"
  resource_group_name = "shop"
  location            = "westeurope"
  sku                 = "Premium"
  georeplications {
    location = "northeurope"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_container_registry",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="CKV_AZURE_165",
)
def check(registry: Node) -> Iterator[Fail]:
    sku, replicas = registry.at("sku"), registry.at("georeplications")
    if sku.text != "Premium":
        yield Fail(sku, "the registry's tier has no replicas in other regions", expected="Premium with georeplications")
    elif replicas.missing:
        yield Fail(replicas, "the images exist in one region", expected="georeplications")
