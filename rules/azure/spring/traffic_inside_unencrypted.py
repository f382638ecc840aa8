"""Traffic to the apps of a Spring service is unencrypted inside of it.

## Why it matters
TLS ends at the ingress; from there tokens and data go in the clear to the app, through machines that others share. The standard tier can
encrypt that way too.

## Five whys
1. Why does the assessor say that data is not encrypted end to end? The last hop is plain HTTP.
2. Why? `tls_enabled` of the app is not true.
3. Why? It is false unless it is written.

## Fix now
`az spring app update --name APP --service SERVICE --resource-group GROUP --enable-ingress-to-app-tls true`; the app needs a certificate.

## Workaround
A network of your own with a security group around the runtime subnet.

## Prevent
True in the module for apps.

## Validate
`az spring app show --name APP --service SERVICE --resource-group GROUP --query properties.enableEndToEndTLS` prints `true`.

## Bad
```hcl
resource "azurerm_spring_cloud_service" "shop" { # finding
  name                = "contoso"
  resource_group_name = "shop"
  location            = "westeurope"
  sku_tier            = "Standard"
}

resource "azurerm_spring_cloud_app" "cart" {
  name                = "cart"
  resource_group_name = "shop"
  service_name        = azurerm_spring_cloud_service.shop.name
}
```

## Good
```hcl
resource "azurerm_spring_cloud_service" "shop" {
  name                = "contoso"
  resource_group_name = "shop"
  location            = "westeurope"
  sku_tier            = "Standard"
}

resource "azurerm_spring_cloud_app" "cart" {
  name                = "cart"
  resource_group_name = "shop"
  service_name        = azurerm_spring_cloud_service.shop.name
  tls_enabled         = true
}
```

```hcl
resource "azurerm_spring_cloud_service" "shop" {
  name                = "contoso"
  resource_group_name = "shop"
  location            = "westeurope"
  sku_tier            = "Basic"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(
    target="azurerm_spring_cloud_service",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_55",
)
def check(service: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if service.at("sku_tier").text == "Basic" or (service.at("sku_name").text or "").startswith("B"):
        return
    apps = graph.attached(resource, "service_name", "azurerm_spring_cloud_app")
    if any(app.body.at("tls_enabled").flag is not True for app in apps):
        yield Fail(service, "traffic inside of the service is unencrypted", expected="tls_enabled = true for every app")
