"""Inline entries and separate entry resources manage the same network ACL.

## Why it matters
Inline blocks mean "these entries and no others". Terraform removes the entries of the separate resources, and on the next apply those
come back: every second apply closes a port of a whole subnet.

## Five whys
1. Why did the subnet lose its database after a deployment that changed nothing? An entry of its network ACL disappeared.
2. Why? The apply removed it as an unexpected entry of the list.
3. Why was it unexpected? The list is inline, and this entry is a resource of its own.

## Fix now
Apply once more to bring the entries back. Then move the separate ones into the inline list, or all into `aws_network_acl_rule` (import
them first: `terraform import aws_network_acl_rule.https acl-…:100:6:false`).

## Workaround
`lifecycle { ignore_changes = [ingress, egress] }` on the ACL.

## Prevent
One style for each ACL, as the provider's documentation asks.

## Validate
Two runs of `terraform plan` after an apply both say "No changes".

## Bad
```hcl
resource "aws_network_acl" "web" {
  vpc_id = "vpc-0123456789abcdef0"

  ingress { # finding
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "0.0.0.0/0"
  }
}

resource "aws_network_acl_rule" "ssh" {
  network_acl_id = aws_network_acl.web.id
  rule_number    = 200
  rule_action    = "deny"
  protocol       = "tcp"
  from_port      = 22
  to_port        = 22
  cidr_block     = "0.0.0.0/0"
}
```

## Good
```hcl
resource "aws_network_acl" "web" {
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_network_acl_rule" "ssh" {
  network_acl_id = aws_network_acl.web.id
  rule_number    = 200
  rule_action    = "deny"
  protocol       = "tcp"
  from_port      = 22
  to_port        = 22
  cidr_block     = "0.0.0.0/0"
}

resource "aws_network_acl" "kept" {
  vpc_id = "vpc-0123456789abcdef0"

  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }
}

resource "aws_network_acl_rule" "in" {
  network_acl_id = aws_network_acl.kept.id
  rule_number    = 200
  rule_action    = "allow"
  protocol       = "-1"
  cidr_block     = "0.0.0.0/0"
}
```
"""

from collections.abc import Iterator
from itertools import islice

from auditor.sdk import Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import exists
from auditor.views.ingress import Direction
from auditor.views.network_acl import ACLS, entries

DIRECTIONS: tuple[Direction, ...] = ("ingress", "egress")


@rule(target=ACLS, severity=Severity.MEDIUM, facets=(Facet.WRITTEN,))
def check(acl: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for direction in DIRECTIONS:
        inline = [entry.table for entry in entries(resource, direction) if not entry.table.unknown]
        if not inline or {direction, "all"} & set(resource.ignored):
            continue
        for other in graph.attached(resource, "network_acl_id", "aws_network_acl_rule"):
            if list(islice(entries(other, direction), 1)) and exists(other):
                message = f"the inline {direction} entries fight with {other.address.text}"
                yield Fail(inline[0], message, expected="one style for all entries of the ACL", related=(other.body,))
                break
