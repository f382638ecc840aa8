"""A web app takes deployments over plain FTP.

## Why it matters
FTP sends the publishing password and the code readable. Whoever reads it puts his own pages in place of yours.

## Five whys
1. Why did the shop serve a foreign script? Somebody had uploaded it.
2. Why could he? He had read the FTP password in a network.
3. Why was it sent in the clear? The app allows FTP without TLS.

## Fix now
`az webapp config set --name APP --resource-group GROUP --ftps-state Disabled`, then reset the publishing profile.

## Workaround
`--ftps-state FtpsOnly` while one supplier still uploads.

## Prevent
`ftps_state = "Disabled"` in the module, deployments by pipeline.

## Validate
`curl -m 5 ftp://FTP_HOST/` is refused.

## Bad
```hcl
resource "azurerm_app_service" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  app_service_plan_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  site_config {
    ftps_state = "AllAllowed" # finding
  }
}
```

```hcl
resource "azurerm_app_service" "shop" { # finding
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  app_service_plan_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
}
```

## Good
```hcl
resource "azurerm_app_service" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  app_service_plan_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  site_config {
    ftps_state = "FtpsOnly"
  }
}
```

```hcl
resource "azurerm_linux_web_app" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  service_plan_id     = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  site_config {
    ftps_state = "Disabled"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule


@rule(
    target="azurerm_app_service azurerm_linux_web_app azurerm_windows_web_app",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_78 AVD-AZU-0071 azure-appservice-enforce-ftps",
)
def check(app: Node, resource: Resource) -> Iterator[Fail]:
    state = app.at("site_config.ftps_state")
    default = "AllAllowed" if resource.kind == "azurerm_app_service" else "Disabled"
    if (state.text or default) == "AllAllowed":
        yield Fail(state, "code is taken over plain FTP", expected="FtpsOnly or Disabled")
