"""The firewall of a database server lets in addresses that nobody counted.

## Why it matters
A range that starts at 0.0.0.0 or ends at 255.255.255.255 was not written for anybody in particular. From 0.0.0.0 to 0.0.0.0 it means
every machine of Azure, those that attackers rent included.

## Five whys
1. Why could a stranger's virtual machine connect? The rule lets all of Azure in.
2. Why? Its range is 0.0.0.0 to 0.0.0.0.
3. Why? A function app has no fixed address, and this was the checkbox in the portal.

## Fix now
Name the addresses: `az sql server firewall-rule update --server SERVER --resource-group GROUP --name RULE --start-ip-address A
--end-ip-address B`.

## Workaround
Route the app through a NAT gateway, and allow that single address.

## Prevent
Private endpoints and network integration of the apps instead of addresses.

## Validate
`az sql server firewall-rule list --server SERVER --resource-group GROUP` shows only ranges that somebody can name.

## Bad
```hcl
resource "azurerm_mssql_firewall_rule" "office" {
  name             = "office"
  server_id        = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Sql/servers/contoso-shop"
  start_ip_address = "0.0.0.0" # finding
  end_ip_address   = "0.0.0.0"
}
```

```hcl
resource "azurerm_mssql_firewall_rule" "office" {
  name             = "office"
  server_id        = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Sql/servers/contoso-shop"
  start_ip_address = "10.0.17.62"
  end_ip_address   = "255.255.255.255" # finding
}
```

## Good
```hcl
resource "azurerm_mssql_firewall_rule" "office" {
  name             = "office"
  server_id        = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Sql/servers/contoso-shop"
  start_ip_address = "203.0.113.0"
  end_ip_address   = "203.0.113.15"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.azure.firewall_rule import KINDS, from_first, to_last
from auditor.views.decide import some


@rule(
    target=KINDS,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    aliases="CKV2_AZURE_34 CKV2_AZURE_26 FG_R00192",
)
def check(rule: Node) -> Iterator[Fail]:
    if some(lambda: from_first(rule), lambda: to_last(rule)) and not (from_first(rule) and to_last(rule)):
        end = "start_ip_address" if from_first(rule) else "end_ip_address"
        yield Fail(rule.at(end), "the range was not made for anybody in particular", expected="the addresses that need it")
