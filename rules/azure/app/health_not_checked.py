"""Sick instances of a web app keep getting requests.

## Why it matters
An instance that runs out of threads or lost its database still answers the port, with errors. With a health check the platform takes it
out after some failures and replaces it.

## Five whys
1. Why did a third of all requests fail for hours? One of three instances was sick.
2. Why did it get requests? Nobody asked whether it is well.
3. Why? No health check path is written.

## Fix now
`az webapp config set --name APP --resource-group GROUP --generic-configurations '{"healthCheckPath": "/healthz"}'`; the path has to check
what the app needs.

## Workaround
`az webapp restart` of the app, and more instances, so that one weighs less.

## Prevent
`/healthz` in the application's template, and the argument in the module.

## Validate
`az webapp config show --name APP --resource-group GROUP --query healthCheckPath`; the metric `HealthCheckStatus` shows 100.

## Bad
```hcl
resource "azurerm_linux_web_app" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  service_plan_id     = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  site_config { # finding
    always_on = true
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
  site_config {
    always_on         = true
    health_check_path = "/healthz"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_app_service azurerm_linux_web_app azurerm_windows_web_app",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_213",
)
def check(app: Node) -> Iterator[Fail]:
    if not any(path.text for path in app.each("site_config.health_check_path")):
        yield Fail(app.at("site_config.health_check_path"), "sick instances keep getting requests", expected="a health check path")
