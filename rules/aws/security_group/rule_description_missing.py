"""A security group rule does not say why it is there.

## Why it matters
A rule without a reason is never removed: nobody can tell whether `10.4.0.0/16` on port 8443 is the payment provider or somebody who
left years ago. Unlike the group's own description, a rule's can be added at any time without an interruption.

## Five whys
1. Why is a partner's network still let in two years after the contract? Nobody knew whose network it was.
2. Why not? The rule has no description.
3. Why not? The field is optional, and the ticket with the reason was closed.

## Fix now
Nothing is broken. Add `description = "who needs it, for what, ticket"`; Terraform changes it in place.

## Workaround
`aws ec2 update-security-group-rule-descriptions-ingress --group-id sg-… --security-group-rule-descriptions
SecurityGroupRuleId=sgr-…,Description="..."` for a group that is not in code.

## Prevent
Let the module take rules as objects with a required `description`.

## Validate
`aws ec2 describe-security-group-rules --filters Name=group-id,Values=sg-… --query 'SecurityGroupRules[?Description==null]'` is empty.

## Bad
```hcl
resource "aws_security_group" "web" {
  name        = "web"
  description = "Load balancer of the public shop"

  ingress { # finding
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_vpc_security_group_egress_rule" "db" { # finding
  security_group_id            = aws_security_group.web.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
  referenced_security_group_id = "sg-0123456789abcdef0"
}
```

## Good
```hcl
resource "aws_security_group" "web" {
  name        = "web"
  description = "Load balancer of the public shop"

  ingress {
    description = "Customers"
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import given
from auditor.views.ingress import RULE_KINDS, rules


def every_rule(resource: Resource, graph: Graph) -> Iterator[Node]:
    if resource.kind in RULE_KINDS:
        yield resource.body
    else:
        yield from rules(resource, "ingress")
        yield from rules(resource, "egress")


@rule(
    target="aws_security_group aws_security_group_rule aws_vpc_security_group_ingress_rule aws_vpc_security_group_egress_rule",
    each=every_rule,
    severity=Severity.INFO,
    facets=(Facet.WRITTEN,),
    aliases="CKV_AWS_23 AVD-AWS-0124 aws-ec2-add-description-to-security-group-rule aws-vpc-add-description-to-security-group-rule",
)
def check(table: Node) -> Iterator[Fail]:
    text = table.at("description")
    if not given(text):
        yield Fail(text, "the rule does not say who needs it", expected="a description")
