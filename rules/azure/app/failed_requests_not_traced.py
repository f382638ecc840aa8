"""Failed requests of a web app are not traced.

## Why it matters
A trace shows each step of a request with its time: the module that redirected, the rule that denied, the second in which it hung. Without
it a 403 is guesswork.

## Five whys
1. Why could nobody say who answered 403? There are five modules that may.
2. Why was it not in a log? Failed requests are not traced.
3. Why? It is off unless it is written.

## Fix now
`az webapp log config --name APP --resource-group GROUP --failed-request-tracing true`.

## Workaround
The diagnose blade of the portal keeps a day of failures.

## Prevent
On in the module; traces are bounded to some files.

## Validate
`az webapp log download --name APP --resource-group GROUP` contains `W3SVC*/fr*.xml` after a failure.

## Bad
```hcl
resource "azurerm_windows_web_app" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  service_plan_id     = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  site_config {}
  logs {
    failed_request_tracing = false # finding
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
resource "azurerm_windows_web_app" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  service_plan_id     = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  site_config {}
  logs {
    failed_request_tracing = true
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
    failed_request_tracing_enabled = true
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
    aliases="CKV_AZURE_66",
)
def check(app: Node) -> Iterator[Fail]:
    new, old = app.at("logs.failed_request_tracing"), app.at("logs.failed_request_tracing_enabled")
    if new.flag is not True and old.flag is not True:
        yield Fail(new if new.present else old, "failed requests are not traced", expected="failed_request_tracing = true")
