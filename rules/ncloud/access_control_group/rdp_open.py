"""An access control group opens Remote Desktop to the whole internet.

## Why it matters
Windows servers with an open 3389 are found within minutes and attacked with bought passwords; ransomware is what follows.

## Five whys
1. Why are the server's files encrypted? A stranger logged in over Remote Desktop.
2. Why could they connect? The group's rule opens 3389 to all.
3. Why? It was needed to set the server up.

## Fix now
Narrow the rule and apply; at once: `ncloud vserver removeAccessControlGroupInboundRule --regionCode KR --vpcNo VPC --accessControlGroupNo
ACG --accessControlGroupRuleList "protocolTypeCode='TCP', ipBlock='0.0.0.0/0', portRange='3389'"`.

## Workaround
Take the public address away from the server until the rule is right: `ncloud vserver disassociatePublicIpFromServerInstance --regionCode
KR --publicIpInstanceNo IP`.

## Prevent
SSL VPN for administrators; no public addresses on Windows servers.

## Validate
`nc -zvw3 ADDRESS 3389` from outside times out.

## Bad
```hcl
resource "ncloud_access_control_group_rule" "open" {
  access_control_group_no = "1"
  inbound {
    protocol    = "TCP"
    ip_block    = "0.0.0.0/0" # finding
    port_range  = "3387-3391"
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
    port_range  = "3389"
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

_PORT = 3389


@rule(target=GROUP_RULES, severity=Severity.HIGH, profile=Profile.GATE, aliases="CKV_NCP_5")
def check(rules: Node) -> Iterator[Fail]:
    for block in let_in(rules, _PORT):
        yield Fail(block, "Remote Desktop is open to the whole internet", expected="the ranges that need it")
