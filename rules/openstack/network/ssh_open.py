"""A security group opens SSH to the whole internet.

## Why it matters
Each instance with a floating address in this group is tried by robots day and night. One weak password or one stolen key is enough.

## Five whys
1. Why are there logins from abroad on the instance? Its SSH port answers everybody.
2. Why? Its security group has a rule from `0.0.0.0/0`.
3. Why? Administrators work from changing addresses.

## Fix now
`openstack security group rule list GROUP`, `openstack security group rule delete RULE`, then `openstack security group rule create
--protocol tcp --dst-port 22 --remote-ip 203.0.113.0/24 GROUP`.

## Workaround
A bastion in a group of its own, and `--remote-group BASTION` for the others.

## Prevent
A module for rules that takes no `0.0.0.0/0` for management ports.

## Validate
`nc -zvw3 ADDRESS 22` from outside times out.

## Bad
```hcl
resource "openstack_networking_secgroup_rule_v2" "ssh" {
  direction        = "ingress"
  ethertype        = "IPv4"
  protocol         = "tcp"
  port_range_min   = 22
  port_range_max   = 22
  remote_ip_prefix = "0.0.0.0/0" # finding
}

resource "openstack_compute_secgroup_v2" "old" {
  name        = "old"
  description = "old"
  rule {
    from_port   = 1
    to_port     = 1024
    ip_protocol = "tcp"
    cidr        = "::/0" # finding
  }
}
```

## Good
```hcl
resource "openstack_networking_secgroup_rule_v2" "ssh" {
  direction        = "ingress"
  ethertype        = "IPv4"
  protocol         = "tcp"
  port_range_min   = 22
  port_range_max   = 22
  remote_ip_prefix = "203.0.113.0/24"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Resource, Severity, rule
from auditor.views.openstack_rules import open_to_world
from auditor.views.ports import SSH

_KINDS = "openstack_compute_secgroup_v2 openstack_networking_secgroup_rule_v2"


@rule(target=_KINDS, severity=Severity.HIGH, profile=Profile.GATE, aliases="CKV_OPENSTACK_2")
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    for source in open_to_world(body, resource.kind, SSH):
        yield Fail(source, "SSH is open to the whole internet", expected="the ranges of your network")
