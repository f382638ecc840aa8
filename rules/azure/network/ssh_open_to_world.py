"""A security group opens SSH to the whole internet.

## Why it matters
Port 22 of every public address is tried within minutes of its birth, with lists of leaked passwords and every new hole of OpenSSH. One
weak account is a foothold in the network.

## Five whys
1. Why is somebody mining on the server? He logged in over SSH.
2. Why could he reach SSH? A rule of the group allows port 22 from everywhere.
3. Why? The address of the administrator changed every day, and `*` ended the complaints.

## Fix now
`az network nsg rule update --resource-group GROUP --nsg-name NSG --name RULE --source-address-prefixes 203.0.113.0/24`, then read the
logins since: `last -i` and `journalctl -u ssh`.

## Workaround
Open the port for one person and some hours with just-in-time access of Defender for Cloud.

## Prevent
Azure Bastion or a VPN instead of public SSH; the policy `Management ports should be closed on your virtual machines`.

## Validate
`nc -vz -w 3 ADDRESS 22` from a phone's network fails; `az network nsg rule show ... --query sourceAddressPrefix` is no `*`.

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
  destination_port_range      = "22"
  source_address_prefix       = "*" # finding
}
```

```hcl
resource "azurerm_network_security_group" "web" {
  name                = "web"
  resource_group_name = "shop"
  location            = "westeurope"
  security_rule {
    name                       = "ssh"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_ranges    = ["20-25", "443"]
    source_address_prefixes    = ["Internet"] # finding
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
  destination_port_range      = "22"
  source_address_prefix       = "203.0.113.0/24"
}
```

```hcl
resource "azurerm_network_security_group" "web" {
  name                = "web"
  resource_group_name = "shop"
  location            = "westeurope"
  security_rule {
    name                       = "ssh"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_ranges    = ["20-25", "443"]
    source_address_prefixes    = ["10.0.0.0/8"]
    destination_address_prefix = "*"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.azure.security_rule import RULES, Opening, inbound
from auditor.views.ports import SSH


@rule(
    target=RULES,
    severity=Severity.HIGH,
    each=inbound,
    profile=Profile.GATE,
    aliases="CKV_AZURE_10 AVD-AZU-0047 AVD-AZU-0050 azure-network-ssh-blocked-from-internet",
)
def check(opening: Opening) -> Iterator[Fail]:
    if opening.world("tcp", SSH) and not opening.every_port:
        yield Fail(opening.peer, "SSH (TCP 22) is open to the whole internet", expected="the addresses of administrators")
