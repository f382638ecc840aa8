"""A public NAT gateway has no Elastic IP.

## Why it matters
AWS refuses a zonal, public NAT gateway without an `AllocationId`. The apply ends there, and every private subnet stays without a way out.

## Five whys
1. Why can no private host reach the internet? There is no NAT gateway.
2. Why not? AWS refused it: it has no Elastic IP.
3. Why none? `allocation_id` was left out, as is right for a private or a regional gateway only.

## Fix now
Add `aws_eip` with `domain = "vpc"` and name it: `allocation_id = aws_eip.nat.id`.

## Workaround
`aws ec2 allocate-address --domain vpc` and the printed id as text, until the address is imported.

## Prevent
A module that creates gateway and address together.

## Validate
`aws ec2 describe-nat-gateways --query 'NatGateways[].[NatGatewayId,State,NatGatewayAddresses[0].PublicIp]'` prints available and an
address.

## Bad
```hcl
resource "aws_nat_gateway" "main" { # finding
  subnet_id = "subnet-0123456789abcdef0"
}
```

## Good
```hcl
resource "aws_eip" "nat" {
  domain = "vpc"
}

resource "aws_nat_gateway" "main" {
  allocation_id = aws_eip.nat.id
  subnet_id     = "subnet-0123456789abcdef0"
}

resource "aws_nat_gateway" "private" {
  connectivity_type = "private"
  subnet_id         = "subnet-0123456789abcdef0"
}

resource "aws_nat_gateway" "regional" {
  availability_mode = "regional"
  vpc_id            = "vpc-0123456789abcdef0"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Profile, Severity, rule
from auditor.views.decide import given


@rule(
    target="aws_nat_gateway",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    facets=(Facet.WRITTEN, Facet.PLANNED),
    symptoms=(r"MissingParameter: The request must include the AllocationId",),
)
def check(gateway: Node) -> Iterator[Fail]:
    if gateway.at("connectivity_type").text == "private" or gateway.at("availability_mode").text == "regional":
        return
    address = gateway.at("allocation_id")
    if not given(address):
        yield Fail(address, "a public NAT gateway needs an Elastic IP", expected="allocation_id")
