"""The subnets of a node group have fewer addresses than its pods may need.

## Why it matters
With the VPC network plugin each pod has an address of the subnet. When the subnets run out, pods stay in `ContainerCreating` with
`failed to assign an IP address`, and new nodes cannot get their own: the group does not grow, at the moment when it should.

## Five whys
1. Why do pods hang in ContainerCreating? The network plugin has no address for them.
2. Why? The subnets are full.
3. Why, with 250 addresses each? Ten nodes with 29 pods each, and the addresses that the plugin holds in reserve.
4. Why were the subnets made so small? They were planned for nodes, not for pods.

## Fix now
Give the VPC a second range (`aws ec2 associate-vpc-cidr-block --vpc-id V --cidr-block 100.64.0.0/16`) and the pods subnets of it
(custom networking), or add larger subnets to the group.

## Workaround
`kubectl set env daemonset aws-node -n kube-system WARM_IP_TARGET=2 MINIMUM_IP_TARGET=10` returns addresses that are held in reserve.

## Prevent
Plan /20 and larger for subnets with pods. A subnet of /p has 2^(32-p) - 5 addresses; a full node takes interfaces x addresses of each
(30 for an `m6i.large`).

## Validate
`aws ec2 describe-subnets --subnet-ids … --query 'Subnets[].AvailableIpAddressCount'` at the peak.

## Bad
```hcl
resource "aws_subnet" "a" {
  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = "10.0.0.0/24"
}

resource "aws_subnet" "b" {
  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = "10.0.1.0/24"
}

resource "aws_eks_node_group" "web" {
  cluster_name   = "shop"
  node_role_arn  = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids     = [aws_subnet.a.id, aws_subnet.b.id]
  instance_types = ["m6i.large"]

  scaling_config {
    min_size     = 2
    desired_size = 2
    max_size     = 17 # finding
  }
}
```

## Good
```hcl
resource "aws_subnet" "a" {
  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = "10.0.0.0/24"
}

resource "aws_subnet" "b" {
  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = "10.0.1.0/24"
}

resource "aws_eks_node_group" "web" { # 16 x 30 of 2 x 251
  cluster_name   = "shop"
  node_role_arn  = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids     = [aws_subnet.a.id, aws_subnet.b.id]
  instance_types = ["m6i.large"]

  scaling_config {
    min_size     = 2
    desired_size = 2
    max_size     = 16
  }
}

resource "aws_eks_node_group" "elsewhere" { # one of its subnets is not in sight
  cluster_name   = "shop"
  node_role_arn  = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids     = [aws_subnet.a.id, "subnet-0123456789abcdef0"]
  instance_types = ["m6i.large"]

  scaling_config {
    min_size     = 2
    desired_size = 2
    max_size     = 100
  }
}
```

Pods have subnets of their own:

```hcl
resource "aws_subnet" "a" {
  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = "10.0.0.0/24"
}

resource "aws_eks_addon" "network" {
  cluster_name         = "shop"
  addon_name           = "vpc-cni"
  configuration_values = jsonencode({ env = { AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG = "true" } })
}

resource "aws_eks_node_group" "web" {
  cluster_name   = "shop"
  node_role_arn  = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids     = [aws_subnet.a.id]
  instance_types = ["m6i.large"]

  scaling_config {
    min_size     = 2
    desired_size = 2
    max_size     = 100
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.eks.node import addresses
from auditor.views.eks.node_group import NODES, largest, network_is_tuned, subnets, types
from auditor.views.subnet import usable_addresses


@rule(
    target=NODES,
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    symptoms=(r"failed to assign an IP address to container", r"InsufficientFreeAddressesInSubnet"),
)
def check(group: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    most, placed = largest(resource), subnets(resource, graph)
    if most is None or placed is None or network_is_tuned(graph):
        return
    free = [usable_addresses(it) for it in placed]
    if any(it is None for it in free):
        return
    smallest = min(types(resource, graph), key=addresses)
    room, needed = sum(it or 0 for it in free), most * addresses(smallest)
    if needed > room:
        each = " + ".join(f"{it.address.text} {count}" for it, count in zip(placed, free, strict=True))
        message = (
            f"{most} x {smallest.name} full of pods take {most} x {addresses(smallest)} = {needed} addresses, there are {room}: {each}"
        )
        related = tuple(it.at("cidr_block") for it in placed)
        where = group.at("scaling_config.max_size")
        yield Fail(where, message, expected=f"at most {room // addresses(smallest)} nodes, or larger subnets", related=related)
