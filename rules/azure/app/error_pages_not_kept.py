"""The details of a web app's errors are not kept.

## Why it matters
The visitor sees a bare 500, as it should be; the page with the module, the code and the path that failed is written to a file only when
this is on.

## Five whys
1. Why do we not know what failed? The log says 500 and nothing else.
2. Why? Details of errors are not written.
3. Why? It is off unless it is written.

## Fix now
`az webapp log config --name APP --resource-group GROUP --detailed-error-messages true`.

## Workaround
Application Insights, which keeps the stack of each exception.

## Prevent
On in the module.

## Validate
`az webapp log download --name APP --resource-group GROUP` contains `DetailedErrors/`.

## Bad
```hcl
resource "azurerm_linux_web_app" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  service_plan_id     = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  site_config {}
  logs {
    detailed_error_messages = false # finding
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
resource "azurerm_linux_web_app" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  service_plan_id     = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  site_config {}
  logs {
    detailed_error_messages = true
  }
}
```

```hcl
resource "azurerm_app_service" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  app_service_plan_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  logs {
    detailed_error_messages_enabled = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_app_service azurerm_linux_web_app azurerm_windows_web_app",
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_65",
)
def check(app: Node) -> Iterator[Fail]:
    new, old = app.at("logs.detailed_error_messages"), app.at("logs.detailed_error_messages_enabled")
    if new.flag is not True and old.flag is not True:
        yield Fail(new if new.present else old, "the details of errors are not kept", expected="detailed_error_messages = true")
