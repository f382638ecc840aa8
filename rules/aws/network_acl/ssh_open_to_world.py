"""A network ACL lets the whole internet reach SSH.

## Why it matters
The ACL is the second lock of a subnet: it holds when somebody opens a security group in a hurry. With port 22 open to everybody, that
one mistake is enough for an attack on `sshd`.

## Five whys
1. Why can a stranger knock on port 22 of an instance? The subnet's ACL lets the packet in.
2. Why? An entry allows TCP 22 from every address, and no entry with a smaller number refuses it.
3. Why so wide? The entry was copied from the default ACL, which allows everything.
4. Why does that matter beside security groups? Security groups are edited often and by many people; the ACL of a subnet is what a
mistake there meets next.

## Fix now
Replace the entry by the addresses of administrators: `aws ec2 replace-network-acl-entry --network-acl-id acl-… --ingress --rule-number
100 --protocol tcp --port-range From=22,To=22 --cidr-block 203.0.113.0/24 --rule-action allow`, and change the code alike.

## Workaround
Refuse the port before the wide entry, which takes effect at once: `aws ec2 create-network-acl-entry --network-acl-id acl-… --ingress
--rule-number 10 --protocol tcp --port-range From=22,To=22 --cidr-block 0.0.0.0/0 --rule-action deny`.

## Prevent
Reach instances with Session Manager, and keep 22 out of every ACL.

## Validate
`aws ec2 describe-network-acls --network-acl-ids acl-… --query 'NetworkAcls[].Entries[?!Egress]'`: no entry allows 22 from `0.0.0.0/0`
or `::/0` before one refuses it.

## Bad
```hcl
resource "aws_network_acl" "public" {
  vpc_id = "vpc-0123456789abcdef0"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 22
    to_port    = 22
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
    to_port    = 22
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
    from_port  = 22
    to_port    = 22
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
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    facets=(Facet.WRITTEN, Facet.PLANNED, Facet.RECORDED),  # the default ACL of every running VPC allows everything
    aliases="CKV_AWS_232 FG_R00357 AVD-AWS-0105 aws-ec2-no-public-ingress-acl aws-vpc-no-public-ingress-acl",
)
def check(listed: Listed) -> Iterator[Fail]:
    if listed.admits_world("tcp", 22):
        yield Fail(listed.where, f"SSH (TCP 22) is let in from {listed.where.text}", expected="the administrators")
