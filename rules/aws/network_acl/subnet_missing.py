"""A network ACL belongs to no subnet.

## Why it matters
An ACL does nothing until a subnet uses it. Whoever wrote it believes that traffic is filtered; in fact the subnet still has the
default ACL, which allows everything.

## Five whys
1. Why did blocked traffic come through? The subnet's ACL allows it.
2. Why, with an ACL that refuses it in the code? That ACL is not the subnet's.
3. Why not? It was created without `subnet_ids`, and no association names it.

## Fix now
Name the subnets, and try it with one first, since the ACL starts to act at once: `subnet_ids = [aws_subnet.app.id]`. Check before that
the ACL allows ephemeral ports (1024-65535) for answers, in both directions.

## Workaround
`aws ec2 replace-network-acl-association --association-id aclassoc-… --network-acl-id acl-…` moves one subnet by hand.

## Prevent
Create the ACL in the module that creates its subnets.

## Validate
`aws ec2 describe-network-acls --network-acl-ids acl-… --query 'NetworkAcls[].Associations[].SubnetId'` lists the subnets.

## Bad
```hcl
resource "aws_network_acl" "app" { # finding
  vpc_id = "vpc-0123456789abcdef0"
}
```

## Good
```hcl
resource "aws_network_acl" "app" {
  vpc_id     = "vpc-0123456789abcdef0"
  subnet_ids = ["subnet-0123456789abcdef0"]
}

resource "aws_network_acl" "data" {
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_network_acl_association" "data" {
  network_acl_id = aws_network_acl.data.id
  subnet_id      = "subnet-0fedcba9876543210"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, rule


@rule(target="aws_network_acl", severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV2_AWS_1")
def check(acl: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    subnets = acl.at("subnet_ids")
    if not subnets.missing:
        return
    if resource.facet is Facet.RUNNING or not graph.attached(resource, "network_acl_id", "aws_network_acl_association"):
        yield Fail(subnets, "the network ACL belongs to no subnet", expected="subnet_ids, or an association")
