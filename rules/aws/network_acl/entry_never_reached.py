"""A network ACL entry is never reached: an earlier one fits all its traffic.

## Why it matters
Entries are tried from the smallest number up, and the first that fits decides. An entry behind a wider one of the other kind does
nothing: a refusal that refuses nothing, or a permission that never permits.

## Five whys
1. Why does the blocked address still get through (or the allowed one not)? An earlier entry decided.
2. Why earlier? Its number is smaller.
3. Why does it fit? Its range and ports include those of the entry that was meant.
4. Why was it written behind? Numbers were given in the order in which the entries were thought of.

## Fix now
Give the narrower entry a smaller number. Numbers cannot be changed in place, so add it again first: `aws ec2 create-network-acl-entry
--network-acl-id acl-… --ingress --rule-number 50 …`, then delete the old one.

## Workaround
A security group of the affected hosts can let in what the ACL should; it cannot refuse.

## Prevent
Number refusals 1-99 and permissions from 100 in steps of 10.

## Validate
`aws ec2 describe-network-acls --network-acl-ids acl-… --query 'NetworkAcls[].Entries[?!Egress] | sort_by([], &RuleNumber)'` shows the
narrow entry before the wide one; Reachability Analyzer names the entry that decides.

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
    rule_no    = 200
    action     = "deny"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "198.51.100.0/24" # finding
  }
}
```

Several earlier entries together hide one too:
```hcl
resource "aws_network_acl" "web" {
  vpc_id = "vpc-0123456789abcdef0"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 1
    to_port    = 1023
    cidr_block = "0.0.0.0/0"
  }

  ingress {
    rule_no    = 110
    action     = "allow"
    protocol   = "tcp"
    from_port  = 1024
    to_port    = 65535
    cidr_block = "0.0.0.0/0"
  }

  ingress {
    rule_no    = 200
    action     = "deny"
    protocol   = "tcp"
    from_port  = 22
    to_port    = 3389
    cidr_block = "0.0.0.0/0" # finding
  }
}
```

## Good
```hcl
resource "aws_network_acl" "web" {
  vpc_id = "vpc-0123456789abcdef0"

  ingress {
    rule_no    = 50
    action     = "deny"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "198.51.100.0/24"
  }

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "0.0.0.0/0"
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


@rule(target=ENTRIES, each=both, severity=Severity.MEDIUM)
def check(listed: Listed) -> Iterator[Fail]:
    takers = hidden_by(listed)
    against = [entry for entry in takers if entry.allows is not listed.entry.allows]
    if against:
        number, earlier = listed.entry.number, " and ".join(f"{entry.number:g}" for entry in takers)
        message = f"entry {number:g} never decides: entry {earlier}, tried before, fits all of its traffic"
        if len(takers) > 1:
            message = f"entry {number:g} never decides: entries {earlier}, tried before, together fit all of its traffic"
        where = tuple(entry.where for entry in takers)
        yield Fail(listed.where, message, expected=f"a number smaller than {against[0].number:g}", related=where)
