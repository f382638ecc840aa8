"""A security group allows connections out to the whole internet.

## Why it matters
Malware loads its tools and sends what it found to an address of its own. A list of allowed destinations stops both; a rule for everything
makes the outbound side worthless.

## Five whys
1. Why did the data leave the network? The machine may connect to any address.
2. Why? An outbound rule allows every destination.
3. Why? An update needed some hosts, and their addresses change.

## Fix now
Replace the destination by service tags: `az network nsg rule update --resource-group GROUP --nsg-name NSG --name RULE
--destination-address-prefixes Storage.WestEurope AzureMonitor`.

## Workaround
Send the traffic through Azure Firewall with names instead of addresses, and allow everything up to there.

## Prevent
A deny rule for `Internet` at priority 4096 in every group, with exceptions above it.

## Validate
From the machine, `curl -m 5 https://example.com` fails, the package mirror works.

## Bad
```hcl
resource "azurerm_network_security_rule" "web" {
  name                        = "web"
  resource_group_name         = "shop"
  network_security_group_name = "web"
  priority                    = 100
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  direction                   = "Outbound"
  destination_port_range      = "443"
  source_address_prefix       = "*"
  destination_address_prefix  = "0.0.0.0/0" # finding
}
```

## Good
```hcl
resource "azurerm_network_security_rule" "web" {
  name                        = "web"
  resource_group_name         = "shop"
  network_security_group_name = "web"
  priority                    = 100
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  direction                   = "Outbound"
  destination_port_range      = "443"
  source_address_prefix       = "*"
  destination_address_prefix  = "Storage.WestEurope"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.azure.security_rule import RULES, Opening, outbound
from auditor.views.decide import every


@rule(
    target=RULES,
    severity=Severity.LOW,
    each=outbound,
    confidence=Confidence.LIKELY,
    aliases="AVD-AZU-0051 azure-network-no-public-egress",
)
def check(opening: Opening) -> Iterator[Fail]:
    if every(lambda: opening.allowed, lambda: opening.anywhere):
        yield Fail(opening.peer, "connections to the whole internet are allowed", expected="the destinations that are needed")
