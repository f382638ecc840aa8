"""A container registry keeps no signatures of images.

## Why it matters
Whoever may push can replace what `:1.4` means. With signed images a client refuses what the build did not sign.

## Five whys
1. Why did the cluster run a changed image? The tag pointed to it.
2. Why did nobody notice? There was no signature to check.
3. Why? The registry's trust policy is off.

## Fix now
`az acr config content-trust update --registry REGISTRY --status enabled` (premium). For new set-ups sign with Notation, since content
trust of Docker is being retired.

## Workaround
Deploy by digest (`image@sha256:...`), which a tag cannot move.

## Prevent
Signing in the release pipeline and a check at admission (Ratify with Azure Policy).

## Validate
`az acr config content-trust show --registry REGISTRY --query status` prints `enabled`.

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
  trust_policy {
    enabled = false # finding
  }
}
```

## Good
```hcl
resource "azurerm_container_registry" "images" {
  name                 = "contosoimages"
  resource_group_name  = "shop"
  location             = "westeurope"
  sku                  = "Premium"
  trust_policy_enabled = true
}
```

```hcl
resource "azurerm_container_registry" "images" {
  name                = "contosoimages"
  resource_group_name = "shop"
  location            = "westeurope"
  sku                 = "Premium"
  trust_policy {
    enabled = true
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
    aliases="CKV_AZURE_164",
)
def check(registry: Node) -> Iterator[Fail]:
    new, old = registry.at("trust_policy_enabled"), registry.at("trust_policy.enabled")
    if new.flag is not True and old.flag is not True:
        yield Fail(old if old.present else new, "the registry keeps no signatures", expected="trust_policy_enabled = true")
