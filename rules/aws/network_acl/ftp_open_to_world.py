"""A network ACL lets the whole internet reach FTP.

## Why it matters
FTP sends names and passwords in clear text, and servers that still offer it are old. With 21 let through by the subnet, a forgotten
daemon is on the internet as soon as a security group is opened.

## Five whys
1. Why can a stranger knock on port 21 of an instance? The subnet's ACL lets the packet in.
2. Why? An entry allows TCP 21 from every address, and no entry with a smaller number refuses it.
3. Why so wide? A file exchange with a partner used FTP once, or a range such as 0-1024 was taken for simplicity.
4. Why does that matter beside security groups? The daemon is often part of an image and not known to those who edit the security group.

## Fix now
Remove the entry, or take the port out of its range: `aws ec2 delete-network-acl-entry --network-acl-id acl-… --ingress --rule-number
100`. A partner that needs file exchange gets SFTP (AWS Transfer Family).

## Workaround
Refuse the port before the wide entry, which takes effect at once: `aws ec2 create-network-acl-entry --network-acl-id acl-… --ingress
--rule-number 10 --protocol tcp --port-range From=21,To=21 --cidr-block 0.0.0.0/0 --rule-action deny`.

## Prevent
Exchange files over SFTP or S3, and write entries for single ports.

## Validate
`aws ec2 describe-network-acls --network-acl-ids acl-… --query 'NetworkAcls[].Entries[?!Egress]'`: no entry allows 21 from `0.0.0.0/0`
or `::/0` before one refuses it.

## Bad
```hcl
resource "aws_network_acl" "public" {
  vpc_id = "vpc-0123456789abcdef0"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 21
    to_port    = 21
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
    from_port  = 21
    to_port    = 21
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
    aliases="CKV_AWS_229",
)
def check(listed: Listed) -> Iterator[Fail]:
    if listed.admits_world("tcp", 21):
        yield Fail(listed.where, f"FTP (TCP 21) is let in from {listed.where.text}", expected="no FTP from the internet")
