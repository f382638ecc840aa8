"""A container registry keeps images that no tag names any more.

## Why it matters
Every push over a tag leaves the old image behind. They cost money, fill the limit of the tier, and can still be pulled by digest, with
all their holes.

## Five whys
1. Why did the push fail? The registry was full.
2. Why? Thousands of untagged manifests are kept.
3. Why? There is no retention policy.

## Fix now
`az acr config retention update --registry REGISTRY --status enabled --days 30 --type UntaggedManifests` (premium).

## Workaround
`az acr run --cmd "acr purge --filter 'app:.*' --untagged --ago 30d" --registry REGISTRY /dev/null`, nightly as a task.

## Prevent
`retention_policy_in_days` in the module.

## Validate
`az acr config retention show --registry REGISTRY` prints `enabled`.

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
  sku                 = "Premium"
  retention_policy {
    enabled = false # finding
    days    = 30
  }
}
```

## Good
```hcl
resource "azurerm_container_registry" "images" {
  name                     = "contosoimages"
  resource_group_name      = "shop"
  location                 = "westeurope"
  sku                      = "Premium"
  retention_policy_in_days = 30
}
```

```hcl
resource "azurerm_container_registry" "images" {
  name                = "contosoimages"
  resource_group_name = "shop"
  location            = "westeurope"
  sku                 = "Premium"
  retention_policy {
    enabled = true
    days    = 30
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_container_registry",
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_167",
)
def check(registry: Node) -> Iterator[Fail]:
    days, old = registry.at("retention_policy_in_days"), registry.at("retention_policy")
    if (days.number or 0) > 0 or old.at("enabled").flag is True:
        return
    yield Fail(old.at("enabled") if old.present else days, "untagged images are kept for ever", expected="retention_policy_in_days")
