"""A network security group opens Remote Desktop to the whole internet.

## Why it matters
Whoever has a stolen or guessed password of one Windows user on one machine in the group is inside. Remote Desktop servers on the internet
are listed and sold with working logins.

## Five whys
1. Why did strangers have a desktop on our server? They connected on port 3389.
2. Why was that open? A rule of the machine's group lets `0.0.0.0/0` in.
3. Why? An outside administrator works from changing networks.

## Fix now
`oci network nsg rules remove --nsg-id NSG --security-rule-ids '["RULE"]' --force`; give the administrator a bastion session: `oci bastion
session create-port-forwarding --target-port 3389 ...`.

## Workaround
Their present address as `source`, with a date in the rule's description.

## Prevent
A module that refuses open management ports; Windows machines without public addresses.

## Validate
`nc -zvw3 ADDRESS 3389` from outside times out.

## Bad
```hcl
resource "oci_core_network_security_group_security_rule" "rdp" {
  network_security_group_id = "ocid1.networksecuritygroup.oc1..example"
  direction                 = "INGRESS"
  protocol                  = "6"
  source                    = "0.0.0.0/0" # finding
  tcp_options {
    destination_port_range {
      min = 3389
      max = 3389
    }
  }
}
```

## Good
```hcl
resource "oci_core_network_security_group_security_rule" "rdp" {
  network_security_group_id = "ocid1.networksecuritygroup.oc1..example"
  direction                 = "INGRESS"
  protocol                  = "6"
  source                    = "203.0.113.7/32"
  tcp_options {
    destination_port_range {
      min = 3389
      max = 3389
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.oci_security import opens_port
from auditor.views.ports import RDP

_KIND = "oci_core_network_security_group_security_rule"


@rule(target=_KIND, severity=Severity.HIGH, profile=Profile.GATE, aliases="CKV2_OCI_2")
def check(body: Node) -> Iterator[Fail]:
    if body.at("direction").text == "INGRESS" and opens_port(body, RDP, "6", "17"):
        yield Fail(body.at("source"), "Remote Desktop is open to the whole internet", expected="the ranges of your network")
