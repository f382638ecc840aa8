"""An Event Hubs namespace takes connections from all networks.

## Why it matters
A connection string that leaks from a device reads the stream from anywhere, as long as the namespace answers everywhere.

## Five whys
1. Why could the stream be read from abroad? The namespace is open to all networks.
2. Why? Public access is on, and no rule set denies by default.
3. Why? Devices were to come over the internet; now a gateway does.

## Fix now
A private endpoint, then `az eventhubs namespace update --name NAMESPACE --resource-group GROUP --public-network-access Disabled`; or `az
eventhubs namespace network-rule-set update --default-action Deny`.

## Workaround
Address rules for the plants: `az eventhubs namespace network-rule-set ip-rule add --ip-rule ip-address=203.0.113.0/24 action=Allow`.

## Prevent
Namespace and endpoint in one module.

## Validate
`az eventhubs namespace network-rule-set show --namespace-name NAMESPACE --resource-group GROUP --query "[publicNetworkAccess,
defaultAction]"`.

## Bad
```hcl
resource "azurerm_eventhub_namespace" "clicks" { # finding
  name                = "contoso-clicks"
  resource_group_name = "shop"
  location            = "westeurope"
  sku                 = "Standard"
}
```

## Good
```hcl
resource "azurerm_eventhub_namespace" "clicks" {
  name                          = "contoso-clicks"
  resource_group_name           = "shop"
  location                      = "westeurope"
  sku                           = "Standard"
  public_network_access_enabled = false
}
```

```hcl
resource "azurerm_eventhub_namespace" "clicks" {
  name                = "contoso-clicks"
  resource_group_name = "shop"
  location            = "westeurope"
  sku                 = "Standard"
  network_rulesets {
    default_action = "Deny"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_eventhub_namespace",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
)
def check(namespace: Node) -> Iterator[Fail]:
    access = namespace.at("public_network_access_enabled")
    if access.flag is not False and namespace.at("network_rulesets.default_action").text != "Deny":
        yield Fail(access, "every network may connect to the namespace", expected="no public access, or rules that deny by default")
