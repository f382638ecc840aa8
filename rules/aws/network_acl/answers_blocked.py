"""A network ACL lets connections in or out, but not the answers to them.

## Why it matters
ACLs keep no state: the answer to a connection is a packet of its own, to a port between 1024 and 65535. Without an entry for it every
connection hangs until it times out, although every rule that one thinks of is there.

## Five whys
1. Why do connections time out, and are not refused? The packets leave, and the answers are dropped.
2. Why are they? The ACL has no entry for the port that the answer goes to.
3. Why not? The list was written as for a security group, which remembers connections.

## Fix now
Allow the ephemeral ports on the way back, for the same range: `aws ec2 create-network-acl-entry --network-acl-id acl-… --egress
--rule-number 140 --protocol tcp --port-range From=1024,To=65535 --cidr-block 0.0.0.0/0 --rule-action allow` (`--ingress` for answers to
connections that the subnet opens). It takes effect within seconds.

## Workaround
Give the subnet the default ACL until the list is right: `aws ec2 replace-network-acl-association --association-id aclassoc-…
--network-acl-id acl-DEFAULT`.

## Prevent
Build ACLs with a module that adds the way back by itself, or leave the default ACL and use security groups.

## Validate
`curl -m 5` from a client in the range succeeds; VPC flow logs show ACCEPT in both directions (`REJECT` on a high port is this fault).

## Bad
```hcl
resource "aws_network_acl" "web" { # finding
  vpc_id = "vpc-0123456789abcdef0"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "0.0.0.0/0"
  }

  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "0.0.0.0/0"
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
    from_port  = 1024
    to_port    = 65535
    cidr_block = "0.0.0.0/0"
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
from functools import partial

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import every, some
from auditor.views.network_acl import Entry, entries_of_list, lets_answers


@rule(
    target="aws_network_acl",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=(r"[Cc]onnection timed out", r"ETIMEDOUT", r"i/o timeout", r"connect timeout"),
)
def check(acl: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if resource.facet is not Facet.RUNNING:
        graph.attached(resource, "network_acl_id", "aws_network_acl_rule")  # entries that cannot be seen may let the answers through
    inbound, outbound = entries_of_list(resource, graph, "ingress"), entries_of_list(resource, graph, "egress")
    if not inbound or not outbound:
        return  # the other direction is closed on purpose, or its entries are elsewhere
    for direction, there, back in (("inbound", inbound, outbound), ("outbound", outbound, inbound)):
        for entry in there:
            if every(partial(_serves, entry), partial(_unanswered, entry, back)):
                message = f"{entry.traffic.words} is let through {direction} for {entry.range.text}, and its answers are not"
                yield Fail(acl, message, expected="1024-65535 the other way")
                break


def _unanswered(entry: Entry, back: tuple[Entry, ...]) -> bool:
    return not some(*(partial(lets_answers, other, entry.range.text) for other in back))


def _serves(entry: Entry) -> bool:
    """Whether the entry lets clients connect to a service, which is below the ephemeral ports."""
    return every(
        lambda: entry.allows,
        lambda: (ports := entry.traffic.ports("tcp")) is not None and ports[1] < 1024,
    )
