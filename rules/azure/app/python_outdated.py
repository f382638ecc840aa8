"""A web app runs on a Python that gets no fixes.

## Why it matters
Holes of the interpreter and of OpenSSL in it stay open after a version's end, and new versions of the libraries do not install any more.

## Five whys
1. Why could the fixed library not be installed? It needs a newer Python.
2. Why is the app on an old one? Its version is fixed in the code.
3. Why? Nobody looks at it while it runs.

## Fix now
Test with a current version in a slot, then `az webapp config set --name APP --resource-group GROUP --linux-fx-version "PYTHON|3.12"`.

## Workaround
Pin the vulnerable libraries to versions with backported fixes.

## Prevent
One variable for the version of all apps, and the tests in the pipeline on the next one too.

## Validate
`az webapp config show --name APP --resource-group GROUP --query linuxFxVersion`.

## Bad
```hcl
resource "azurerm_linux_web_app" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  service_plan_id     = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  site_config {
    application_stack {
      python_version = "3.8" # finding
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
      python_version = "3.12"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule
from auditor.views.azure.web_app import older

_OLDEST_SUPPORTED = (3, 9)
_JUDGED_ELSEWHERE = (3, 0)


@rule(
    target="azurerm_app_service azurerm_linux_web_app azurerm_windows_web_app",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="AVD-AZU-0070 azure-appservice-supported-python-version",
)
def check(app: Node, resource: Resource) -> Iterator[Fail]:
    if resource.kind == "azurerm_app_service" and older(app.at("site_config.python_version"), _JUDGED_ELSEWHERE):
        return
    for path in ("site_config.python_version", "site_config.application_stack.python_version"):
        if older(app.at(path), _OLDEST_SUPPORTED):
            yield Fail(app.at(path), f"Python {app.at(path).text} gets no fixes", expected="3.9 or newer")
