"""A network ACL lets the whole internet through to SSH.

## Why it matters
The ACL is the subnet's gate before all its servers. When it lets 22 through from everywhere, one mistaken access control group is enough
to open a server.

## Five whys
1. Why did a mistake in one group open the server? Nothing before it stopped the packet.
2. Why not? The subnet's ACL allows 22 from `0.0.0.0/0`.
3. Why? Its rules were copied from the group.

## Fix now
Write the office's range into `ip_block` and apply; at once: `ncloud vpc removeNetworkAclInboundRule --regionCode KR --networkAclNo ACL
--networkAclRuleList "priority='100', protocolTypeCode='TCP', ipBlock='0.0.0.0/0', portRange='22', ruleActionCode='ALLOW'"`.

## Workaround
A DROP rule for 22 with a lower priority number above it.

## Prevent
An ACL module that drops management ports first.

## Validate
`nc -zvw3 ADDRESS 22` from outside times out.

## Bad
```hcl
resource "ncloud_network_acl_rule" "open" {
  network_acl_no = "1"
  inbound {
    priority    = 100
    rule_action = "ALLOW"
    protocol    = "TCP"
    ip_block    = "0.0.0.0/0" # finding
    port_range  = "20-24"
  }
}
```

## Good
```hcl
resource "ncloud_network_acl_rule" "inside" {
  network_acl_no = "1"
  inbound {
    priority    = 100
    rule_action = "ALLOW"
    protocol    = "TCP"
    ip_block    = "10.0.0.0/16"
    port_range  = "22"
  }
}

resource "ncloud_network_acl_rule" "other" {
  network_acl_no = "1"
  inbound {
    priority    = 100
    rule_action = "ALLOW"
    protocol    = "TCP"
    ip_block    = "0.0.0.0/0"
    port_range  = "443"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.ncloud_rules import ACL_RULES, let_in

_PORT = 22


@rule(target=ACL_RULES, severity=Severity.MEDIUM, aliases="CKV_NCP_10")
def check(rules: Node) -> Iterator[Fail]:
    for block in let_in(rules, _PORT):
        yield Fail(block, "SSH passes from the whole internet", expected="the ranges that need it")
