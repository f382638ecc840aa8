"""A rule of an access control group has no description.

## Why it matters
Rules without a purpose are never removed, since nobody dares to. After some years half of them are for systems that are gone, and each is
a hole that nobody guards.

## Five whys
1. Why is a port open for a system that was shut down? Its rule was not removed.
2. Why not? Nobody knew what it was for.
3. Why? The rule has no description.

## Fix now
Write `description` into each `inbound` and `outbound` block: system, purpose, ticket. The plan changes nothing else.

## Workaround
`git log -S"PORT" -- FILE` tells who wrote the rule and when.

## Prevent
`description` as a required field of the module's rule objects.

## Validate
`ncloud vserver getAccessControlGroupRuleList --regionCode KR --accessControlGroupNo ACG` shows one for each rule.

## Bad
```hcl
resource "ncloud_access_control_group_rule" "web" {
  access_control_group_no = "1"
  inbound { # finding
    protocol   = "TCP"
    ip_block   = "10.0.0.0/16"
    port_range = "443"
  }
}
```

## Good
```hcl
resource "ncloud_access_control_group_rule" "web" {
  access_control_group_no = "1"
  inbound {
    protocol    = "TCP"
    ip_block    = "10.0.0.0/16"
    port_range  = "443"
    description = "web shop from the load balancer"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.ncloud_rules import GROUP_RULES


@rule(target=GROUP_RULES, severity=Severity.INFO, aliases="CKV_NCP_2")
def check(rules: Node) -> Iterator[Fail]:
    for path in ("inbound", "outbound"):
        for entry in rules.each(path):
            description = entry.at("description")
            if description.missing or not (description.text or "").strip():
                yield Fail(description, "nobody can tell what the rule is for", expected="a description")
