"""The default security group of a VPC has rules.

## Why it matters
Everything that is created without a security group gets the default one. When that has rules, a forgotten argument silently
connects a new database or instance with all the others, or with the internet.

## Five whys
1. Why could a test instance talk to the production database? Both were in the default security group.
2. Why were they? Nobody named a group when they were created.
3. Why did that connect them? The default group lets its members reach each other, and this one has rules of its own.

## Fix now
See who depends on it: `aws ec2 describe-network-interfaces --filters Name=group-id,Values=sg-…`. Give these a group of their own, then
remove the blocks: an `aws_default_security_group` without rules empties the group.

## Workaround
Keep a single rule for the members that still need it, by address, and suppress this finding with an expiry date.

## Prevent
Declare `aws_default_security_group` without rules in the module that creates VPCs.

## Validate
`aws ec2 describe-security-groups --filters Name=group-name,Values=default Name=vpc-id,Values=vpc-… --query
'SecurityGroups[].[IpPermissions,IpPermissionsEgress]'` prints empty lists.

## Bad
```hcl
resource "aws_default_security_group" "main" {
  vpc_id = "vpc-0123456789abcdef0"

  ingress { # finding
    protocol  = "-1"
    from_port = 0
    to_port   = 0
    self      = true
  }
}
```

## Good
```hcl
resource "aws_default_security_group" "main" {
  vpc_id = "vpc-0123456789abcdef0"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.ingress import RULE_KINDS


@rule(
    target="aws_default_security_group",
    severity=Severity.MEDIUM,
    aliases="AVD-AWS-0173 aws-ec2-restrict-all-in-default-sg",
)
def check(group: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for direction in ("ingress", "egress"):
        if group.at(direction).present:
            first = group.at(f"{direction}[0]")
            yield Fail(first, f"the default security group has {direction} rules", expected="no rules")
    for other in graph.attached(resource, "security_group_id", *RULE_KINDS):
        yield Fail(group, f"{other.address.text} adds a rule to the default security group", expected="no rules", related=(other.body,))
