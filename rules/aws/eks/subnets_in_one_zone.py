"""All nodes of a group are in one availability zone.

## Why it matters
The subnets are several, but of one zone. When it has trouble, all nodes of the group go at once, and no spread constraint of a
Deployment can help.

## Five whys
1. Why did all pods go down with the zone? All nodes were there.
2. Why? Every subnet of the node group is in that zone.
3. Why did it look spread? It has two subnets.

## Fix now
Create a node group with one subnet per zone beside it, move the pods (`kubectl drain NODE --ignore-daemonsets --delete-emptydir-data`),
and delete the old one; subnets of a group cannot be changed.

## Workaround
For volumes that live in one zone: one group per zone, and a group for each zone.

## Prevent
Pass the private subnets of all zones of the VPC module.

## Validate
`kubectl get nodes -L topology.kubernetes.io/zone` shows two zones or more.

## Bad
```hcl
resource "aws_subnet" "blue" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-central-1a"
}

resource "aws_subnet" "green" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-central-1a"
}

resource "aws_eks_node_group" "workers" {
  cluster_name  = "main"
  node_role_arn = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids    = [aws_subnet.blue.id, aws_subnet.green.id] # finding
}
```

## Good
```hcl
resource "aws_subnet" "blue" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-central-1a"
}

resource "aws_subnet" "green" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-central-1b"
}

resource "aws_eks_node_group" "workers" {
  cluster_name  = "main"
  node_role_arn = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids    = [aws_subnet.blue.id, aws_subnet.green.id]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule


@rule(target="aws_eks_node_group", severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(group: Node, graph: Graph) -> Iterator[Fail]:
    subnets = group.at("subnet_ids")
    if subnets.missing or not isinstance(subnets.value, list):
        return
    zones = [_zone(item, graph) for item in subnets.each()]
    if len(zones) > 1 and zones[0] and len(set(zones)) == 1:
        yield Fail(subnets, f"all nodes of the group are in {zones[0]}", expected="subnets in two zones or more")


def _zone(subnet: Node, graph: Graph) -> str:
    for found in graph.targets(subnet, "aws_subnet"):
        name = found.at("availability_zone")
        return name.data if isinstance(name.data, str) else ""
    return ""
