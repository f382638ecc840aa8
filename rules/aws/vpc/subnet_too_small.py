"""A subnet has fewer addresses than what stands in it takes at its largest size.

## Why it matters
Scaling out works until the last address is taken, which is in the busiest hour: instances fail with `InsufficientFreeAddressesInSubnet`,
pods stay in ContainerCreating, tasks in PROVISIONING, and load balancers cannot grow.

## Five whys
1. Why does the group not grow although its maximum is not reached? Launches fail for want of an address.
2. Why is there none? The subnet is full.
3. Why so early? Each node of an EKS group takes a whole reserve of addresses for its pods, not one.
4. Why is the subnet so small? It was cut for instances, before there were pods.

## Fix now
Add larger subnets and name them beside the full ones; a subnet cannot be enlarged. `aws ec2 associate-vpc-cidr-block --vpc-id vpc-…
--cidr-block 100.64.0.0/16` gives room for them. For EKS: `kubectl set env ds/aws-node -n kube-system ENABLE_PREFIX_DELEGATION=true`, or
a `WARM_IP_TARGET`.

## Workaround
`aws ec2 describe-network-interfaces --filters Name=subnet-id,Values=subnet-… Name=status,Values=available` shows interfaces that nobody
uses; delete them. Lower the maximum until there is room.

## Prevent
/20 or larger for nodes and pods, /24 for load balancers; let the module compare the maximum with the size of the subnets.

## Validate
`aws ec2 describe-subnets --subnet-ids subnet-… --query 'Subnets[].AvailableIpAddressCount'` at the largest size stays above 10.

## Bad
```hcl
resource "aws_subnet" "nodes" { # finding
  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = "10.0.1.0/25"
}

resource "aws_eks_cluster" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
  }
}

resource "aws_eks_node_group" "web" {
  cluster_name   = aws_eks_cluster.main.name
  node_role_arn  = "arn:aws:iam::111122223333:role/node"
  subnet_ids     = [aws_subnet.nodes.id]
  instance_types = ["m5.large"]

  scaling_config {
    min_size     = 2
    desired_size = 2
    max_size     = 8
  }
}
```

```hcl
resource "aws_subnet" "small" { # finding
  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = "10.0.1.0/28"
}

resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 12
  vpc_zone_identifier = [aws_subnet.small.id]
}
```

## Good
```hcl
resource "aws_subnet" "nodes" {
  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = "10.0.1.0/24"
}

resource "aws_eks_cluster" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
  }
}

resource "aws_eks_node_group" "web" {
  cluster_name   = aws_eks_cluster.main.name
  node_role_arn  = "arn:aws:iam::111122223333:role/node"
  subnet_ids     = [aws_subnet.nodes.id]
  instance_types = ["m5.large"]

  scaling_config {
    min_size     = 2
    desired_size = 2
    max_size     = 8
  }
}

resource "aws_subnet" "small" {
  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = "10.0.2.0/28"
}

resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 11
  vpc_zone_identifier = [aws_subnet.small.id]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.address_demand import demands
from auditor.views.subnet import RESERVED, SUBNETS, usable_addresses

SHOWN = 4


@rule(
    target=" ".join(SUBNETS),
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=(
        r"InsufficientFreeAddressesInSubnet",
        r"not enough free addresses",
        r"failed to assign an IP address to container",
        r"InsufficientCidrBlocks",
    ),
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    found = demands(resource, graph)
    if not found.known:
        return
    usable = usable_addresses(resource)
    if usable is None:
        return
    total = sum(demand.total for demand in found.known)
    if total > usable:
        largest = sorted(found.known, key=lambda demand: (-demand.total, demand.resource.address))[:SHOWN]
        block = body.at("cidr_block").text
        message = f"{block} has {usable} addresses ({RESERVED} are AWS's), and at most size {total} are taken: "
        message += "; ".join(demand.words for demand in largest)
        yield Fail(body, message, expected=f"{total} or more", actual=str(usable), related=tuple(it.resource.body for it in largest))
    elif found.doubt is not None:
        raise found.doubt
