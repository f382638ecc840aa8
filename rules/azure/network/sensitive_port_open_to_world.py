"""A security group opens an internal service to the whole internet.

## Why it matters
Databases, file shares, caches and consoles are made for networks of friends: many ask for no password, and those that do have none of the
limits of a public login.

## Five whys
1. Why is the database empty but for a ransom note? Its port was open to everybody.
2. Why? A rule allows the port from every source.
3. Why? A colleague at home needed it, and her address was not known.

## Fix now
`az network nsg rule update --resource-group GROUP --nsg-name NSG --name RULE --access Deny`, then check the service for strange users and
jobs.

## Workaround
A tunnel for people: `az network bastion tunnel --name BASTION --resource-group GROUP --target-resource-id VM --resource-port 5432 --port
5432`.

## Prevent
Private endpoints for data services; the policy `All network ports should be restricted on network security groups associated to your
virtual machine`.

## Validate
`nmap -Pn -p PORT ADDRESS` from outside shows `filtered`.

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
  destination_port_range      = "5432"
  source_address_prefix       = "*" # finding
}
```

```hcl
resource "azurerm_network_security_group" "web" {
  name                = "web"
  resource_group_name = "shop"
  location            = "westeurope"
  security_rule {
    name                       = "files"
    priority                   = 110
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "20-21"
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
  destination_port_range      = "5432"
  source_address_prefix       = "10.20.1.0/24"
}
```

```hcl
resource "azurerm_network_security_group" "web" {
  name                = "web"
  resource_group_name = "shop"
  location            = "westeurope"
  security_rule {
    name                       = "files"
    priority                   = 110
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "20-21"
    source_address_prefix      = "10.0.0.0/8"
    destination_address_prefix = "*"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.azure.security_rule import INTERNAL, RULES, Opening, inbound


@rule(
    target=RULES,
    severity=Severity.HIGH,
    each=inbound,
    profile=Profile.GATE,
    aliases="AVD-AZU-0074 azure-sensitive-port-is-exposed-to-entire-network AVD-AZU-0047 "
    "azure-network-sensitive-port-is-exposed-to-entire-network",
)
def check(opening: Opening) -> Iterator[Fail]:
    if (opening.world("tcp", *INTERNAL) or opening.world("udp", *INTERNAL)) and not opening.every_port:
        yield Fail(opening.peer, "an internal service is open to the whole internet", expected="the addresses that need it")
