"""The firewall of a database server lets the whole internet in.

## Why it matters
The login of the server is open to everybody who guesses: scanners try `sa`, `postgres` and `root` with leaked passwords without end, and
a hole in the login code needs no password at all.

## Five whys
1. Why do thousands of failed logins stand in the log? Everybody may connect.
2. Why? The rule goes from 0.0.0.0 to 255.255.255.255.
3. Why? Somebody worked from home that day.

## Fix now
`az sql server firewall-rule delete --server SERVER --resource-group GROUP --name RULE` (`az postgres server firewall-rule delete`, `az
mysql flexible-server firewall-rule delete`); then look for logins from strange addresses and change the passwords.

## Workaround
A rule for the one address: `az sql server firewall-rule create --start-ip-address 203.0.113.7 --end-ip-address 203.0.113.7`.

## Prevent
Public access off and a private endpoint: then there are no firewall rules at all.

## Validate
`az sql server firewall-rule list --server SERVER --resource-group GROUP -o table` shows no such range.

## Bad
```hcl
resource "azurerm_mssql_firewall_rule" "office" {
  name             = "office"
  server_id        = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Sql/servers/contoso-shop"
  start_ip_address = "0.0.0.0" # finding
  end_ip_address   = "255.255.255.255"
}
```

## Good
```hcl
resource "azurerm_mssql_firewall_rule" "office" {
  name             = "office"
  server_id        = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Sql/servers/contoso-shop"
  start_ip_address = "203.0.113.7"
  end_ip_address   = "203.0.113.7"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.azure.firewall_rule import KINDS, from_first, to_last
from auditor.views.decide import every


@rule(
    target=KINDS,
    severity=Severity.CRITICAL,
    profile=Profile.GATE,
    aliases="CKV_AZURE_11 CKV2_AZURE_34 CKV2_AZURE_26 FG_R00192 AVD-AZU-0029 azure-database-no-public-firewall-access",
)
def check(rule: Node) -> Iterator[Fail]:
    if every(lambda: from_first(rule), lambda: to_last(rule)):
        yield Fail(rule.at("start_ip_address"), "the whole internet may connect", expected="the addresses that need it")
