"""A network security group opens SSH to the whole internet.

## Why it matters
Every machine whose interface is in the group can be tried on port 22 from anywhere. Groups are shared, so the rule also holds for the
machine that joins it next month.

## Five whys
1. Why is a new machine under attack within the hour? It was put into a group that opens SSH.
2. Why does the group do that? One of its rules has `0.0.0.0/0` as source for port 22.
3. Why? The administrators' addresses change.

## Fix now
`oci network nsg rules remove --nsg-id NSG --security-rule-ids '["RULE"]' --force`, and log in with `oci bastion session
create-managed-ssh ...`.

## Workaround
`oci network nsg rules update --nsg-id NSG --security-rules file://rules.json` with your own range as `source`.

## Prevent
A module for rules that takes no `0.0.0.0/0` for management ports.

## Validate
`oci network nsg rules list --nsg-id NSG --direction INGRESS` shows no rule for 22 from `0.0.0.0/0`.

## Bad
```hcl
resource "oci_core_network_security_group_security_rule" "ssh" {
  network_security_group_id = "ocid1.networksecuritygroup.oc1..example"
  direction                 = "INGRESS"
  protocol                  = "6"
  source                    = "0.0.0.0/0" # finding
  tcp_options {
    destination_port_range {
      min = 20
      max = 30
    }
  }
}
```

## Good
```hcl
resource "oci_core_network_security_group_security_rule" "ssh" {
  network_security_group_id = "ocid1.networksecuritygroup.oc1..example"
  direction                 = "INGRESS"
  protocol                  = "6"
  source                    = "10.0.0.0/16"
  tcp_options {
    destination_port_range {
      min = 22
      max = 22
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.oci_security import opens_port
from auditor.views.ports import SSH

_KIND = "oci_core_network_security_group_security_rule"


@rule(target=_KIND, severity=Severity.HIGH, profile=Profile.GATE, aliases="CKV_OCI_22")
def check(body: Node) -> Iterator[Fail]:
    if body.at("direction").text == "INGRESS" and opens_port(body, SSH, "6"):
        yield Fail(body.at("source"), "SSH is open to the whole internet", expected="the ranges of your network")
