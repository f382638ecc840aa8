"""A network ACL lets the whole internet reach Remote Desktop.

## Why it matters
Remote Desktop is the most common entry of ransomware. A closed ACL keeps a Windows host unreachable even when its security group is
opened by mistake; an open one leaves no second lock.

## Five whys
1. Why can a stranger knock on port 3389 of an instance? The subnet's ACL lets the packet in.
2. Why? An entry allows TCP 3389 from every address, and no entry with a smaller number refuses it.
3. Why so wide? The subnet was built with one entry that allows everything, so that the ACL would never be in the way.
4. Why does that matter beside security groups? A security group with 3389 open is the usual mistake; the ACL decides whether it
becomes an incident.

## Fix now
Allow only the VPN or office: `aws ec2 replace-network-acl-entry --network-acl-id acl-… --ingress --rule-number 100 --protocol tcp
--port-range From=3389,To=3389 --cidr-block 203.0.113.0/24 --rule-action allow`, and change the code alike.

## Workaround
Refuse the port before the wide entry, which takes effect at once: `aws ec2 create-network-acl-entry --network-acl-id acl-… --ingress
--rule-number 10 --protocol tcp --port-range From=3389,To=3389 --cidr-block 0.0.0.0/0 --rule-action deny`.

## Prevent
Use Fleet Manager or a Remote Desktop gateway; refuse 3389 at the head of the ACL of every public subnet.

## Validate
`aws ec2 describe-network-acls --network-acl-ids acl-… --query 'NetworkAcls[].Entries[?!Egress]'`: no entry allows 3389 from `0.0.0.0/0`
or `::/0` before one refuses it.

## Bad
```hcl
resource "aws_network_acl" "public" {
  vpc_id = "vpc-0123456789abcdef0"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 3389
    to_port    = 3389
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
  vpc_id = aws_vpc.main.id

  ingress { # answers to what a NAT gateway asked: ACLs keep no state, security groups close the port
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 1024
    to_port    = 65535
    cidr_block = "0.0.0.0/0"
  }
}
```

```hcl
resource "aws_network_acl" "public" {
  vpc_id = "vpc-0123456789abcdef0"

  ingress {
    rule_no    = 90
    action     = "deny"
    protocol   = "tcp"
    from_port  = 3389
    to_port    = 3389
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
    from_port  = 3389
    to_port    = 3389
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
    aliases="CKV_AWS_231 FG_R00359 AVD-AWS-0105 aws-ec2-no-public-ingress-acl aws-vpc-no-public-ingress-acl",
)
def check(listed: Listed) -> Iterator[Fail]:
    if listed.admits_world("tcp", 3389) and not listed.takes_answers:
        yield Fail(listed.where, f"Remote Desktop (TCP 3389) is let in from {listed.where.text}", expected="the administrators")
