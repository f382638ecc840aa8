"""A web app runs on a PHP that gets no fixes.

## Why it matters
Holes of PHP and its extensions are found by scanners within hours. A version past its end of life stays open for ever.

## Five whys
1. Why was the shop defaced? Through a known hole in PHP.
2. Why was it not fixed? There are no fixes for this version.
3. Why does the app use it? The version was written when the app was made.

## Fix now
Test with PHP 8.3 in a slot, then `az webapp config set --name APP --resource-group GROUP --linux-fx-version "PHP|8.3"`.

## Workaround
A firewall policy in front with the PHP rules of the managed set.

## Prevent
One variable for the version of all apps; `composer check-platform-reqs` in the pipeline.

## Validate
`az webapp config show --name APP --resource-group GROUP --query "[phpVersion, linuxFxVersion]"`.

## Bad
```hcl
resource "azurerm_linux_web_app" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  service_plan_id     = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  site_config {
    application_stack {
      php_version = "7.4" # finding
    }
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
    application_stack {
      php_version = "8.3"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule
from auditor.views.azure.web_app import older

_OLDEST_SUPPORTED = (8, 1)
_JUDGED_ELSEWHERE = (7, 4)


@rule(
    target="azurerm_app_service azurerm_linux_web_app azurerm_windows_web_app",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="AVD-AZU-0069 azure-appservice-supported-php-version",
)
def check(app: Node, resource: Resource) -> Iterator[Fail]:
    if resource.kind == "azurerm_app_service" and older(app.at("site_config.php_version"), _JUDGED_ELSEWHERE):
        return
    for path in ("site_config.php_version", "site_config.application_stack.php_version"):
        if older(app.at(path), _OLDEST_SUPPORTED):
            yield Fail(app.at(path), f"PHP {app.at(path).text} gets no fixes", expected="8.1 or newer")
