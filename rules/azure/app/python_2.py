"""A web app runs on Python 2.

## Why it matters
Python 2 ended in 2020. Neither it nor its libraries get fixes, and the platform no longer offers it for new workers.

## Five whys
1. Why does the scale-out fail? New workers have no Python 2.
2. Why does the app need it? `python_version` says so.
3. Why? It was the default of the old resource.

## Fix now
Port with `2to3` and tests, deploy to a slot on `PYTHON|3.12`, swap.

## Workaround
A container with Python 2 behind a strict firewall, for the weeks of the port.

## Prevent
`azurerm_linux_web_app`, which has no Python 2.

## Validate
`az webapp config show --name APP --resource-group GROUP --query pythonVersion`.

## Bad
```hcl
resource "azurerm_app_service" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  app_service_plan_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  site_config {
    python_version = "2.7" # finding
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
    python_version = "3.4"
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
    aliases="CKV_AZURE_82 AVD-AZU-0070 azure-appservice-supported-python-version",
)
def check(app: Node) -> Iterator[Fail]:
    version = app.at("site_config.python_version")
    if older(version, (3, 0)):
        yield Fail(version, "Python 2 gets no fixes since 2020", expected="Python 3")
