"""A web app is reached without the platform's login.

## Why it matters
With App Service authentication the platform asks for a login before any request reaches your code. Without, one forgotten check in one
handler is open to all. Public sites need none.

## Five whys
1. Why could the admin page be opened without a login? Its handler forgot the check.
2. Why did nothing else ask? The platform's authentication is off.
3. Why? It is off unless it is written.

## Fix now
`az webapp auth update --name APP --resource-group GROUP --enabled true --action RedirectToLoginPage`, with a provider: `az webapp auth
microsoft update --client-id ID --issuer ISSUER`.

## Workaround
Access restrictions to the company's addresses: `az webapp config access-restriction add`.

## Prevent
`auth_settings_v2` in the module for internal apps; a page that has to be public says so with an exemption.

## Validate
`curl -sI https://APP.azurewebsites.net/admin` answers 302 to the login or 401.

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
resource "azurerm_app_service" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  app_service_plan_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  auth_settings {
    enabled = false # finding
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
  auth_settings_v2 {
    auth_enabled           = true
    require_authentication = true
    login {}
  }
}
```

```hcl
resource "azurerm_app_service" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  app_service_plan_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  auth_settings {
    enabled = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_app_service azurerm_linux_web_app azurerm_windows_web_app",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    aliases="CKV_AZURE_13 AVD-AZU-0003 azure-appservice-authentication-enabled",
)
def check(app: Node) -> Iterator[Fail]:
    old, new = app.at("auth_settings.enabled"), app.at("auth_settings_v2.auth_enabled")
    if old.flag is not True and new.flag is not True:
        yield Fail(new if new.present else old, "the platform asks nobody for a login", expected="auth_settings_v2 with auth_enabled")
