"""A Service Bus namespace is not held at TLS 1.2.

## Why it matters
Namespaces from before the setting accept TLS 1.0, and keep doing so until it is written. A client can then be pushed down to a version
that is broken.

## Five whys
1. Why did an old client connect with TLS 1.0? The namespace let it.
2. Why? No minimum, or an old one, is written.
3. Why? The namespace is older than the argument.

## Fix now
`az servicebus namespace update --name NAMESPACE --resource-group GROUP --minimum-tls-version 1.2`.

## Workaround
Set the version in the clients (`SslProtocols.Tls12`).

## Prevent
`minimum_tls_version = "1.2"` in the module.

## Validate
`az servicebus namespace show --name NAMESPACE --resource-group GROUP --query minimumTlsVersion` prints `1.2`.

## Bad
```hcl
resource "azurerm_servicebus_namespace" "orders" { # finding
  name                = "contoso-orders"
  resource_group_name = "shop"
  location            = "westeurope"
  sku                 = "Premium"
  capacity            = 1
}
```

```hcl
resource "azurerm_servicebus_namespace" "orders" {
  name                = "contoso-orders"
  resource_group_name = "shop"
  location            = "westeurope"
  sku                 = "Premium"
  capacity            = 1
  minimum_tls_version = "1.0" # finding
}
```

## Good
```hcl
resource "azurerm_servicebus_namespace" "orders" {
  name                = "contoso-orders"
  resource_group_name = "shop"
  location            = "westeurope"
  sku                 = "Premium"
  capacity            = 1
  minimum_tls_version = "1.2"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule
from auditor.views.decide import given
from auditor.views.provider import provider_major

_MODERN = frozenset({"1.2", "1.3"})
_DEFAULTS_TO_MODERN = 4


@rule(
    target="azurerm_servicebus_namespace",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    aliases="CKV_AZURE_205",
)
def check(namespace: Node, graph: Graph) -> Iterator[Fail]:
    version = namespace.at("minimum_tls_version")
    by_default = not given(version) and (provider_major(graph, "azurerm") or 0) >= _DEFAULTS_TO_MODERN
    if version.text not in _MODERN and not by_default:
        yield Fail(version, "the namespace is not held at TLS 1.2", expected="1.2", actual=version.text or "not set")
