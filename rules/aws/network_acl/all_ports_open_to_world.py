"""A network ACL entry lets every port in from the whole internet.

## Why it matters
An ACL that allows everything from everywhere is no ACL: the subnet depends on the security groups alone. For a subnet of load
balancers two ports are enough; for a private one, nothing needs to come from the internet but answers.

## Five whys
1. Why did a wrong security group expose the host at once? Nothing else stood in the way.
2. Why not? The subnet's ACL lets every port in from every address.
3. Why? ACLs are stateless, and a narrow one without the ephemeral ports breaks all outgoing connections, so it was opened wholly.

## Fix now
List what the subnet serves, then write: the served ports from the internet, 1024-65535 for answers, everything from the VPC. Add these
with smaller numbers first and delete the wide entry last: `aws ec2 delete-network-acl-entry --network-acl-id acl-… --ingress
--rule-number 100`.

## Workaround
Put `deny` entries for 22, 3389 and the data stores before it (`aws ec2 create-network-acl-entry … --rule-number 10 --rule-action
deny`).

## Prevent
Build ACLs in one module with "served ports" as its only input; it adds the ephemeral range itself.

## Validate
`aws ec2 describe-network-acls --network-acl-ids acl-… --query "NetworkAcls[].Entries[?!Egress && Protocol=='-1' &&
RuleAction=='allow']"` shows no public range; outgoing connections from the subnet still get answers.

## Bad
```hcl
resource "aws_network_acl" "app" {
  vpc_id = "vpc-0123456789abcdef0"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0" # finding
  }
}

resource "aws_network_acl_rule" "tcp" {
  network_acl_id  = aws_network_acl.app.id
  rule_number     = 200
  rule_action     = "allow"
  protocol        = "tcp"
  from_port       = 0
  to_port         = 65535
  ipv6_cidr_block = "::/0" # finding
}
```

## Good
```hcl
resource "aws_network_acl" "app" {
  vpc_id = "vpc-0123456789abcdef0"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 1024
    to_port    = 65535
    cidr_block = "0.0.0.0/0"
  }

  ingress {
    rule_no    = 110
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "10.0.0.0/16"
  }

  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Severity, rule
from auditor.views.decide import every
from auditor.views.network_acl import ENTRIES, Listed, inbound


@rule(
    target=ENTRIES,
    each=inbound,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    facets=(Facet.WRITTEN, Facet.PLANNED, Facet.RECORDED),  # the default ACL of every running VPC allows everything
    aliases="AVD-AWS-0102 aws-ec2-no-excessive-port-access aws-vpc-no-excessive-port-access",
)
def check(listed: Listed) -> Iterator[Fail]:
    entry = listed.entry
    if every(lambda: entry.anywhere, lambda: entry.allows, lambda: entry.traffic.all_ports):
        yield Fail(entry.range, f"{entry.traffic.words} is let in from {entry.range.text}", expected="the ports that the subnet serves")
