"""A security group has about as many rules as AWS accepts.

## Why it matters
A group takes 60 rules in each direction, unless the quota was raised, and every address range and group counts as one. The next rule
makes the apply fail half-way with `RulesPerSecurityGroupLimitExceeded`, most likely while somebody opens access in an emergency.

## Five whys
1. Why did the apply fail? AWS refused the rule: the group is full.
2. Why is it full? Every customer's address range is a rule of its own.
3. Why rules and not a list? The ranges were added one by one over the years.

## Fix now
Put the ranges into a managed prefix list (`aws ec2 create-managed-prefix-list --max-entries 40 …`) and refer to it in one rule. It
counts with its `max_entries`, so split by purpose, and remove ranges that no flow log shows any more.

## Workaround
Ask for more: `aws service-quotas request-service-quota-increase --service-code vpc --quota-code L-0EA8095F --desired-value 120`. Rules
per group times groups per interface may not exceed 1,000.

## Prevent
Keep ranges in prefix lists, one for each partner, and refer to groups instead of ranges inside the VPC.

## Validate
`aws ec2 describe-security-group-rules --filters Name=group-id,Values=sg-… --query 'length(SecurityGroupRules[?!IsEgress])'` is well
below 60.

## Bad
```hcl
locals {
  partners = [for n in range(60) : "198.51.${n}.0/24"]
}

resource "aws_security_group" "api" { # finding
  name = "api"

  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = local.partners
  }
}
```

A prefix list counts with all the entries that it may have:
```hcl
resource "aws_ec2_managed_prefix_list" "partners" {
  name           = "partners"
  address_family = "IPv4"
  max_entries    = 70

  entry {
    cidr = "198.51.100.0/24"
  }
}

resource "aws_security_group" "api" { # finding
  name = "api"

  ingress {
    protocol        = "tcp"
    from_port       = 443
    to_port         = 443
    prefix_list_ids = [aws_ec2_managed_prefix_list.partners.id]
  }
}
```

## Good
```hcl
locals {
  partners = [for n in range(20) : "198.51.${n}.0/24"]
}

resource "aws_security_group" "api" {
  name = "api"

  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = local.partners
  }
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, Undecided, rule
from auditor.views.ingress import RULE_KINDS, Opening, inbound, outbound

PREFIX_LIST = "aws_ec2_managed_prefix_list"


@rule(
    target="aws_security_group",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    options={"rules": 60},
    symptoms=("RulesPerSecurityGroupLimitExceeded",),
)
def check(group: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    limit = options["rules"]
    try:
        holders = (resource, *graph.attached(resource, "security_group_id", *RULE_KINDS))
    except Undecided:
        holders = (resource,)
    for direction, openings in (("inbound", inbound), ("outbound", outbound)):
        found = [opening for holder in holders for opening in openings(holder, graph) if not holder.doubt]
        count = sum(_weight(opening, graph) for opening in found)
        if count >= limit:
            listed = sum(1 for opening in found if opening.kind == "prefix list")
            more = f" ({listed} of them prefix lists, which count with max_entries)" if count > len(found) else ""
            message = f"the group has {count} {direction} rules{more}"
            yield Fail(group, message, expected=f"fewer than {limit}", actual=str(count))


def _weight(opening: Opening, graph: Graph) -> int:
    """How many rules AWS counts: one, or as many as a prefix list may hold; none for what is not known at all."""
    if opening.kind == "prefix list":
        for prefix_list in graph.targets(opening.peer, PREFIX_LIST):
            most = prefix_list.at("max_entries")
            return int(0 if most.unknown else most.number or 1)
    return 0 if opening.peer.unknown and not opening.peer.refs else 1
