"""An access control group opens SSH to the whole internet.

## Why it matters
Every server interface in the group can be tried on port 22 by robots from everywhere, day and night. One weak password of one account is
enough.

## Five whys
1. Why are there logins from abroad in the server's log? Its SSH port answers everybody.
2. Why? Its access control group lets `0.0.0.0/0` in on 22.
3. Why? Administrators work from changing addresses.

## Fix now
Narrow the rule to your ranges and apply; at once: `ncloud vserver removeAccessControlGroupInboundRule --regionCode KR --vpcNo VPC
--accessControlGroupNo ACG --accessControlGroupRuleList "protocolTypeCode='TCP', ipBlock='0.0.0.0/0', portRange='22'"`. People log in
through SSL VPN.

## Workaround
A network ACL rule of the subnet that drops 22 from everywhere but your range.

## Prevent
A module for rules that takes no `0.0.0.0/0` for management ports.

## Validate
`nc -zvw3 ADDRESS 22` from outside times out.

## Bad
```hcl
resource "ncloud_access_control_group_rule" "open" {
  access_control_group_no = "1"
  inbound {
    protocol    = "TCP"
    ip_block    = "0.0.0.0/0" # finding
    port_range  = "20-24"
  }
}
```

## Good
```hcl
resource "ncloud_access_control_group_rule" "inside" {
  access_control_group_no = "1"
  inbound {
    protocol    = "TCP"
    ip_block    = "10.0.0.0/16"
    port_range  = "22"
  }
}

resource "ncloud_access_control_group_rule" "other" {
  access_control_group_no = "1"
  inbound {
    protocol    = "TCP"
    ip_block    = "0.0.0.0/0"
    port_range  = "443"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.ncloud_rules import GROUP_RULES, let_in

_PORT = 22


@rule(target=GROUP_RULES, severity=Severity.HIGH, profile=Profile.GATE, aliases="CKV_NCP_4")
def check(rules: Node) -> Iterator[Fail]:
    for block in let_in(rules, _PORT):
        yield Fail(block, "SSH is open to the whole internet", expected="the ranges that need it")
