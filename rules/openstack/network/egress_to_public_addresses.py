"""A security group rule lets instances reach many public addresses.

## Why it matters
What a taken-over instance may reach is where its data go. A range of millions of addresses always has one that belongs to the attacker.

## Five whys
1. Why did the data leave to a rented server? The instance may reach the whole range it stands in.
2. Why? The outgoing rule names a wide public range.
3. Why? The API that is used changes its addresses.

## Fix now
Send such traffic through a proxy with a list of names, and allow the proxy only: `openstack security group rule create --egress
--protocol tcp --dst-port 3128 --remote-ip 10.0.0.10/32 GROUP`; delete the wide rule.

## Workaround
Narrow the rule to port 443 until the proxy is there.

## Prevent
New groups without the two default outgoing rules (`delete_default_rules = true`).

## Validate
On an instance: `curl -m 5 https://example.com` fails without the proxy.

## Bad
```hcl
resource "openstack_networking_secgroup_rule_v2" "out" {
  direction        = "egress"
  ethertype        = "IPv4"
  remote_ip_prefix = "0.0.0.0/0" # finding
}
```

## Good
```hcl
resource "openstack_networking_secgroup_rule_v2" "out" {
  direction        = "egress"
  ethertype        = "IPv4"
  remote_ip_prefix = "10.0.0.10/32"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.address_range import is_anywhere, is_public, network

_KIND = "openstack_networking_secgroup_rule_v2"


@rule(target=_KIND, severity=Severity.LOW, confidence=Confidence.FIRM, aliases="AVD-OPNSTK-0004 openstack-networking-no-public-egress")
def check(body: Node) -> Iterator[Fail]:
    target = body.at("remote_ip_prefix")
    if body.at("direction").text != "egress" or target.missing:
        return
    found = network(target.text)
    if found is not None and found.num_addresses > 1 and (is_anywhere(target.text) or is_public(target.text)):
        yield Fail(target, f"instances may connect to {found.num_addresses:,} public addresses", expected="the addresses that are needed")
