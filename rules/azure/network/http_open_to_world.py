"""A security group opens plain HTTP to the whole internet.

## Why it matters
What is sent to port 80 can be read and changed on the way: session cookies, forms, downloads. A machine that is reached directly also has
no gateway in front that filters.

## Five whys
1. Why was a customer's session stolen in a hotel? Her browser sent the cookie over HTTP.
2. Why did it? The server answers on port 80.
3. Why is the port open? The redirect to HTTPS was to be made on the server itself, and came later.

## Fix now
Let the gateway or Front Door take port 80, redirect it there, and close it here: `az network nsg rule delete --resource-group GROUP
--nsg-name NSG --name RULE`.

## Workaround
Keep the port for a redirect only, with HSTS on the HTTPS side, so that browsers come back over TLS.

## Prevent
Public machines get `AzureFrontDoor.Backend` or the gateway's subnet as their only source.

## Validate
`curl -sI http://ADDRESS` times out or answers 301 to `https://`.

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
  destination_port_range      = "80"
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
  destination_port_range      = "80"
  source_address_prefix       = "AzureFrontDoor.Backend"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.azure.security_rule import HTTP, RULES, Opening, inbound


@rule(
    target=RULES,
    severity=Severity.LOW,
    each=inbound,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_160 AVD-AZU-0047",
)
def check(opening: Opening) -> Iterator[Fail]:
    if opening.world("tcp", HTTP) and not opening.every_port:
        yield Fail(opening.peer, "plain HTTP (TCP 80) is open to the whole internet", expected="the gateway in front")
