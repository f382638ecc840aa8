"""A Direct Connect gateway is reached over one link only.

## Why it matters
Links go down: for maintenance that AWS announces two weeks ahead, for a cut fibre without notice. With one virtual interface the whole
data centre loses its VPCs for as long as that takes, and AWS gives no service level for a single link.

## Five whys
1. Why did the data centre lose its VPCs? Its Direct Connect link was down.
2. Why was there no other way? The gateway has one virtual interface.
3. Why? The second link was to follow when the first had proved itself.

## Fix now
During the outage: a site-to-site VPN to the same transit or virtual private gateway (`aws ec2 create-vpn-connection`), which is up in
ten minutes; BGP moves the traffic over. Then order a second connection at another location.

## Workaround
Keep that VPN as a permanent backup; it carries 1.25 Gbit/s for each tunnel.

## Prevent
Two locations, one connection in each (the Direct Connect Resiliency Toolkit orders them so), and a test of the failover (`aws
directconnect start-bgp-failover-test`).

## Validate
`aws directconnect describe-virtual-interfaces --query
'virtualInterfaces[?directConnectGatewayId==`ID`].[virtualInterfaceId,location,bgpPeers[0].bgpStatus]'` shows two locations that are up.

## Bad
```hcl
resource "aws_dx_gateway" "core" { # finding
  name            = "core"
  amazon_side_asn = "64512"
}

resource "aws_dx_transit_virtual_interface" "frankfurt" {
  name           = "frankfurt"
  connection_id  = "dxcon-01234567"
  dx_gateway_id  = aws_dx_gateway.core.id
  vlan           = 100
  address_family = "ipv4"
  bgp_asn        = 65000
}
```

## Good
```hcl
resource "aws_dx_gateway" "core" {
  name            = "core"
  amazon_side_asn = "64512"
}

resource "aws_dx_transit_virtual_interface" "link" {
  for_each       = { frankfurt = "dxcon-01234567", dusseldorf = "dxcon-89abcdef" }
  name           = each.key
  connection_id  = each.value
  dx_gateway_id  = aws_dx_gateway.core.id
  vlan           = 100
  address_family = "ipv4"
  bgp_asn        = 65000
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Relation, Resource, Severity, rule
from auditor.views.decide import undecided

LINKS = (
    "aws_dx_private_virtual_interface",
    "aws_dx_transit_virtual_interface",
    "aws_dx_hosted_private_virtual_interface_accepter",
    "aws_dx_hosted_transit_virtual_interface_accepter",
)


@rule(target="aws_dx_gateway", severity=Severity.MEDIUM, confidence=Confidence.LIKELY)
def check(gateway: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if unclear := graph.unclear("dx_gateway_id", *LINKS):
        raise undecided(unclear, "it is not known which gateway a link leads to")
    links = graph.attached(resource, "dx_gateway_id", *LINKS)
    handed_on = any(edge.source.kind in ("output", "module") for edge in graph.into(resource, Relation.REFERS))
    if len(links) == 1 and not handed_on:
        message = f"{links[0].address.text} is the only way to the gateway"
        yield Fail(gateway, message, expected="two links at two locations", related=(links[0].body,))
