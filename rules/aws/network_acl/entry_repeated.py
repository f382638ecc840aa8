"""A network ACL entry repeats what earlier ones decide already.

## Why it matters
It does nothing, counts against the quota of 20 entries for each direction, and misleads: whoever removes the wide entry to close a port
finds that nothing has changed, or the reverse.

## Five whys
1. Why did closing the port not close it? An entry behind the removed one allowed the same.
2. Why was it there? It had no effect until then, so nobody noticed it.
3. Why had it none? A wider entry with a smaller number decides the same way.

## Fix now
Nothing is broken. Delete the entry with the larger number when the wide one is meant, or the wide one when it is not: `aws ec2
delete-network-acl-entry --network-acl-id acl-… --ingress --rule-number 110`.

## Workaround
None is needed.

## Prevent
One entry for each purpose, with a comment that names it.

## Validate
`aws ec2 describe-network-acls --network-acl-ids acl-… --query 'NetworkAcls[].Entries[?!Egress]'` shows no range inside of another.

## Bad
```hcl
resource "aws_network_acl" "web" {
  vpc_id = "vpc-0123456789abcdef0"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "0.0.0.0/0"
  }

  ingress {
    rule_no    = 110
    action     = "allow"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "10.0.0.0/8" # finding
  }
}
```

## Good
```hcl
resource "aws_network_acl" "web" {
  vpc_id = "vpc-0123456789abcdef0"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "0.0.0.0/0"
  }

  ingress {
    rule_no    = 110
    action     = "allow"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 444
    cidr_block = "10.0.0.0/8"
  }

  ingress {
    rule_no         = 120
    action          = "allow"
    protocol        = "tcp"
    from_port       = 443
    to_port         = 443
    ipv6_cidr_block = "::/0"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Resource, Severity, rule
from auditor.views.hidden_entry import hidden_by
from auditor.views.network_acl import ENTRIES, Listed, inbound, outbound


def both(resource: Resource, graph: Graph) -> Iterator[Listed]:
    yield from inbound(resource, graph)
    yield from outbound(resource, graph)


@rule(target=ENTRIES, each=both, severity=Severity.LOW)
def check(listed: Listed) -> Iterator[Fail]:
    takers = hidden_by(listed)
    if takers and all(entry.allows is listed.entry.allows for entry in takers):
        earlier = " and ".join(f"{entry.number:g}" for entry in takers)
        message = f"entry {listed.entry.number:g} repeats what {earlier} decides already"
        yield Fail(listed.where, message, expected="one of them", related=tuple(entry.where for entry in takers))
