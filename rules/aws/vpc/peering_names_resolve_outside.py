"""Peered VPCs resolve each other's public names to public addresses.

## Why it matters
An instance has a public name that should give its private address to neighbours. Across a peering connection it gives the public address
unless DNS resolution is allowed: traffic leaves by the NAT gateway, is paid for, and is refused by security groups that expect private
addresses.

## Five whys
1. Why is the neighbour refused? It comes with the address of the NAT gateway.
2. Why, with a peering connection? The name resolved to the public address, which is not routed through it.
3. Why? The connection does not allow DNS resolution from the other side, as is the default.

## Fix now
`aws ec2 modify-vpc-peering-connection-options --vpc-peering-connection-id pcx-… --accepter-peering-connection-options
AllowDnsResolutionFromRemoteVpc=true --requester-peering-connection-options AllowDnsResolutionFromRemoteVpc=true`.

## Workaround
Use private names (`ip-10-0-0-7.ec2.internal`, a private zone) between the VPCs.

## Prevent
Set both blocks in the module that makes peering connections.

## Validate
From the other VPC `dig +short ec2-203-0-113-25.eu-west-1.compute.amazonaws.com` prints a private address.

## Bad
```hcl
resource "aws_vpc_peering_connection" "shop_data" {
  vpc_id      = "vpc-0123456789abcdef0"
  peer_vpc_id = "vpc-0fedcba9876543210"
  auto_accept = true

  accepter {
    allow_remote_vpc_dns_resolution = true
  }

  requester {
    allow_remote_vpc_dns_resolution = false # finding
  }
}
```

```hcl
resource "aws_vpc_peering_connection_options" "shop_data" {
  vpc_peering_connection_id = "pcx-0123456789abcdef0"

  accepter {
    allow_remote_vpc_dns_resolution = false # finding
  }
}
```

## Good
```hcl
resource "aws_vpc_peering_connection" "shop_data" {
  vpc_id      = "vpc-0123456789abcdef0"
  peer_vpc_id = "vpc-0fedcba9876543210"
  auto_accept = true

  accepter {
    allow_remote_vpc_dns_resolution = true
  }

  requester {
    allow_remote_vpc_dns_resolution = true
  }
}

resource "aws_vpc_peering_connection" "private_names_only" {
  vpc_id      = "vpc-0123456789abcdef0"
  peer_vpc_id = "vpc-0aaaaaaaaaaaaaaaa"
  auto_accept = true
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Node, Severity, rule
from auditor.views.decide import given

ALLOWS = "allow_remote_vpc_dns_resolution"


@rule(
    target="aws_vpc_peering_connection aws_vpc_peering_connection_options",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    facets=(Facet.WRITTEN, Facet.PLANNED),  # a state says false for everybody who never asked
)
def check(peering: Node) -> Iterator[Fail]:
    for side in ("accepter", "requester"):
        allows = peering.at(f"{side}.{ALLOWS}")
        if given(allows) and allows.flag is False:
            yield Fail(allows, f"names of the {side} resolve to public addresses on the other side", expected="true")
