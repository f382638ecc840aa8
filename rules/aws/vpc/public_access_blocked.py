"""VPC Block Public Access cuts off something that is meant to be public.

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

```hcl
resource "aws_vpc_block_public_access_options" "region" {
  internet_gateway_block_mode = "block-bidirectional" # finding
}

resource "aws_subnet" "public" {
  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = "10.0.1.0/24"
}

resource "aws_instance" "bastion" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t3.small"
  subnet_id                   = aws_subnet.public.id
  associate_public_ip_address = true
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
from auditor.views.cache import per_graph
from auditor.views.decide import exists, given, undecided
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
    for public in graph.of(*BALANCERS.split(), "aws_instance"):
        try:
            cut = _public(public) and exists(public) and _cut_off(public, graph)
        except Undecided as reason:
            doubt = doubt or reason
            continue
        if cut:
            meant = "has a public address" if public.kind == "aws_instance" else "is internet-facing"
            message = f"{mode.text} cuts off {public.address.text}, which {meant} and is not excluded"
            yield Fail(mode, message, expected=EXCLUSION, related=(public.body,))
            return
    if doubt is not None:
        raise doubt


def _public(resource: Resource) -> bool:
    if resource.kind == "aws_instance":
        return bool(resource.at("associate_public_ip_address").flag)
    return balancer_type(resource.body) != "gateway" and is_public(resource.body)


def _cut_off(resource: Resource, graph: Graph) -> bool:
    """Whether none of its subnets is excluded, by itself or with its VPC."""
    nodes = [resource.at("subnet_id")] if resource.kind == "aws_instance" else list(subnets(resource.body))
    places = [declared_subnet(node, graph) for node in nodes]
    return bool(places) and not any(_excluded(place, graph) for place in places)


def _excluded(place: Subnet, graph: Graph) -> bool:
    excluded, doubt = _exclusions(graph)
    if place.resource in excluded or place.vpc.resource in excluded:
        return True
    if doubt is not None:
        raise doubt
    return False


@per_graph
def _exclusions(graph: Graph) -> tuple[frozenset[Resource | None], Undecided | None]:
    """The subnets and VPCs that are excluded, and why there may be more."""
    excluded: set[Resource | None] = set()
    doubt: Undecided | None = None
    for exclusion in graph.of(EXCLUSION):
        for path in ("vpc_id", "subnet_id"):
            node = exclusion.at(path)
            found = graph.targets(node, *PLACES)
            excluded.update(found)
            if not found and (node.unknown or given(node)):
                doubt = doubt or undecided(node, f"it is not known what {exclusion.address.text} excludes")
    return frozenset(excluded), doubt
