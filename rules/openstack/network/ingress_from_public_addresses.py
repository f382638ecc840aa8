"""A security group rule lets many public addresses in.

## Why it matters
A whole public range belongs to a provider and its customers, most of whom are strangers. Somebody among them, or a taken-over machine,
can then reach what was opened for one partner.

## Five whys
1. Why did attacks come from a range that is allowed? Others use addresses of it too.
2. Why is the whole range allowed? The partner's exact address was not known.
3. Why? They have a dynamic one.

## Fix now
`openstack security group rule create --remote-ip 203.0.113.7/32 ...` with the partner's address, then delete the wide rule. Dynamic
partners get a VPN.

## Workaround
Client certificates or mutual TLS on the service itself.

## Prevent
A list of partners' addresses as a variable, with `/32` each.

## Validate
`openstack security group rule list GROUP` shows no public range wider than needed.

## Bad
```hcl
resource "openstack_networking_secgroup_rule_v2" "partner" {
  direction        = "ingress"
  ethertype        = "IPv4"
  protocol         = "tcp"
  port_range_min   = 443
  port_range_max   = 443
  remote_ip_prefix = "203.0.0.0/8" # finding
}
```

## Good
```hcl
resource "openstack_networking_secgroup_rule_v2" "partner" {
  direction        = "ingress"
  ethertype        = "IPv4"
  protocol         = "tcp"
  port_range_min   = 443
  port_range_max   = 443
  remote_ip_prefix = "203.0.113.7/32"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.address_range import is_anywhere, is_public, network

_KIND = "openstack_networking_secgroup_rule_v2"


@rule(target=_KIND, severity=Severity.MEDIUM, confidence=Confidence.FIRM, aliases="AVD-OPNSTK-0003 openstack-networking-no-public-ingress")
def check(body: Node) -> Iterator[Fail]:
    source = body.at("remote_ip_prefix")
    if body.at("direction").text != "ingress" or source.missing:
        return
    found = network(source.text)
    if found is not None and found.num_addresses > 1 and (is_anywhere(source.text) or is_public(source.text)):
        yield Fail(source, f"{found.num_addresses:,} public addresses may connect", expected="private ranges or single addresses")
