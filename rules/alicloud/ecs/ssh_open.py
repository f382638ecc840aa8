"""A security group rule opens SSH to the whole internet.

## Why it matters
Every public address is tried on port 22 all day, with the passwords that ECS images of the world are known for. A rule without `cidr_ip`
means `0.0.0.0/0` as well.

## Five whys
1. Why was the machine taken over? A robot guessed root's password.
2. Why could it try? The security group lets everybody in on port 22.
3. Why? The address of the administrator changes, so the range was left open.

## Fix now
`aliyun ecs RevokeSecurityGroup --RegionId REGION --SecurityGroupId SG --IpProtocol tcp --PortRange 22/22 --SourceCidrIp 0.0.0.0/0`, then
`AuthorizeSecurityGroup` with your range. People get in by Session Manager: `ali-instance-cli session --instance ID`.

## Workaround
Bastionhost, or Workbench with its fixed source ranges.

## Prevent
A module for rules that refuses `0.0.0.0/0` on management ports; Cloud Config's rule `ecs-security-group-risky-ports-check-with-protocol`.

## Validate
`nc -zvw3 ADDRESS 22` from outside times out.

## Bad
```hcl
resource "alicloud_security_group_rule" "ssh" {
  type              = "ingress"
  ip_protocol       = "tcp"
  port_range        = "22/22"
  security_group_id = "sg-1"
  cidr_ip           = "0.0.0.0/0" # finding
}

resource "alicloud_security_group_rule" "all" { # finding
  type              = "ingress"
  ip_protocol       = "all"
  port_range        = "-1/-1"
  security_group_id = "sg-1"
}
```

## Good
```hcl
resource "alicloud_security_group_rule" "ssh" {
  type              = "ingress"
  ip_protocol       = "tcp"
  port_range        = "22/22"
  security_group_id = "sg-1"
  cidr_ip           = "203.0.113.0/24"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.alicloud_security_group import open_to_world
from auditor.views.ports import SSH


@rule(target="alicloud_security_group_rule", severity=Severity.HIGH, profile=Profile.GATE, aliases="CKV_ALI_2")
def check(body: Node) -> Iterator[Fail]:
    place = open_to_world(body, SSH)
    if place is not None:
        yield Fail(place, "SSH is open to the whole internet", expected="the ranges of your network")
