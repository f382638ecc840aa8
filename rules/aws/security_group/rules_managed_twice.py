"""Inline rules and separate rule resources manage the same security group.

## Why it matters
Inline blocks mean "these rules and no others". Terraform therefore removes the rules that the separate resources add, and on the next
apply those add them again: every second apply cuts connections, and plans never come out empty.

## Five whys
1. Why does the service lose its database after a deployment that changed nothing? A rule of its security group disappeared.
2. Why did it? The apply removed it as an unexpected rule of the group.
3. Why was it unexpected? The group lists its rules inline, and this one is a resource of its own.
4. Why both? The group came from one module, the rule was added by another.

## Fix now
Run `terraform apply` once more to bring the rules back (the separate resources are created again). Then move every inline block into
an `aws_vpc_security_group_ingress_rule` or `…_egress_rule` and import it, so that nothing is interrupted:
`terraform import aws_vpc_security_group_ingress_rule.https sgr-…`.

## Workaround
Until that is done: `lifecycle { ignore_changes = [ingress, egress] }` on the group.

## Prevent
Use separate rule resources only; the provider's documentation asks for one style per group.

## Validate
Two runs of `terraform plan` after an apply both say "No changes".

## Bad
```hcl
resource "aws_security_group" "db" {
  name = "db"

  ingress { # finding
    protocol    = "tcp"
    from_port   = 5432
    to_port     = 5432
    cidr_blocks = ["10.0.0.0/16"]
  }
}

resource "aws_vpc_security_group_ingress_rule" "reports" {
  security_group_id = aws_security_group.db.id
  ip_protocol       = "tcp"
  from_port         = 5432
  to_port           = 5432
  cidr_ipv4         = "10.9.0.0/16"
}
```

## Good
```hcl
resource "aws_security_group" "db" {
  name = "db"

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["10.0.0.0/16"]
  }
}

resource "aws_vpc_security_group_ingress_rule" "reports" {
  security_group_id = aws_security_group.db.id
  ip_protocol       = "tcp"
  from_port         = 5432
  to_port           = 5432
  cidr_ipv4         = "10.9.0.0/16"
}
```
"""

from collections.abc import Iterator
from itertools import islice

from auditor.sdk import Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.ingress import GROUPS, RULE_KINDS, Direction, rules

DIRECTIONS: tuple[Direction, ...] = ("ingress", "egress")


@rule(
    target=GROUPS,
    severity=Severity.MEDIUM,
    facets=(Facet.WRITTEN,),
    symptoms=(r"InvalidPermission\.Duplicate", r"RevokeSecurityGroup(Ingress|Egress)"),
)
def check(group: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for direction in DIRECTIONS:
        inline = [block for block in rules(resource, direction) if not block.unknown]
        if not inline or {direction, "all"} & set(resource.ignored):
            continue
        separate = [
            other for other in graph.attached(resource, "security_group_id", *RULE_KINDS) for _ in islice(rules(other, direction), 1)
        ]
        if separate:
            yield Fail(
                inline[0],
                f"the inline {direction} rules fight with {separate[0].address.text}",
                expected="one style for all rules of the group",
                related=(separate[0].body,),
            )
