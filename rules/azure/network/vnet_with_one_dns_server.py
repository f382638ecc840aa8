"""A virtual network has a single DNS server.

## Why it matters
When the only name server restarts, nothing in the network finds its database any more. Azure falls back to no other one.

## Five whys
1. Why was the shop down while nothing of it was broken? No name could be resolved.
2. Why? The network's only DNS server was being patched.
3. Why only one? The second was to come with the second region.

## Fix now
Add a second server to `dns_servers`: `az network vnet update --resource-group GROUP --name VNET --dns-servers 10.20.0.4 10.20.0.5`;
machines take it at the next renewal of their lease.

## Workaround
Remove the list, and Azure's own resolver answers: `--dns-servers ''`, with private zones linked to the network.

## Prevent
Azure DNS Private Resolver, which has no machine of yours to fail.

## Validate
`az network vnet show --resource-group GROUP --name VNET --query dhcpOptions.dnsServers` prints two addresses or none.

## Bad
```hcl
resource "azurerm_virtual_network" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  address_space       = ["10.20.0.0/16"]
  dns_servers         = ["10.20.0.4"] # finding
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
from auditor.views.decide import length


@rule(
    target="azurerm_virtual_network azurerm_virtual_network_dns_servers",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_182",
)
def check(network: Node) -> Iterator[Fail]:
    servers = network.at("dns_servers")
    if length(servers) == 1:
        yield Fail(servers, "one DNS server is all that the network has", expected="two servers, or those of Azure")
