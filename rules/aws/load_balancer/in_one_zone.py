"""A load balancer stands in one availability zone.

## Why it matters
When that zone fails, the entry to the service is gone, however many zones the targets are in. Targets in other zones are not even used
unless cross-zone balancing is on.

## Five whys
1. Why is the service down although its instances in two zones are healthy? Its load balancer is not reachable.
2. Why not? It has an address in the failed zone only.
3. Why? One subnet was given to it.

## Fix now
`aws elbv2 set-subnets --load-balancer-arn ARN --subnets subnet-A subnet-B` adds a zone without an interruption (network load balancers
too, since 2023), and the same in the code.

## Workaround
A second load balancer in another zone, both under one name with health checks in Route 53.

## Prevent
Give modules lists of subnets with at least two zones (`validation { condition = length(var.subnets) > 1 }`).

## Validate
`aws elbv2 describe-load-balancers --load-balancer-arns ARN --query 'LoadBalancers[].AvailabilityZones[].ZoneName'` prints two zones or
more.

## Bad
```hcl
resource "aws_lb" "mqtt" {
  name               = "mqtt"
  load_balancer_type = "network"
  subnets            = ["subnet-0123456789abcdef0"] # finding
}

resource "aws_subnet" "both" {
  count             = 2
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.${count.index}.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_lb" "web" {
  name    = "web"
  subnets = aws_subnet.both[*].id # finding
}
```

## Good
```hcl
resource "aws_lb" "mqtt" {
  name               = "mqtt"
  load_balancer_type = "network"
  subnets            = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, Undecided, rule
from auditor.views.decide import length
from auditor.views.load_balancer import BALANCERS, balancer_type
from auditor.views.load_balancer import subnets as subnets_of
from auditor.views.subnet import zones


@rule(target=BALANCERS, severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(balancer: Node, graph: Graph) -> Iterator[Fail]:
    subnets, mappings = balancer.at("subnets"), balancer.at("subnet_mapping")
    if balancer_type(balancer) == "gateway":
        return
    many = length(subnets) + length(mappings)
    where = subnets if subnets.present else balancer.at("subnet_mapping[0].subnet_id")
    if many == 1:
        first = balancer.at("subnets[0]") if length(subnets) else where
        yield Fail(first, "the load balancer stands in one subnet, so in one zone", expected="subnets in two zones or more")
    elif many and len(found := _zones(balancer, graph)) == 1:
        message = f"all {many} subnets of the load balancer are in {', '.join(found)}"
        yield Fail(where, message, expected="subnets in two zones or more")


def _zones(balancer: Node, graph: Graph) -> frozenset[str]:
    try:
        return zones(subnets_of(balancer), graph)
    except Undecided:
        return frozenset()  # several subnets are in several zones, unless the code shows otherwise
