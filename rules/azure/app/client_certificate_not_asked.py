"""A web app does not ask its clients for a certificate.

## Why it matters
An API for known machines can refuse everybody without a certificate before the first byte of HTTP. For pages that people open in a
browser this makes no sense.

## Five whys
1. Why could a stranger call the partners' API? He had found a token.
2. Why was a token enough? No certificate is asked for.
3. Why? `client_certificate_enabled` is false unless it is written.

## Fix now
`az webapp update --name APP --resource-group GROUP --set clientCertEnabled=true clientCertMode=Required`; the app has to check the
thumbprint in `X-ARR-ClientCert`.

## Workaround
Access restrictions to the partners' addresses.

## Prevent
Put machine interfaces behind API Management, which checks certificates for all.

## Validate
`curl -s -o /dev/null -w '%{http_code}' https://APP.azurewebsites.net` without a certificate prints 403.

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
  client_cert_enabled = false # finding
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
  client_certificate_enabled = true
}
```

```hcl
resource "azurerm_app_service" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  app_service_plan_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  client_cert_enabled = true
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_app_service azurerm_linux_web_app azurerm_windows_web_app",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="CKV_AZURE_17 AVD-AZU-0001 azure-appservice-require-client-cert",
)
def check(app: Node) -> Iterator[Fail]:
    new, old = app.at("client_certificate_enabled"), app.at("client_cert_enabled")
    if new.flag is not True and old.flag is not True:
        yield Fail(old if old.present else new, "clients are not asked for a certificate", expected="client_certificate_enabled = true")
