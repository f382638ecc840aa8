"""A security list opens Remote Desktop to the whole internet.

## Why it matters
Remote Desktop works over TCP and UDP 3389, and ransomware comes through both. The list holds for each Windows machine of the subnet from
its first minute.

## Five whys
1. Why are the server's disks encrypted by a stranger? They logged in over Remote Desktop.
2. Why could they reach it? The subnet's security list opens 3389 to all.
3. Why? It was opened for the first set-up and never closed.

## Fix now
`oci network security-list update --security-list-id ID --ingress-security-rules file://rules.json` without the rule; connect by a bastion
session of type port forwarding: `oci bastion session create-port-forwarding --target-port 3389 ...`.

## Workaround
Narrow the source to one address until the bastion is there.

## Prevent
Windows machines in private subnets only; Cloud Guard's detector for open ports.

## Validate
`nc -zvw3 ADDRESS 3389` from outside times out.

## Bad
```hcl
resource "oci_core_security_list" "windows" {
  vcn_id = "ocid1.vcn.oc1..example"
  ingress_security_rules {
    protocol = "17"
    source   = "0.0.0.0/0" # finding
    udp_options {
      min = 3389
      max = 3389
    }
  }
}
```

## Good
```hcl
resource "oci_core_security_list" "windows" {
  vcn_id = "ocid1.vcn.oc1..example"
  ingress_security_rules {
    protocol = "6"
    source   = "10.0.0.0/16"
    tcp_options {
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

_KINDS = "oci_core_security_list oci_core_default_security_list"


@rule(target=_KINDS, each="ingress_security_rules", severity=Severity.HIGH, profile=Profile.GATE, aliases="CKV_OCI_20")
def check(ingress: Node) -> Iterator[Fail]:
    if opens_port(ingress, RDP, "6", "17"):
        yield Fail(ingress.at("source"), "Remote Desktop is open to the whole internet", expected="the ranges of your network")
