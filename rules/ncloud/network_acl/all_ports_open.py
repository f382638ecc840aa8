"""A network ACL rule lets every port through.

## Why it matters
A subnet's ACL is worth something only if it is narrower than the groups behind it. With all ports it lets through whatever a server
happens to listen on.

## Five whys
1. Why was a debug port of a server reachable? The ACL let it through, and so did its group.
2. Why did the ACL? Its rule allows 1-65535.
3. Why? Replies were dropped once, since ACLs keep no state, and the range solved it.

## Fix now
Write the served ports, and for replies the range 1024-65535 from the networks that are asked: `port_range = "443"`. Apply one rule at a
time.

## Workaround
DROP rules for management ports with lower priority numbers.

## Prevent
An ACL module with named services in the place of ranges.

## Validate
`ncloud vpc getNetworkAclRuleList --regionCode KR --networkAclNo ACL` shows no 1-65535 under ALLOW.

## Bad
```hcl
resource "ncloud_network_acl_rule" "app" {
  network_acl_no = "1"
  inbound {
    priority    = 100
    protocol    = "TCP"
    rule_action = "ALLOW"
    ip_block    = "10.0.0.0/8"
    port_range  = "1-65535" # finding
  }
}
```

## Good
```hcl
resource "ncloud_network_acl_rule" "app" {
  network_acl_no = "1"
  inbound {
    priority    = 100
    protocol    = "TCP"
    rule_action = "ALLOW"
    ip_block    = "10.0.0.0/8"
    port_range  = "443"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.ncloud_rules import ACL_RULES
from auditor.views.port_range import LAST, port_range


@rule(target=ACL_RULES, each="inbound", severity=Severity.MEDIUM, aliases="CKV_NCP_12")
def check(inbound: Node) -> Iterator[Fail]:
    if inbound.at("rule_action").text != "ALLOW" or (inbound.at("protocol").text or "").upper() not in ("TCP", "UDP"):
        return
    ports = inbound.at("port_range")
    found = (0, LAST) if ports.missing else port_range(ports)
    if found is not None and found[0] <= 1 and found[1] >= LAST:
        yield Fail(ports, "the rule lets every port through", expected="single ports")
