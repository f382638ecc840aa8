"""A security group rule opens Remote Desktop to the whole internet.

## Why it matters
Port 3389 is what ransomware comes through: bought passwords, guessed ones, and holes that need none. A Windows machine with it open is
tried within minutes of its start.

## Five whys
1. Why are the server's files encrypted? Somebody logged in over Remote Desktop.
2. Why could they reach it? The security group opens 3389 to all.
3. Why? The image's quick start guide says so, and the rule was never narrowed.

## Fix now
`aliyun ecs RevokeSecurityGroup --RegionId REGION --SecurityGroupId SG --IpProtocol tcp --PortRange 3389/3389 --SourceCidrIp 0.0.0.0/0`;
connect by Workbench or a VPN gateway.

## Workaround
Allow single addresses with `--Priority 1` above a denying rule for everybody.

## Prevent
No public addresses on Windows machines; Bastionhost for the people who need one.

## Validate
`nc -zvw3 ADDRESS 3389` from outside times out.

## Bad
```hcl
resource "alicloud_security_group_rule" "rdp" {
  type              = "ingress"
  ip_protocol       = "tcp"
  port_range        = "3000/4000"
  security_group_id = "sg-1"
  cidr_ip           = "0.0.0.0/0" # finding
}
```

## Good
```hcl
resource "alicloud_security_group_rule" "rdp" {
  type              = "ingress"
  ip_protocol       = "tcp"
  policy            = "drop"
  port_range        = "3389/3389"
  security_group_id = "sg-1"
  cidr_ip           = "0.0.0.0/0"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.alicloud_security_group import open_to_world
from auditor.views.ports import RDP


@rule(target="alicloud_security_group_rule", severity=Severity.HIGH, profile=Profile.GATE, aliases="CKV_ALI_3")
def check(body: Node) -> Iterator[Fail]:
    place = open_to_world(body, RDP)
    if place is not None:
        yield Fail(place, "Remote Desktop is open to the whole internet", expected="the ranges of your network")
