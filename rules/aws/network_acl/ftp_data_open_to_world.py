"""A network ACL lets the whole internet reach the data port of FTP.

## Why it matters
Nothing but active FTP uses TCP 20. An entry that lets it in from everywhere shows that FTP is expected to work, or that a range was
taken much wider than what the subnet serves.

## Five whys
1. Why can a stranger knock on port 20 of an instance? The subnet's ACL lets the packet in.
2. Why? An entry allows TCP 20 from every address, and no entry with a smaller number refuses it.
3. Why so wide? A range such as 20-22 or 0-1024 was written to cover several services at once.
4. Why does that matter beside security groups? An attacker who owns a port-20 source can pass filters that trust "FTP data"; a
narrow ACL leaves nothing to trust.

## Fix now
Split the range into the ports that are served, and delete the wide entry: `aws ec2 delete-network-acl-entry --network-acl-id acl-…
--ingress --rule-number 100`.

## Workaround
Refuse the port before the wide entry, which takes effect at once: `aws ec2 create-network-acl-entry --network-acl-id acl-… --ingress
--rule-number 10 --protocol tcp --port-range From=20,To=20 --cidr-block 0.0.0.0/0 --rule-action deny`.

## Prevent
One entry for each served port; no range that begins below 80.

## Validate
`aws ec2 describe-network-acls --network-acl-ids acl-… --query 'NetworkAcls[].Entries[?!Egress]'`: no entry allows 20 from `0.0.0.0/0`
or `::/0` before one refuses it.

## Bad
```hcl
resource "aws_network_acl" "public" {
  vpc_id = "vpc-0123456789abcdef0"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 20
    to_port    = 20
    cidr_block = "0.0.0.0/0" # finding
  }
}

resource "aws_network_acl_rule" "wide" {
  network_acl_id  = aws_network_acl.public.id
  rule_number     = 200
  rule_action     = "allow"
  protocol        = "-1"
  ipv6_cidr_block = "::/0" # finding
}
```

## Good
```hcl
resource "aws_network_acl" "public" {
  vpc_id = "vpc-0123456789abcdef0"

  ingress {
    rule_no    = 90
    action     = "deny"
    protocol   = "tcp"
    from_port  = 20
    to_port    = 21
    cidr_block = "0.0.0.0/0"
  }

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }

  ingress {
    rule_no    = 110
    action     = "allow"
    protocol   = "tcp"
    from_port  = 20
    to_port    = 20
    cidr_block = "203.0.113.0/24"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Severity, rule
from auditor.views.network_acl import ENTRIES, Listed, inbound


@rule(
    target=ENTRIES,
    each=inbound,
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    facets=(Facet.WRITTEN, Facet.PLANNED, Facet.RECORDED),  # the default ACL of every running VPC allows everything
    aliases="CKV_AWS_230",
)
def check(listed: Listed) -> Iterator[Fail]:
    if listed.admits_world("tcp", 20):
        yield Fail(listed.where, f"FTP data (TCP 20) is let in from {listed.where.text}", expected="no FTP from the internet")
