"""A security group opens UDP to the whole internet.

## Why it matters
UDP has no handshake, so the sender's address can be forged: an open DNS, NTP, CLDAP or memcached server becomes an amplifier that floods
others with your bandwidth and in your name.

## Five whys
1. Why did Azure throttle our address? It took part in an attack on somebody else.
2. Why could it be used? UDP services answer to forged questions from everywhere.
3. Why are they open? The rule was copied from the TCP one with another protocol.

## Fix now
Name the senders: `az network nsg rule update --resource-group GROUP --nsg-name NSG --name RULE --source-address-prefixes
198.51.100.0/24`, or delete the rule.

## Workaround
Rate limits in the service itself (`rate-limit` in BIND, `restrict default limited` in ntpd).

## Prevent
Allow UDP from the internet only for what must have it (VPN, QUIC), port by port, in a module of its own.

## Validate
`nmap -sU -p PORT ADDRESS` from outside shows `open|filtered` and gets no answer.

## Bad
```hcl
resource "azurerm_network_security_rule" "web" {
  name                        = "web"
  resource_group_name         = "shop"
  network_security_group_name = "web"
  priority                    = 100
  direction                   = "Inbound"
  access                      = "Allow"
  source_port_range           = "*"
  destination_address_prefix  = "*"
  protocol                    = "Udp"
  destination_port_range      = "123"
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
  source_port_range           = "*"
  destination_address_prefix  = "*"
  protocol                    = "Udp"
  destination_port_range      = "123"
  source_address_prefix       = "10.20.0.0/16"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.azure.security_rule import RULES, Opening, inbound


@rule(
    target=RULES,
    severity=Severity.MEDIUM,
    each=inbound,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_77 AVD-AZU-0047",
)
def check(opening: Opening) -> Iterator[Fail]:
    if opening.only_udp:
        yield Fail(opening.peer, "UDP is open to the whole internet", expected="the addresses of the senders")
