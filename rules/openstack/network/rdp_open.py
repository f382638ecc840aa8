"""A security group opens Remote Desktop to the whole internet.

## Why it matters
Windows instances with an open 3389 are found in minutes; ransomware comes with bought or guessed passwords, or through holes that need
none.

## Five whys
1. Why are the instance's disks encrypted? A stranger logged in over Remote Desktop.
2. Why could they connect? The group opens 3389 to all.
3. Why? It was needed for the set-up.

## Fix now
`openstack security group rule delete RULE`, then a rule with your range: `openstack security group rule create --protocol tcp --dst-port
3389 --remote-ip 203.0.113.0/24 GROUP`.

## Workaround
Take the floating address away: `openstack server remove floating ip SERVER ADDRESS`; the console works through `openstack console url
show SERVER`.

## Prevent
Windows instances without floating addresses; a VPN for administrators.

## Validate
`nc -zvw3 ADDRESS 3389` from outside times out.

## Bad
```hcl
resource "openstack_networking_secgroup_rule_v2" "rdp" {
  direction        = "ingress"
  ethertype        = "IPv4"
  protocol         = "tcp"
  port_range_min   = 3000
  port_range_max   = 4000
  remote_ip_prefix = "0.0.0.0/0" # finding
}
```

## Good
```hcl
resource "openstack_networking_secgroup_rule_v2" "rdp" {
  direction       = "ingress"
  ethertype       = "IPv4"
  protocol        = "tcp"
  port_range_min  = 3389
  port_range_max  = 3389
  remote_group_id = "5338c192-5118-11ec-bf63-0242ac130002"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Resource, Severity, rule
from auditor.views.openstack_rules import open_to_world
from auditor.views.ports import RDP

_KINDS = "openstack_compute_secgroup_v2 openstack_networking_secgroup_rule_v2"


@rule(target=_KINDS, severity=Severity.HIGH, profile=Profile.GATE, aliases="CKV_OPENSTACK_3")
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    for source in open_to_world(body, resource.kind, RDP):
        yield Fail(source, "Remote Desktop is open to the whole internet", expected="the ranges of your network")
