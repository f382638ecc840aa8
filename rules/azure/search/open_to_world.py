"""The address rules of a search service let the whole internet in.

## Why it matters
The list looks like a firewall, and its one entry is everybody: all that stands before the index is a key.

## Five whys
1. Why could anybody reach the service, it has a firewall? The list allows 0.0.0.0/0.
2. Why? Somebody wanted to be sure that it is not the firewall.
3. Why was it not undone? The fault was elsewhere, and then the day was over.

## Fix now
`az search service update --name SERVICE --resource-group GROUP --ip-rules 203.0.113.0/24`.

## Workaround
`--public-access disabled` with a private endpoint.

## Prevent
A validation in the module that no range is wider than /16.

## Validate
`az search service show --name SERVICE --resource-group GROUP --query networkRuleSet.ipRules` shows no `0.0.0.0/0`.

## Bad
```hcl
resource "azurerm_search_service" "products" {
  name                = "contoso-products"
  resource_group_name = "shop"
  location            = "westeurope"
  sku                 = "standard"
  allowed_ips         = ["0.0.0.0/0"] # finding
}
```

## Good
```hcl
resource "azurerm_search_service" "products" {
  name                = "contoso-products"
  resource_group_name = "shop"
  location            = "westeurope"
  sku                 = "standard"
  allowed_ips         = ["203.0.113.0/24"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.azure.security_rule import is_everybody


@rule(
    target="azurerm_search_service",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="CKV_AZURE_210",
)
def check(service: Node) -> Iterator[Fail]:
    for address in service.each("allowed_ips"):
        if is_everybody(address.text):
            yield Fail(address, "the whole internet is let in", expected="the addresses that need it")
