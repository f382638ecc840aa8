"""A web app mounts no Azure Files share.

## Why it matters
What the app writes to its own disk is lost with the instance and is not seen by the others. Shared content, uploads for one, belongs on a
share (or, better, in blob storage).

## Five whys
1. Why did the uploaded pictures vanish? They lay on an instance that was replaced.
2. Why there? No share is mounted.
3. Why? `storage_account` with `AzureFiles` is not written.

## Fix now
`az webapp config storage-account add --name APP --resource-group GROUP --custom-id media --storage-type AzureFiles --account-name ACCOUNT
--share-name SHARE --access-key KEY --mount-path /media`.

## Workaround
Write to blob storage with the SDK; then no share is needed, and the finding can be suppressed.

## Prevent
Decide in the module whether an app has state.

## Validate
`az webapp config storage-account list --name APP --resource-group GROUP --query "[].value.[type, state]"` prints `AzureFiles` and `Ok`.

## Bad
```hcl
resource "azurerm_linux_web_app" "shop" { # finding
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  service_plan_id     = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  site_config {}
}
```

```hcl
resource "azurerm_linux_web_app" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  service_plan_id     = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  site_config {}
  storage_account {
    name         = "media"
    type         = "AzureBlob" # finding
    account_name = "contosomedia"
    share_name   = "media"
    access_key   = var.key
  }
}
```

## Good
```hcl
resource "azurerm_linux_web_app" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  service_plan_id     = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  site_config {}
  storage_account {
    name         = "media"
    type         = "AzureFiles"
    account_name = "contosomedia"
    share_name   = "media"
    access_key   = var.key
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_app_service azurerm_linux_web_app azurerm_windows_web_app",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="CKV_AZURE_88",
)
def check(app: Node) -> Iterator[Fail]:
    types = list(app.each("storage_account.type"))
    if not any(kind.text == "AzureFiles" for kind in types):
        yield Fail(types[0] if types else app, "the app mounts no Azure Files share", expected="AzureFiles")
