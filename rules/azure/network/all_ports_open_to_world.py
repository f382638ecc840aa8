"""A security group opens every port to the whole internet.

## Why it matters
The group might as well not be there: whatever is started on the machine, for a test or by an intruder, is reachable from everywhere at
once.

## Five whys
1. Why was a debug port reachable from abroad? Every port of the machine is.
2. Why? A rule allows `*` from `*`.
3. Why? The right port was not found during an outage.

## Fix now
`az network nsg rule update --resource-group GROUP --nsg-name NSG --name RULE --access Deny`, then rules for the ports that the flow log
shows as used.

## Workaround
Deny all but the gateway's subnet with a rule of a lower number.

## Prevent
The policy `All network ports should be restricted on network security groups associated to your virtual machine`.

## Validate
`nmap -Pn -p- --min-rate 1000 ADDRESS` from outside finds only what is meant to be public.

## Bad
```hcl
resource "azurerm_network_security_rule" "all" {
  name                        = "all"
  resource_group_name         = "shop"
  network_security_group_name = "web"
  priority                    = 100
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "*"
  source_port_range           = "*"
  destination_port_range      = "*"
  destination_address_prefix  = "*"
  source_address_prefix       = "*" # finding
}
```

## Good
```hcl
resource "azurerm_network_security_rule" "all" {
  name                        = "all"
  resource_group_name         = "shop"
  network_security_group_name = "web"
  priority                    = 100
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "*"
  source_port_range           = "*"
  destination_port_range      = "*"
  destination_address_prefix  = "*"
  source_address_prefix       = "10.20.0.0/16"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.azure.security_rule import RULES, Opening, inbound


@rule(
    target=RULES,
    severity=Severity.CRITICAL,
    each=inbound,
    profile=Profile.GATE,
    aliases="CKV_AZURE_9 CKV_AZURE_10 CKV_AZURE_160 AVD-AZU-0047 AVD-AZU-0048 AVD-AZU-0050 AVD-AZU-0074 azure-network-no-public-ingress",
)
def check(opening: Opening) -> Iterator[Fail]:
    if opening.every_port:
        yield Fail(opening.peer, "every port is open to the whole internet", expected="single ports, or the addresses that need them")
