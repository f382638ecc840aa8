"""A VPC's default security group still lets its members talk to each other.

## Why it matters
Every VPC comes with a security group that nobody asked for. Whatever is created without naming one lands there, and its members may
reach each other on every port and the whole internet.

## Five whys
1. Why could two unrelated services talk to each other? Both were in the VPC's default security group.
2. Why does that connect them? AWS creates it with "all traffic from itself" and "all traffic out".
3. Why was it left so? The code does not manage the default group, or gives it rules.

## Fix now
Find its members first: `aws ec2 describe-network-interfaces --filters Name=vpc-id,Values=vpc-… Name=group-name,Values=default`. When
there are none, add an `aws_default_security_group` without rules for the VPC; it empties the group on apply.

## Workaround
By hand: `aws ec2 revoke-security-group-ingress --group-id sg-… --security-group-rule-ids sgr-…` for each of its rules.

## Prevent
Let the module that creates VPCs adopt the default group without rules.

## Validate
`aws ec2 describe-security-groups --filters Name=vpc-id,Values=vpc-… Name=group-name,Values=default --query
'SecurityGroups[].[IpPermissions,IpPermissionsEgress]'` prints empty lists.

## Bad
```hcl
resource "aws_vpc" "main" { # finding
  cidr_block = "10.0.0.0/16"
}
```

The group is managed, and a rule is added beside it:
```hcl
resource "aws_vpc" "main" { # finding
  cidr_block = "10.0.0.0/16"
}

resource "aws_default_security_group" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_vpc_security_group_egress_rule" "all" {
  security_group_id = aws_default_security_group.main.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}
```

## Good
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_default_security_group" "main" {
  vpc_id = aws_vpc.main.id
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.ingress import RULE_KINDS


@rule(
    target="aws_vpc",
    severity=Severity.LOW,
    facets=(Facet.WRITTEN, Facet.PLANNED, Facet.RECORDED),
    aliases="CKV2_AWS_12 FG_R00089",
)
def check(vpc: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    groups = graph.attached(resource, "vpc_id", "aws_default_security_group")
    if not groups:
        yield Fail(vpc, "the default security group keeps the rules that AWS gives it", expected="a managed default group without rules")
    for group in groups:
        if group.at("ingress").present or group.at("egress").present:
            yield Fail(vpc, "the default security group has rules", expected="no rules", related=(group.body,))
        elif graph.attached(group, "security_group_id", *RULE_KINDS):
            yield Fail(vpc, "rules are added to the default security group", expected="no rules", related=(group.body,))
