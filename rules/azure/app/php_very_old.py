"""A web app runs on a PHP from before 7.4.

## Why it matters
PHP 5 and early 7 have holes with ready-made attacks, and Azure removes the runtimes from the platform: the app stops on a day that you do
not choose.

## Five whys
1. Why did the app stop after a restart? The platform has its PHP no more.
2. Why was it still configured? The argument is from the first deployment.
3. Why? The application was never tested with a newer one.

## Fix now
Move to PHP 8 on Linux, tested in a slot: `az webapp config set --name APP --resource-group GROUP --linux-fx-version "PHP|8.3"`.

## Workaround
A container with the old PHP behind a strict firewall policy, for the weeks of the migration.

## Prevent
A check of `az webapp list-runtimes` against the code, monthly.

## Validate
`az webapp config show --name APP --resource-group GROUP --query phpVersion`.

## Bad
```hcl
resource "azurerm_app_service" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  app_service_plan_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  site_config {
    php_version = "7.3" # finding
  }
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
    php_version = "8.1"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.azure.web_app import older


@rule(
    target="azurerm_app_service",
    severity=Severity.HIGH,
    aliases="CKV_AZURE_81 AVD-AZU-0069 azure-appservice-supported-php-version",
)
def check(app: Node) -> Iterator[Fail]:
    version = app.at("site_config.php_version")
    if older(version, (7, 4)):
        yield Fail(version, f"PHP {version.text} is long out of support", expected="8.1 or newer")
