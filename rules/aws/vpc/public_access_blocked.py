"""VPC Block Public Access cuts off a load balancer that is meant to be public.

## Why it matters
The block is one switch for all VPCs of the account in a region, and goes before routes, ACLs and security groups. Everything public
behind an internet gateway times out the moment that it is switched on, unless its VPC or subnet is excluded.

## Five whys
1. Why do all public services of the account time out? What comes from the internet gateways is dropped.
2. Why? Block Public Access is on.
3. Why does it hit a service that has to be public? Its VPC is not among the exclusions.
4. Why not? The switch was set by the security baseline, the load balancer belongs to a team.

## Fix now
`aws ec2 create-vpc-block-public-access-exclusion --vpc-id vpc-… --internet-gateway-exclusion-mode allow-bidirectional`; it takes a few
minutes. In the code: `aws_vpc_block_public_access_exclusion`.

## Workaround
`aws ec2 modify-vpc-block-public-access-options --internet-gateway-block-mode off` until the exclusion is there.

## Prevent
Create the exclusion in the module that makes public VPCs; `aws ec2 describe-vpc-block-public-access-options` before such a switch.

## Validate
`aws ec2 describe-vpc-block-public-access-exclusions --query 'VpcBlockPublicAccessExclusions[].[ResourceArn,State]'` prints
create-complete.

## Bad
```hcl
resource "aws_vpc_block_public_access_options" "region" {
  internet_gateway_block_mode = "block-ingress" # finding
}

resource "aws_vpc" "web" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "public" {
  count      = 2
  vpc_id     = aws_vpc.web.id
  cidr_block = "10.0.${count.index}.0/24"
}

resource "aws_lb" "web" {
  subnets = aws_subnet.public[*].id
}
```

## Good
```hcl
resource "aws_vpc_block_public_access_options" "region" {
  internet_gateway_block_mode = "block-bidirectional"
}

resource "aws_vpc" "web" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc_block_public_access_exclusion" "web" {
  vpc_id                          = aws_vpc.web.id
  internet_gateway_exclusion_mode = "allow-bidirectional"
}

resource "aws_subnet" "public" {
  count      = 2
  vpc_id     = aws_vpc.web.id
  cidr_block = "10.0.${count.index}.0/24"
}

resource "aws_lb" "web" {
  subnets = aws_subnet.public[*].id
}

resource "aws_lb" "inside" {
  internal = true
  subnets  = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, Undecided, rule
from auditor.views.decide import exists, given, undecided
from auditor.views.index import named
from auditor.views.load_balancer import BALANCERS, balancer_type, is_public, subnets
from auditor.views.network.subnet import Subnet
from auditor.views.way_out import declared_subnet

EXCLUSION = "aws_vpc_block_public_access_exclusion"
PLACES = ("aws_subnet", "aws_default_subnet", "aws_vpc", "aws_default_vpc")


@rule(
    target="aws_vpc_block_public_access_options",
    severity=Severity.HIGH,
    symptoms=(r"[Cc]onnection timed out", r"ERR_CONNECTION_TIMED_OUT"),
)
def check(options: Node, graph: Graph) -> Iterator[Fail]:
    mode = options.at("internet_gateway_block_mode")
    if mode.text not in ("block-ingress", "block-bidirectional"):
        return
    doubt: Undecided | None = None
    for balancer in graph.of(*BALANCERS.split()):
        try:
            cut = _public(balancer) and exists(balancer) and _cut_off(balancer, graph)
        except Undecided as reason:
            doubt = doubt or reason
            continue
        if cut:
            message = f"{mode.text} cuts off {balancer.address.text}, which is internet-facing and not excluded"
            yield Fail(mode, message, expected=EXCLUSION, related=(balancer.body,))
            return
    if doubt is not None:
        raise doubt


def _public(balancer: Resource) -> bool:
    return balancer_type(balancer.body) != "gateway" and is_public(balancer.body)


def _cut_off(balancer: Resource, graph: Graph) -> bool:
    """Whether no subnet of the load balancer is excluded, by itself or with its VPC."""
    places = [declared_subnet(node, graph) for node in subnets(balancer.body)]
    return bool(places) and not any(_excluded(place, graph) for place in places)


def _excluded(place: Subnet, graph: Graph) -> bool:
    for exclusion in graph.of(EXCLUSION):
        for path in ("vpc_id", "subnet_id"):
            node = exclusion.at(path)
            found = named(node, graph, *PLACES)
            if place.resource in found or (place.vpc.resource is not None and place.vpc.resource in found):
                return True
            if not found and (node.unknown or given(node)):
                raise undecided(node, f"it is not known what {exclusion.address.text} excludes")
    return False
