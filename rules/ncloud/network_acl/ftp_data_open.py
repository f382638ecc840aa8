"""A network ACL lets the whole internet through to the FTP data port.

## Why it matters
Nobody has to connect to port 20: an FTP server only sends from it. The opening is a leftover, unencrypted and for whatever listens there
by accident.

## Five whys
1. Why does the subnet let traffic to an unused port in? The rule lists both ports of FTP.
2. Why both? Port 20 was taken for one that clients connect to.
3. Why did nobody notice? An open port without a listener does no harm, until one starts.

## Fix now
Delete the rule or take 20 out of its `port_range` and apply.

## Workaround
A DROP rule for 20 with a lower priority number.

## Prevent
SFTP in the place of FTP.

## Validate
`ncloud vpc getNetworkAclRuleList --regionCode KR --networkAclNo ACL` shows no 20.

## Bad
```hcl
resource "ncloud_network_acl_rule" "open" {
  network_acl_no = "1"
  inbound {
    priority    = 100
    rule_action = "ALLOW"
    protocol    = "TCP"
    ip_block    = "0.0.0.0/0" # finding
    port_range  = "18-22"
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
    port_range  = "20"
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

_PORT = 20


@rule(target=ACL_RULES, severity=Severity.LOW, aliases="CKV_NCP_8")
def check(rules: Node) -> Iterator[Fail]:
    for block in let_in(rules, _PORT):
        yield Fail(block, "the data port of FTP passes from the whole internet", expected="the ranges that need it")
