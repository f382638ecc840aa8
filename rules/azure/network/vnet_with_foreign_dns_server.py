"""A virtual network asks DNS servers outside of itself.

## Why it matters
Who answers the names of a network decides where its traffic goes and sees what it looks for. A server elsewhere may not know your private
zones, and is lost with the peering.

## Five whys
1. Why did the machines connect to the public address of the database? The name server did not know the private zone.
2. Why was that server asked? The network lists it, and it lies outside of the network.
3. Why? It is the address of an office or of a public resolver.

## Fix now
`az network vnet update --resource-group GROUP --name VNET --dns-servers 10.20.0.4 10.20.0.5`, with the addresses of an inbound endpoint
inside of the network.

## Workaround
A server in a hub network is fine when its peering is watched and it forwards the private zones; exclude the rule for such spokes.

## Prevent
DNS Private Resolver with a ruleset that is linked to every network.

## Validate
From a machine, `nslookup DATABASE.privatelink.database.windows.net` gives the private address.

## Bad
```hcl
resource "azurerm_virtual_network" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  address_space       = ["10.20.0.0/16"]
  dns_servers         = ["8.8.8.8", "10.20.0.5"] # finding
}
```

## Good
```hcl
resource "azurerm_virtual_network" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  address_space       = ["10.20.0.0/16"]
  dns_servers         = ["10.20.0.4", "10.20.0.5"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.address_range import covers


@rule(
    target="azurerm_virtual_network",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="CKV_AZURE_183",
)
def check(network: Node) -> Iterator[Fail]:
    ranges = [block.text for block in network.each("address_space")]
    for server in network.each("dns_servers"):
        if ranges and server.text and not any(covers(block, server.text) for block in ranges):
            yield Fail(server, f"the DNS server {server.text} lies outside of the network", expected="an address of the network")
