"""A network ACL lets the whole internet through to Remote Desktop.

## Why it matters
All Windows servers of the subnet then hang on their groups alone. The ACL is the second line that should not make the same mistake.

## Five whys
1. Why could one wrong group expose a Windows server? The ACL let the traffic through.
2. Why? It allows 3389 from everywhere.
3. Why? It was to be closed after the migration.

## Fix now
Narrow the rule's `ip_block` and apply, or add a DROP rule with a lower priority number: `ncloud vpc addNetworkAclInboundRule --regionCode
KR --networkAclNo ACL --networkAclRuleList "priority='1', protocolTypeCode='TCP', ipBlock='0.0.0.0/0', portRange='3389',
ruleActionCode='DROP'"`.

## Workaround
Check all groups of the subnet for the same port meanwhile.

## Prevent
An ACL module that drops management ports first.

## Validate
`nc -zvw3 ADDRESS 3389` from outside times out.

## Bad
```hcl
resource "ncloud_network_acl_rule" "open" {
  network_acl_no = "1"
  inbound {
    priority    = 100
    rule_action = "ALLOW"
    protocol    = "TCP"
    ip_block    = "0.0.0.0/0" # finding
    port_range  = "3387-3391"
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
    port_range  = "3389"
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

_PORT = 3389


@rule(target=ACL_RULES, severity=Severity.MEDIUM, aliases="CKV_NCP_11")
def check(rules: Node) -> Iterator[Fail]:
    for block in let_in(rules, _PORT):
        yield Fail(block, "Remote Desktop passes from the whole internet", expected="the ranges that need it")
