"""A subnet has no network security group.

## Why it matters
Without a group every port of every machine is open to the whole virtual network and its peers, and to the internet where a machine has a
basic public address. One broken machine reaches all.

## Five whys
1. Why could the attacker move from the web server to the database? Nothing stood between them.
2. Why? Their subnets have no security group.
3. Why? Group and association are two more resources, and all worked without.

## Fix now
`az network vnet subnet update --resource-group GROUP --vnet-name VNET --name SUBNET --network-security-group NSG`, first with rules for
the traffic that the flow logs show.

## Workaround
A group on the machine's interface: `az network nic update --resource-group GROUP --name NIC --network-security-group NSG`.

## Prevent
Make subnet, group and association in one module; the policy `Subnets should be associated with a Network Security Group`.

## Validate
`az network vnet subnet list --resource-group GROUP --vnet-name VNET --query "[?networkSecurityGroup==null].name"` lists only subnets of
gateways and firewalls.

## Bad
```hcl
resource "azurerm_subnet" "web" { # finding
  name                 = "web"
  resource_group_name  = "shop"
  virtual_network_name = "shop"
  address_prefixes     = ["10.20.1.0/24"]
}
```

```hcl
resource "azurerm_virtual_network" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  address_space       = ["10.20.0.0/16"]
  subnet { # finding
    name             = "web"
    address_prefixes = ["10.20.1.0/24"]
  }
}
```

## Good
```hcl
resource "azurerm_subnet" "web" {
  name                 = "web"
  resource_group_name  = "shop"
  virtual_network_name = "shop"
  address_prefixes     = ["10.20.1.0/24"]
}

resource "azurerm_subnet_network_security_group_association" "web" {
  subnet_id                 = azurerm_subnet.web.id
  network_security_group_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Network/networkSecurityGroups/web"
}
```

```hcl
resource "azurerm_subnet" "web" {
  resource_group_name  = "shop"
  virtual_network_name = "shop"
  address_prefixes     = ["10.20.1.0/24"]
  name                 = "GatewaySubnet"
}
```

```hcl
resource "azurerm_virtual_network" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  address_space       = ["10.20.0.0/16"]
  subnet {
    name             = "web"
    address_prefixes = ["10.20.1.0/24"]
    security_group   = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Network/networkSecurityGroups/web"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import given

_WITHOUT = frozenset({"GatewaySubnet", "AzureFirewallSubnet", "AzureFirewallManagementSubnet", "RouteServerSubnet"})
"""Subnets of services that forbid a group or do not need one."""
_UNFILTERED = frozenset({"Microsoft.Netapp/volumes", "Microsoft.NetApp/volumes"})
"""Services in whose subnets a group has no effect."""


@rule(
    target="azurerm_subnet azurerm_virtual_network",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_31",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for subnet in [body] if resource.kind == "azurerm_subnet" else body.each("subnet"):
        if not _filtered(subnet) and not graph.attached(resource, "subnet_id", "azurerm_subnet_network_security_group_association"):
            yield Fail(subnet, "nothing filters the traffic of the subnet", expected="a network security group")


def _filtered(subnet: Node) -> bool:
    """Whether a subnet names its group, or belongs to a service that needs none."""
    if any(name.text in _UNFILTERED for name in subnet.each("delegation.service_delegation.name")):
        return True
    if subnet.at("name").text in _WITHOUT:
        return True
    return any(given(subnet.at(name)) for name in ("network_security_group_id", "security_group"))
