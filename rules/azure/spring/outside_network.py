"""A Spring service does not run in a network of yours.

## Why it matters
Its apps stand in a shared network: they reach databases over public addresses, which have to be open for them, and no rule of yours looks
at their traffic.

## Five whys
1. Why is the database open to Azure? The Spring apps come from a shared network.
2. Why? The service has no subnets, or is of the basic tier, which cannot have any.
3. Why? Networks can be chosen only when the service is made.

## Fix now
Make a new service with `az spring create --app-subnet S1 --service-runtime-subnet S2 --reserved-cidr-range A,B,C` in the standard tier,
deploy the apps, switch the traffic.

## Workaround
Private endpoints of the databases with the outbound addresses of the service in their rules.

## Prevent
The block in the module with both subnets.

## Validate
`az spring show --name SERVICE --resource-group GROUP --query properties.networkProfile.appSubnetId` prints the subnet.

## Bad
```hcl
resource "azurerm_spring_cloud_service" "shop" { # finding
  name                = "contoso"
  resource_group_name = "shop"
  location            = "westeurope"
  sku_name            = "S0"
}
```

```hcl
resource "azurerm_spring_cloud_service" "shop" {
  name                = "contoso"
  resource_group_name = "shop"
  location            = "westeurope"
  sku_name            = "B0" # finding
}
```

## Good
```hcl
resource "azurerm_spring_cloud_service" "shop" {
  name                = "contoso"
  resource_group_name = "shop"
  location            = "westeurope"
  sku_name            = "S0"
  network {
    app_subnet_id             = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Network/virtualNetworks/shop/subnets/apps"
    service_runtime_subnet_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Network/virtualNetworks/shop/subnets/runtime"
    cidr_ranges               = ["10.30.0.0/16", "10.31.0.0/16", "10.32.0.1/16"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.decide import given

_BASIC = "B0"


@rule(
    target="azurerm_spring_cloud_service",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_23",
)
def check(service: Node) -> Iterator[Fail]:
    sku, network = service.at("sku_name"), service.at("network")
    if sku.text == _BASIC:
        yield Fail(sku, "the basic tier cannot run in a network of yours", expected="S0 with a network")
    elif not all(given(network.at(name)) for name in ("app_subnet_id", "service_runtime_subnet_id")):
        yield Fail(network, "the apps run outside of your networks", expected="app and runtime subnets")
