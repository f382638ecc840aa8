"""A web app runs on an outdated .NET.

## Why it matters
Versions before .NET 8 get no security fixes any more. Known holes in the runtime, such as those of HTTP/2, are open in your app, however
good its own code is.

## Five whys
1. Why could one client take the app down? It used a known hole of Kestrel.
2. Why was it open? The runtime gets no fixes.
3. Why? Its version was written down when the app was made.

## Fix now
Build for .NET 8 or newer, then `az webapp config set --name APP --resource-group GROUP --net-framework-version v8.0`, first in a slot.

## Workaround
A firewall policy in front stops the known attacks until then.

## Prevent
The version as one variable for all apps, with a reminder half a year before its end.

## Validate
`az webapp config show --name APP --resource-group GROUP --query netFrameworkVersion`.

## Bad
```hcl
resource "azurerm_windows_web_app" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  service_plan_id     = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  site_config {
    application_stack {
      current_stack  = "dotnet"
      dotnet_version = "v6.0" # finding
    }
  }
}
```

```hcl
resource "azurerm_app_service" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  app_service_plan_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  site_config {
    dotnet_framework_version = "v5.0" # finding
  }
}
```

## Good
```hcl
resource "azurerm_windows_web_app" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  service_plan_id     = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  site_config {
    application_stack {
      current_stack  = "dotnet"
      dotnet_version = "v8.0"
    }
  }
}
```

```hcl
resource "azurerm_app_service" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  app_service_plan_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  site_config {
    dotnet_framework_version = "v8.0"
  }
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule

_OLDEST_SUPPORTED = 8


@rule(
    target="azurerm_app_service azurerm_windows_web_app",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_80",
)
def check(app: Node) -> Iterator[Fail]:
    for path in ("site_config.dotnet_framework_version", "site_config.application_stack.dotnet_version"):
        version = app.at(path)
        found = re.match(r"v?(\d+)", version.text or "")
        if found and int(found[1]) < _OLDEST_SUPPORTED:
            yield Fail(version, f".NET {version.text} gets no security fixes", expected=f"v{_OLDEST_SUPPORTED}.0 or newer")
