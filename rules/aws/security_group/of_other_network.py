"""Something is given a security group of another VPC than its subnet is in.

## Why it matters
A security group guards interfaces of its own VPC only. AWS refuses the pair (`InvalidParameter: Security group … and subnet … belong to
different networks`), so the apply ends there; behind a load balancer or a database it may end after everything else was built.

## Five whys
1. Why does the apply fail? AWS refuses the security group.
2. Why? It belongs to another VPC than the subnet.
3. Why? Subnets and groups come from two modules, and one of them was pointed at a new VPC.
4. Why did the plan not show it? Ids say nothing of their VPC.

## Fix now
Take both from one VPC: a group with `vpc_id` of the subnet's VPC. A group cannot be moved; create it again with the same rules.

## Workaround
None: AWS never accepts the pair.

## Prevent
Let one module give out the VPC's id, its subnets and its groups, and pass that object on as a whole.

## Validate
`aws ec2 describe-security-groups --group-ids sg-… --query 'SecurityGroups[].VpcId'` and `aws ec2 describe-subnets --subnet-ids subnet-…
--query 'Subnets[].VpcId'` print the same.

## Bad
```hcl
resource "aws_vpc" "old" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "new" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "app" {
  count      = 2
  vpc_id     = aws_vpc.new.id
  cidr_block = "10.1.${count.index}.0/24"
}

resource "aws_security_group" "web" {
  vpc_id = aws_vpc.old.id
}

resource "aws_lb" "web" {
  subnets         = aws_subnet.app[*].id
  security_groups = [aws_security_group.web.id] # finding
}

resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.web.id] # finding
  }
}
```

## Good
```hcl
resource "aws_vpc" "old" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "new" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "app" {
  count      = 2
  vpc_id     = aws_vpc.new.id
  cidr_block = "10.1.${count.index}.0/24"
}

resource "aws_security_group" "web" {
  vpc_id = aws_vpc.new.id
}

resource "aws_lb" "web" {
  subnets         = aws_subnet.app[*].id
  security_groups = [aws_security_group.web.id]
}

resource "aws_security_group" "shared" {
  vpc_id = aws_vpc.old.id
}

resource "aws_vpc_security_group_vpc_association" "shared" {
  security_group_id = aws_security_group.shared.id
  vpc_id            = aws_vpc.new.id
}

resource "aws_lb" "shared" {
  subnets         = aws_subnet.app[*].id
  security_groups = [aws_security_group.shared.id]
}

resource "aws_security_group" "named_only" {
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_lb" "named_only" {
  subnets         = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
  security_groups = [aws_security_group.named_only.id]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Profile, Resource, Severity, rule
from auditor.views.decide import exists
from auditor.views.network.interface import ends
from auditor.views.network.kinds import KINDS
from auditor.views.network.vpc import vpc_of

PLACED = " ".join(sorted(kind for kind, it in KINDS.items() if it.groups and kind != "aws_eks_cluster"))


@rule(
    target=PLACED,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=(r"belong to different networks", r"does not exist in (the )?VPC", r"InvalidSecurityGroup"),
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    places = {it.vpc.key: it for it in ends(graph, resource) if it.subnet is not None and it.vpc is not None}
    for node in (node for path in KINDS[resource.kind].groups for node in body.each(path)):
        for group in graph.targets(node, "aws_security_group"):
            home = vpc_of(group, graph)
            for place in places.values():
                if place.vpc is None or place.subnet is None or home.same(place.vpc) is not False or _shared(group, graph):
                    continue
                if exists(group):
                    message = f"{group.address.text} is in {home.words}, and {place.subnet.words} in {place.vpc.words}"
                    yield Fail(node, message, expected="a group of the same VPC", related=(group.body, place.subnet.resource.body))
                    return


def _shared(group: Resource, graph: Graph) -> bool:
    """Whether the group is associated with further VPCs."""
    return bool(graph.attached(group, "security_group_id", "aws_vpc_security_group_vpc_association"))
