"""A key of a vault never expires.

## Why it matters
A key that was copied or weakened unnoticed works for ever. An expiry forces the change while it is still a routine and not an emergency.

## Five whys
1. Why was a key of 2015 still signing? Nobody ever had to change it.
2. Why? It has no expiry.
3. Why? `expiration_date` is optional, and somebody feared the day.

## Fix now
`az keyvault key set-attributes --vault-name VAULT --name KEY --expires 2027-12-31T00:00:00Z`, with an Event Grid alert on
`KeyNearExpiry`.

## Workaround
A rotation policy (`az keyvault key rotation-policy update`) makes a new version before the old one ends.

## Prevent
A `rotation_policy` with `expire_after` in the module; the policy `Key Vault keys should have an expiration date`.

## Validate
`az keyvault key list --vault-name VAULT --query "[?attributes.expires==null].kid"` prints nothing.

## Bad
```hcl
resource "azurerm_key_vault_key" "signing" { # finding
  name         = "signing"
  key_vault_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/contoso-shop"
  key_type     = "RSA"
  key_size     = 3072
  key_opts     = ["sign", "verify"]
}
```

## Good
```hcl
resource "azurerm_key_vault_key" "signing" {
  name            = "signing"
  key_vault_id    = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/contoso-shop"
  key_type        = "RSA"
  key_size        = 3072
  key_opts        = ["sign", "verify"]
  expiration_date = "2027-12-31T00:00:00Z"
}
```

```hcl
resource "azurerm_key_vault_key" "signing" {
  name         = "signing"
  key_vault_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/contoso-shop"
  key_type     = "RSA"
  key_size     = 3072
  key_opts     = ["sign", "verify"]
  rotation_policy {
    expire_after = "P1Y"
    automatic {
      time_before_expiry = "P30D"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.decide import given


@rule(
    target="azurerm_key_vault_key",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_40 AVD-AZU-0014 azure-keyvault-ensure-key-expiry",
)
def check(key: Node) -> Iterator[Fail]:
    if not given(key.at("expiration_date")) and not given(key.at("rotation_policy.expire_after")):
        yield Fail(key, "the key never expires", expected="an expiration_date or a rotation policy")
