"""A security group lets the whole internet in.

## Why it matters
Everything that listens on the allowed ports is tried by scanners, all day. What has to be public belongs behind a gateway that can
filter; the machines need to hear nobody but the gateway.

## Five whys
1. Why do strangers' requests arrive at the machine? A rule allows every source.
2. Why was it written so? The load balancer keeps the client's address, and nobody knew which to allow.
3. Why was there no gateway? It costs money every month, and the test had none.

## Fix now
`az network nsg rule update --resource-group GROUP --nsg-name NSG --name RULE --source-address-prefixes AzureLoadBalancer 203.0.113.0/24`.

## Workaround
A deny rule with a lower number for the ranges that attack right now.

## Prevent
Application Gateway or Front Door with a firewall policy in front, its service tag as the only source.

## Validate
`az network nsg show --name NSG --resource-group GROUP --query "securityRules[?access=='Allow' && direction=='Inbound'].[name,
sourceAddressPrefix]"`.

## Bad
```hcl
resource "azurerm_network_security_rule" "web" {
  name                        = "web"
  resource_group_name         = "shop"
  network_security_group_name = "web"
  priority                    = 100
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  destination_address_prefix  = "*"
  destination_port_range      = "8443"
  source_address_prefix       = "*" # finding
}
```

## Good
```hcl
resource "azurerm_network_security_rule" "web" {
  name                        = "web"
  resource_group_name         = "shop"
  network_security_group_name = "web"
  priority                    = 100
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  destination_address_prefix  = "*"
  destination_port_range      = "8443"
  source_address_prefix       = "AzureFrontDoor.Backend"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.azure.security_rule import HTTP, INTERNAL, RULES, Opening, inbound
from auditor.views.decide import every
from auditor.views.ports import RDP, SSH

_JUDGED_ELSEWHERE = (SSH, RDP, HTTP, *INTERNAL)


@rule(
    target=RULES,
    severity=Severity.MEDIUM,
    each=inbound,
    confidence=Confidence.LIKELY,
    aliases="AVD-AZU-0047 azure-network-no-public-ingress",
)
def check(opening: Opening) -> Iterator[Fail]:
    if not every(lambda: opening.allowed, lambda: opening.anywhere) or opening.only_udp:
        return
    if not opening.world("tcp", *_JUDGED_ELSEWHERE):
        yield Fail(opening.peer, "the whole internet is let in", expected="the addresses that need it")
