"""A firewall rule lets traffic from or to every address through.

## Why it matters
A rule without `source_ip_address` or `destination_ip_address` is for all of them. It opens the port on every machine behind the firewall,
for the whole internet.

## Five whys
1. Why can a machine be reached that nobody opened? A rule of the router's firewall is for all addresses.
2. Why? It names a port and no addresses.
3. Why? The first machine was the only one.

## Fix now
`openstack firewall group rule set RULE --source-ip-address 203.0.113.0/24 --destination-ip-address 10.0.0.10`, and both in the code.

## Workaround
`openstack firewall group rule set RULE --disable-rule` until the addresses are known.

## Prevent
Both arguments as required ones in the module.

## Validate
`openstack firewall group rule show RULE` shows both addresses.

## Bad
```hcl
resource "openstack_fw_rule_v1" "ssh" { # finding
  action           = "allow"
  protocol         = "tcp"
  destination_port = "22"
}
```

## Good
```hcl
resource "openstack_fw_rule_v1" "ssh" {
  action                 = "allow"
  protocol               = "tcp"
  source_ip_address      = "10.10.10.2"
  destination_ip_address = "10.10.10.1"
  destination_port       = "22"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.address_range import is_anywhere

_PATHS = ("source_ip_address", "destination_ip_address")


@rule(
    target="openstack_fw_rule_v1 openstack_fw_rule_v2",
    severity=Severity.MEDIUM,
    aliases="AVD-OPNSTK-0002 openstack-compute-no-public-access",
)
def check(body: Node) -> Iterator[Fail]:
    if body.at("action").text != "allow" or (body.at("enabled").present and body.at("enabled").flag is False):
        return
    for path in _PATHS:
        address = body.at(path)
        if address.missing or address.data == "" or is_anywhere(address.text):
            side = "from" if path.startswith("source") else "to"
            yield Fail(address, f"the firewall lets traffic {side} every address through", expected=f"{path} with a range")
            return
