"""A secret is written into the settings of an app.

## Why it matters
The code has it, the plan, the state and every reader of the app's settings in the portal; and since it is in so many places, nobody dares
to change it.

## Five whys
1. Why did a reader of the resource group have the database password? The portal showed it to him.
2. Why is it there? It is an app setting.
3. Why in the code? The app had no identity to fetch it with.

## Fix now
Change the secret; store the new one with `az keyvault secret set --vault-name VAULT --name NAME --value ...`, give the app's identity
`Key Vault Secrets User`, and write `@Microsoft.KeyVault(VaultName=VAULT;SecretName=NAME)`.

## Workaround
A managed identity instead of a password, where the service knows it: `Authentication=Active Directory Managed Identity`.

## Prevent
A secret scanner on push; a module that takes names of secrets only.

## Validate
`az webapp config appsettings list --name APP --resource-group GROUP --query "[].value"` shows references only.

## Bad
```hcl
resource "azurerm_linux_web_app" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  service_plan_id     = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  site_config {}
  app_settings = {
    SMTP_PASSWORD = "Tr0ub4dor-and-3" # finding
  }
}
```

```hcl
resource "azurerm_linux_web_app" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  service_plan_id     = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  site_config {}
  connection_string {
    name  = "orders"
    type  = "SQLAzure"
    value = "Server=contoso.database.windows.net;User ID=shop;Password=Tr0ub4dor-and-3" # finding
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
  app_settings = {
    SMTP_PASSWORD = "@Microsoft.KeyVault(VaultName=contoso;SecretName=smtp)"
  }
}
```

```hcl
resource "azurerm_linux_web_app" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  service_plan_id     = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  site_config {}
  connection_string {
    name  = "orders"
    type  = "SQLAzure"
    value = "Server=contoso.database.windows.net;Authentication=Active Directory Managed Identity"
  }
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule
from auditor.views.secret import blank, conceal, secret_name, token, written

_PASSWORD = re.compile(r"(?i)(?:password|pwd|accountkey|sharedaccesskey)\s*=\s*(?!\{|@|;)[^;\s]{4,}")


@rule(
    target="azurerm_app_service azurerm_linux_web_app azurerm_windows_web_app azurerm_app_service_slot "
    "azurerm_linux_web_app_slot azurerm_windows_web_app_slot azurerm_function_app azurerm_function_app_slot "
    "azurerm_linux_function_app azurerm_linux_function_app_slot azurerm_windows_function_app "
    "azurerm_windows_function_app_slot",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
)
def check(app: Node, resource: Resource) -> Iterator[Fail]:
    for name, value in app.at("app_settings").entries():
        text = written(resource, value)
        if text and not text.startswith("@Microsoft.") and not blank(text) and (secret_name(name) or _holds_one(text)):
            yield _fail(value)
    for value in app.each("connection_string.value"):
        if _holds_one(written(resource, value)):
            yield _fail(value)


def _holds_one(text: str) -> bool:
    return bool(token(text)) or _PASSWORD.search(text) is not None


def _fail(value: Node) -> Fail:
    return Fail(conceal(value), f"{value.path} seems to hold a secret", expected="a reference to a vault", actual="(sensitive)")
