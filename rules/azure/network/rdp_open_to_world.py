"""A security group opens Remote Desktop to the whole internet.

## Why it matters
Open RDP is how most ransomware gets in: stolen and guessed passwords, and holes that need no password (BlueKeep). The host gives its name
and domain away to everybody who connects.

## Five whys
1. Why are the shares encrypted? The attacker logged on to a server with Remote Desktop.
2. Why could he reach it? A rule allows port 3389 from everywhere.
3. Why? It was made by the portal together with the machine, with one click.

## Fix now
`az network nsg rule update --resource-group GROUP --nsg-name NSG --name RULE --access Deny`; look for strange logons: event 4624 with
type 10 in the security log.

## Workaround
Just-in-time access of Defender for Cloud opens the port for one address and some hours.

## Prevent
Azure Bastion for all Windows machines; the policy `RDP access from the Internet should be blocked`.

## Validate
`nc -vz -w 3 ADDRESS 3389` from outside fails.

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
  destination_port_range      = "3389"
  source_address_prefix       = "Internet" # finding
}
```

```hcl
resource "azurerm_network_security_group" "web" {
  name                = "web"
  resource_group_name = "shop"
  location            = "westeurope"
  security_rule {
    name                       = "desktop"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "3000-4000"
    source_address_prefix      = "0.0.0.0/0" # finding
    destination_address_prefix = "*"
  }
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
  destination_port_range      = "3389"
  source_address_prefix       = "203.0.113.0/24"
}
```

```hcl
resource "azurerm_network_security_group" "web" {
  name                = "web"
  resource_group_name = "shop"
  location            = "westeurope"
  security_rule {
    name                       = "desktop"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "3000-4000"
    source_address_prefix      = "VirtualNetwork"
    destination_address_prefix = "*"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.azure.security_rule import RULES, Opening, inbound
from auditor.views.ports import RDP


@rule(
    target=RULES,
    severity=Severity.HIGH,
    each=inbound,
    profile=Profile.GATE,
    aliases="CKV_AZURE_9 AVD-AZU-0047 AVD-AZU-0048 azure-network-disable-rdp-from-internet",
)
def check(opening: Opening) -> Iterator[Fail]:
    if opening.world("tcp", RDP) and not opening.every_port:
        yield Fail(opening.peer, "Remote Desktop (TCP 3389) is open to the whole internet", expected="the addresses of administrators")
